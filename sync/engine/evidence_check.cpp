#include "sync/engine/evidence_check.h"

#include <fmt/format.h>

#include <algorithm>

#include "sync/engine/evidence_chain.h"
#include "sync/engine/evidence_counts.h"
#include "sync/engine/evidence_keys.h"
#include "sync/engine/evidence_seal.h"

namespace fieldnode::engine {
namespace {

using Why = wire::EvidenceStop::Why;

BothLanguages words_of(wire::EvidenceStop const& stop) {
  switch (stop.why) {
    case Why::kNotEvidence:
      return {"这不是证据文件。", "This is no file of evidence."};
    case Why::kNewer:
      return {"该证据文件由更新的版本写成，请用该版本核验。",
              "A newer version wrote this file of evidence; check it with that one."};
    case Why::kNoSeal:
      return {fmt::format("文件在第 {} 字节处结束，没有封签：后面的部分被截去。", stop.offset),
              fmt::format("The file ends at byte {} without its seal: it was cut short.", stop.offset)};
    case Why::kBehindSeal:
      return {fmt::format("第 {} 字节起，封签之后还有内容，是后来加入的。", stop.offset),
              fmt::format("Something follows the seal at byte {}: it was added.", stop.offset)};
    case Why::kUnreadable:
      break;
  }
  return {fmt::format("第 {} 字节处无法读取，已被改动或截断：{}。", stop.offset, stop.reason),
          fmt::format("It cannot be read at byte {}, so it was changed or cut short: {}.", stop.offset, stop.reason)};
}

std::string_view code_of(Why why) {
  switch (why) {
    case Why::kNotEvidence:
      return "not_evidence";
    case Why::kNewer:
      return "newer_evidence";
    case Why::kNoSeal:
      return "cut_short";
    case Why::kBehindSeal:
      return "behind_seal";
    case Why::kUnreadable:
      break;
  }
  return "unreadable";
}

class Check {
 public:
  Check(std::vector<wire::EvidencePart> const& parts, crypto::SignatureSuite const& suite,
        std::optional<crypto::PublicKey> const& city_key)
      : parts_(parts), faults_(parts), given_(city_key), keys_{suite, {}} {}

  EvidenceReport run(std::optional<wire::EvidenceStop> const& stop, rules::RuleBook const& built_in) {
    if (stop) faults_.add_at({code_of(stop->why), stop->part, stop->offset, 0, words_of(*stop)});
    if (!parts_.empty()) check_parts();
    EvidenceReport report;
    if (faults_.none()) {
      report.front = *file_.front;
      report.maker_vouched = maker_vouched();
      for (auto const& unit : file_.units) judge(unit, built_in, report);
    }
    report.faults = faults_.take_faults();
    report.notes = faults_.take_notes();
    return report;
  }

 private:
  void check_parts() {
    file_ = arrange(parts_, faults_);
    if (file_.front == nullptr) {
      return faults_.add("misplaced_part", 0, {"文件不以首部开头。", "The file does not begin with its front."});
    }
    keys_.city = choose_city_keys(file_, given_, keys_.suite, faults_);
    if (file_.seal.content != nullptr) check_seal(file_, parts_, keys_, faults_);
    for (auto& unit : file_.units) {
      drop_uncounted(unit, keys_.city, faults_);
      walk_chains(unit, parts_, faults_);
      check_signatures(unit, file_, keys_, faults_);
      check_counts(unit, file_, faults_);
    }
    if (file_.units.empty()) {
      faults_.add("misplaced_part", 0, {"文件中没有任何单位。", "The file shows no unit."});
    }
  }

  [[nodiscard]] bool maker_vouched() const {
    if (file_.front->side == wire::EvidenceSide::kCentre) return true;
    return std::ranges::any_of(file_.units, [&](UnitInFile const& unit) {
      return std::ranges::any_of(unit.nodes, [&](auto const& node) {
        return node.content->statement.node == file_.front->node && node.content->by_city;
      });
    });
  }

  void judge(UnitInFile const& unit, rules::RuleBook const& built_in, EvidenceReport& report) {
    report.units.push_back(*unit.front);
    auto findings = judge_case(unit, built_in, faults_);
    std::ranges::move(findings, std::back_inserter(report.findings));
  }

  std::vector<wire::EvidencePart> const& parts_;
  EvidenceFaults faults_;
  std::optional<crypto::PublicKey> given_;
  EvidenceKeys keys_;
  EvidenceFile file_;
};

}  // namespace

EvidenceReport check_evidence(BytesView file, crypto::SignatureSuite const& suite,
                              std::optional<crypto::PublicKey> const& city_key, rules::RuleBook const& built_in) {
  auto const reading = wire::read_evidence(file);
  return Check(reading.parts, suite, city_key).run(reading.stop, built_in);
}

}  // namespace fieldnode::engine
