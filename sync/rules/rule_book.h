#pragma once

#include <vector>

#include "sync/rules/rule_edition.h"

namespace fieldnode::rules {

/// What the judge and the clocks are asked with: one policy version and one calendar. A value, so that a published
/// version takes its place as a whole.
struct RuleBook {
  Policy policy;
  Calendar calendar;
  std::vector<Notice> notices;  ///< what the calendar was made of, in the order in which they lie over one another
};

/// `measures-v1` and the notices that the program carries.
[[nodiscard]] RuleBook built_in_rule_book();
/// The same with other notices, in any order.
[[nodiscard]] RuleBook rule_book_of(Policy policy, std::vector<Notice> notices);

/// The book after `edition`. A policy takes the place of the one before. A notice is laid among the others by its day
/// of publication, whenever it arrives: of two that name a day the one published later wins, and a notice takes the
/// place of one of the same name.
[[nodiscard]] RuleBook revised(RuleBook const& before, RuleEdition const& edition);

}  // namespace fieldnode::rules
