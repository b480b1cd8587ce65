#include "sync/rules/rule_edition.h"

#include "sync/base/check.h"
#include "sync/rules/calendar_file.h"
#include "sync/rules/policy_file.h"

namespace fieldnode::rules {

std::string version_of(RuleEdition const& edition) {
  if (auto const* const policy = std::get_if<Policy>(&edition)) return policy->version;
  return std::get<Notice>(edition).name();
}

EntryKind kind_of(RuleEdition const& edition) {
  return std::holds_alternative<Policy>(edition) ? EntryKind::kPolicy : EntryKind::kCalendar;
}

Result<RuleEdition> read_edition(EntryKind kind, std::string_view text, std::string_view name) {
  check(kind == EntryKind::kPolicy || kind == EntryKind::kCalendar, "an edition is a policy or a notice");
  if (kind == EntryKind::kCalendar) {
    auto notice = parse_notice(text, name);
    if (!notice) return notice.error();
    return RuleEdition(*std::move(notice));
  }
  auto policy = parse_policy(text, name);
  if (!policy) return policy.error();
  return RuleEdition(*std::move(policy));
}

}  // namespace fieldnode::rules
