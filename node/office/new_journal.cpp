#include "node/office/new_journal.h"

#include "node/office/journal_state.h"
#include "node/office/projection.h"
#include "sync/base/check.h"

namespace fieldnode::office {

JournalSeed draw_journal(Random& random) {
  JournalSeed seed{Epoch{random.bits64()}, {}};
  while (!seed.epoch) seed.epoch = Epoch{random.bits64()};  // 0 would mean "no epoch"
  random.fill(seed.keys.body);
  random.fill(seed.keys.contact);
  return seed;
}

lists::NewEntry journal_opening(rules::Opening const& opening, wire::SaltKeys const& keys,
                                rules::TimeEvidence const& time) {
  lists::NewEntry entry;
  entry.skeleton.kind = rules::EntryKind::kJournalOpening;
  entry.skeleton.time = time;
  entry.skeleton.payload = opening;
  entry.contact.keys = keys;
  return entry;
}

Result<void> go_on_in_new_journal(db::Connection& connection, lists::EntryLists& lists, OfficeIdentity const& identity,
                                  JournalSeed const& seed, rules::TimeEvidence const& time) {
  auto const before = lists.head(wire::ListKind::kJournal);
  check(before.has_value(), "an enrolled node has a journal");
  rules::Opening const opening{{before->list.epoch, before->seq}, before->hash};
  lists.open({wire::ListKind::kJournal, identity.unit, identity.node, seed.epoch});
  auto const opened = lists.append(wire::ListKind::kJournal, journal_opening(opening, seed.keys, time));
  if (!opened) return opened.error();
  JournalState(connection).go_on_in(seed.epoch);
  Projection(connection).begin_journal();
  return {};
}

}  // namespace fieldnode::office
