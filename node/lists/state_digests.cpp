#include "node/lists/state_digests.h"

#include <limits>
#include <map>

#include "sync/crypto/hash.h"
#include "sync/wire/fixed_bytes.h"
#include "sync/wire/state_digest.h"

namespace fieldnode::lists {
namespace {

Position end_of(std::optional<engine::ListHead> const& head) {
  return head ? Position{head->list.epoch, head->seq} : Position{};
}

}  // namespace

void StateDigests::put(rules::AssignmentState const& state) {
  auto const digest = wire::facts_digest(state);
  connection_
      .prepare(
          "INSERT INTO state_digest (unit, assignment, digest) VALUES (:unit, :assignment, :digest)"
          " ON CONFLICT (unit, assignment) DO UPDATE SET digest = excluded.digest")
      .bind(":unit", unit_)
      .bind(":assignment", state.id)
      .bind(":digest", BytesView(digest))
      .run();
}

void StateDigests::remove(AssignmentId assignment) {
  connection_.prepare("DELETE FROM state_digest WHERE unit = :unit AND assignment = :assignment")
      .bind(":unit", unit_)
      .bind(":assignment", assignment)
      .run();
}

engine::StateReading StateDigests::read(AssignmentId after, std::size_t most) {
  engine::StateReading reading{
      end_of(lists_.head(wire::ListKind::kFeed)), end_of(lists_.head(wire::ListKind::kJournal)), {}, {}, false};
  wire::FixedBytes all;
  auto rows = connection_.prepare("SELECT assignment, digest FROM state_digest WHERE unit = :unit ORDER BY assignment");
  rows.bind(":unit", unit_);
  for (auto const row : rows) {
    wire::AssignmentDigest const one{row.get<AssignmentId>(0), row.get<Hash>(1)};
    all.number(one.assignment.value).raw(one.digest);
    if (one.assignment <= after) continue;
    if (reading.page.size() < most) {
      reading.page.push_back(one);
    } else {
      reading.more = true;
    }
  }
  reading.digest = crypto::hash_under("fieldnode/states/1", {all.view()});
  return reading;
}

AssignmentId StateDigests::first_wrong(rules::UnitState const& replayed) {
  std::map<AssignmentId, Hash> kept;
  for (auto const& [assignment, digest] : read({}, std::numeric_limits<std::size_t>::max()).page) {
    kept.emplace(assignment, digest);
  }
  for (auto const& [id, state] : replayed.assignments) {
    if (state.dispatched_by.seq == 0) continue;
    auto const held = kept.extract(id);
    if (!held || held.mapped() != wire::facts_digest(state)) return id;
  }
  return kept.empty() ? AssignmentId{} : kept.begin()->first;
}

void StateDigests::fill() {
  auto rows = connection_.prepare(
      "SELECT DISTINCT entry.assignment FROM entry JOIN list ON list.id = entry.list"
      " WHERE list.unit = :unit AND entry.kind = :dispatch AND NOT EXISTS"
      " (SELECT 1 FROM state_digest WHERE unit = :unit AND assignment = entry.assignment)");
  rows.bind(":unit", unit_).bind(":dispatch", static_cast<std::int64_t>(rules::EntryKind::kDispatch));
  std::vector<AssignmentId> missing;
  for (auto const row : rows) missing.push_back(row.get<AssignmentId>(0));
  for (auto const id : missing) {
    auto const state = lists_.fold(id);
    if (state && state->dispatched_by.seq != 0) put(*state);
  }
}

}  // namespace fieldnode::lists
