#include "sync/base/check.h"
#include "sync/engine/evidence_check.h"

using namespace fieldnode;

namespace {

/// What was read once is written and read again as the same, but for the seal, which is the writer's own.
void try_reading(BytesView file) {
  auto const reading = wire::read_evidence(file);
  if (reading.stop || reading.parts.size() < 2) return;
  auto const* const front = std::get_if<wire::EvidenceFront>(&reading.parts.front().content);
  if (front == nullptr) return;
  wire::EvidenceWriter writer(*front);
  for (std::size_t i = 1; i + 1 < reading.parts.size(); ++i) writer.add(reading.parts[i].content);
  auto const again = wire::read_evidence(std::move(writer).seal(*crypto::simulated_suite(), {}));
  check(!again.stop && again.parts.size() == reading.parts.size(), "evidence that was read can be written");
  for (std::size_t i = 0; i + 1 < reading.parts.size(); ++i) {
    check(again.parts[i].content == reading.parts[i].content, "a part of evidence comes back");
  }
}

/// Nobody's file makes the check fall over, and none is sound that was not sealed.
void try_check(BytesView file) {
  static auto const kSuite = crypto::ed25519_suite();
  static auto const kBook = rules::built_in_rule_book();
  auto const report = engine::check_evidence(file, *kSuite, std::nullopt, kBook);
  check(report.is_sound() || report.findings.empty(), "a file with faults proves nothing");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  BytesView const bytes(data, size);
  try_reading(bytes);
  try_check(bytes);
  return 0;
}
