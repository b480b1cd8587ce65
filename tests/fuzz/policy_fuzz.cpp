#include "sync/base/bytes.h"
#include "sync/base/check.h"
#include "sync/rules/policy_file.h"

using namespace fieldnode;

/// What is read as a policy can be obeyed: every limit counts something, and extensions stay bounded.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const policy = rules::parse_policy(text_of({data, size}), "fuzz.json");
  if (!policy) return 0;
  using enum rules::ClockKind;
  for (auto const clock : {kAcknowledge, kContact, kReturn, kResolve}) {
    check(policy->limit_of(clock, rules::CaseKind::kComplaint).count > 0, "a limit of nothing was read");
  }
  check(policy->drift_ppm >= 1 && policy->drift_ppm <= 1000, "a policy widened the drift bound");
  check(!rules::admit_extension(policy->extension, policy->resolve, {}, 1'000'000), "an extension without bound");
  return 0;
}
