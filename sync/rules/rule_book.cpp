#include "sync/rules/rule_book.h"

#include <algorithm>
#include <utility>

#include "sync/rules/calendar_file.h"

namespace fieldnode::rules {

RuleBook built_in_rule_book() { return rule_book_of(Policy{}, built_in_notices()); }

RuleBook rule_book_of(Policy policy, std::vector<Notice> notices) {
  std::ranges::stable_sort(notices, {}, &Notice::version);
  Calendar calendar(notices);
  return {std::move(policy), std::move(calendar), std::move(notices)};
}

RuleBook revised(RuleBook const& before, RuleEdition const& edition) {
  if (auto const* const policy = std::get_if<Policy>(&edition)) return {*policy, before.calendar, before.notices};
  auto const& notice = std::get<Notice>(edition);
  auto notices = before.notices;
  std::erase_if(notices, [name = notice.name()](Notice const& held) { return held.name() == name; });
  notices.push_back(notice);
  return rule_book_of(before.policy, std::move(notices));
}

}  // namespace fieldnode::rules
