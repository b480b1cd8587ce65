#include "node/lists/rule_entries.h"

#include "node/lists/readable.h"

namespace fieldnode::lists {
namespace {

RuleEntry rule_entry(StoredEntry stored) {
  auto edition = rules::read_edition(stored.skeleton.kind, document_of(stored), version_of(stored.skeleton));
  return {std::move(stored), std::move(edition)};
}

}  // namespace

std::vector<RuleEntry> rule_entries(EntryLists& lists) {
  std::vector<RuleEntry> entries;
  for (auto& stored : lists.published_rules()) {
    entries.push_back(rule_entry(std::move(stored)));
  }
  return entries;
}

std::string version_of(rules::Skeleton const& skeleton) {
  if (auto const* const policy = std::get_if<rules::PolicyVersion>(&skeleton.payload)) return policy->version;
  auto const* const calendar = std::get_if<rules::CalendarVersion>(&skeleton.payload);
  return calendar != nullptr ? calendar->version : std::string();
}

std::string document_of(StoredEntry const& stored) { return body_of(stored).text(wire::TextTag::kDocument); }

}  // namespace fieldnode::lists
