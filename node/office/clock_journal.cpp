#include "node/office/clock_journal.h"

namespace fieldnode::office {
namespace {

NewAct anomaly_of(engine::ClockFinding const& finding) {
  return {.kind = rules::EntryKind::kAnomaly,
          .payload = rules::Anomaly{finding.what, finding.by.count(), finding.anchor}};
}

}  // namespace

void journal_clocks(OfficeStore& store, NodeTime& time) {
  auto const turn = time.journaling();
  auto const findings = time.take_findings();
  for (auto finding = findings.begin(); finding != findings.end(); ++finding) {
    if (store.append(anomaly_of(*finding), time.stamp())) continue;
    time.hand_back({finding, findings.end()});
    return;
  }
}

}  // namespace fieldnode::office
