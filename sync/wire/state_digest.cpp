#include "sync/wire/state_digest.h"

#include "sync/crypto/hash.h"
#include "sync/rules/digest_form.h"
#include "sync/wire/fixed_bytes.h"

namespace fieldnode::wire {
namespace {

constexpr std::uint64_t kOutsideCalendar = UINT64_MAX;

void put_clock(FixedBytes& out, rules::DeadlineClock const& clock) {
  auto const due = clock.due();
  out.number(static_cast<std::uint64_t>(clock.kind)).number(static_cast<std::uint64_t>(clock.state));
  out.number(due ? 1 : 0);
  if (due) out.number(static_cast<std::uint64_t>(ms_of(*due)));
}

void put_clocks(FixedBytes& out, Result<std::vector<rules::DeadlineClock>> const& clocks) {
  out.number(clocks ? clocks->size() : kOutsideCalendar);
  if (!clocks) return;
  for (auto const& clock : *clocks) put_clock(out, clock);
}

}  // namespace

Hash facts_digest(rules::AssignmentState const& state) {
  return crypto::hash_under("fieldnode/assignment/2", {rules::digest_form(state)});
}

Hash facts_digest(rules::UnitState const& state) {
  return crypto::hash_under("fieldnode/unit/3", {rules::digest_form(state)});
}

Hash state_digest(rules::UnitState const& state, rules::RuleShelf const& shelf) {
  FixedBytes dues;
  for (auto const& [id, assignment] : state.assignments) {
    dues.number(id.value);
    auto const& book = *shelf.book_for(assignment);
    put_clocks(dues, rules::clocks_of(assignment, book.policy, book.calendar));
  }
  return crypto::hash_under("fieldnode/state/1", {facts_digest(state), dues.view()});
}

}  // namespace fieldnode::wire
