#include "node/office/journal_return.h"

#include <algorithm>
#include <variant>

#include "node/office/act_ids.h"
#include "node/office/journal_state.h"
#include "node/office/new_journal.h"
#include "node/office/projection.h"
#include "sync/base/check.h"

namespace fieldnode::office {

using wire::ListKind;

namespace {

/// The references of acts to acts, said of the places where these stand now.
struct Renamed {
  std::map<Position, Position> const& moved;

  void operator()(rules::Correction& correction) const { rename(correction.act); }
  void operator()(rules::Withdrawal& withdrawal) const { rename(withdrawal.application); }
  template <class Other>
  void operator()(Other&) const {}

  void rename(Position& act) const {
    auto const now = moved.find(act);
    if (now != moved.end()) act = now->second;
  }
};

Position origin_of(lists::StoredEntry const& act) { return act.skeleton.origin.value_or(act.at); }

bool is_redacted(lists::StoredEntry const& act) { return act.entry.body.form == wire::PartForm::kErased; }

/// What was said, without where it stands. What `a` names may have moved already, in `b` it has been renamed. Words
/// that are redacted on either side say nothing else.
bool says_the_same(lists::StoredEntry const& a, lists::StoredEntry const& b, Renamed const& renamed) {
  auto left = a.skeleton;
  auto right = b.skeleton;
  left.number = right.number = 0;
  left.origin = right.origin = std::nullopt;
  std::visit(renamed, left.payload);
  bool const same_words = is_redacted(a) || is_redacted(b) || a.entry.body.bytes == b.entry.body.bytes;
  return left == right && same_words && a.entry.contact.bytes == b.entry.contact.bytes;
}

Result<lists::NewEntry> again(lists::StoredEntry const& act) {
  lists::NewEntry entry{act.skeleton, {}, {}};
  if (is_redacted(act)) entry.redacted = act.entry.body.inner;
  if (!act.entry.body.bytes.empty()) {
    auto body = wire::decode_body(act.entry.body.bytes);
    if (!body) return body.error();
    entry.body = *std::move(body);
  }
  if (!act.entry.contact.bytes.empty()) {
    auto contact = wire::decode_contact(act.entry.contact.bytes);
    if (!contact) return contact.error();
    entry.contact = *std::move(contact);
  }
  return entry;
}

}  // namespace

JournalReturn::JournalReturn(db::Connection& connection, lists::EntryLists& lists, OfficeIdentity const& identity)
    : connection_(connection), lists_(lists), identity_(identity), register_(connection, identity.unit) {}

Result<void> JournalReturn::put_in_place(engine::ReturnedJournals const& returned) {
  auto const live = JournalState(connection_).live();
  for (auto const& list : register_.all(ListKind::kJournal)) {
    if (list.head.list.epoch == live) continue;
    auto const run = std::ranges::find(returned.runs, list.head.list, &engine::ReturnedRun::list);
    if (run != returned.runs.end()) {
      align(list, *run);
      continue;
    }
    // Begun and never registered: its acts are appended again, and no other end ever heard of it.
    keep_tail(lists_.cut(list.head.list.epoch, 0));
    register_.remove(*register_.find(ListKind::kJournal, list.head.list.epoch));
  }
  for (auto const& run : returned.runs) add(run);
  JournalState(connection_).note_journals_known();
  if (!tail_.empty()) {
    if (auto const made = make_room(returned); !made) return made;
  }
  lists_.arrange(registered_);
  find_origins();
  return append_again(Epoch{returned.next_epoch.value ^ live.value});
}

/// The centre may hold other acts here (a copy of this node has sent them): own acts from the first difference on, and
/// what the centre does not hold, are taken out.
void JournalReturn::align(lists::ListRow const& list, engine::ReturnedRun const& run) {
  auto const epoch = list.head.list.epoch;
  auto common = std::min(list.head.seq, run.end);
  for (auto const& entry : run.entries) {
    if (entry.seq > list.head.seq) break;
    if (lists_.hash_at(ListKind::kJournal, Position{epoch, entry.seq}) == entry.hash) continue;
    common = entry.seq - 1;
    break;
  }
  if (common < list.head.seq) keep_tail(lists_.cut(epoch, common));
}

void JournalReturn::keep_tail(std::vector<lists::StoredEntry> cut) {
  for (auto& act : cut) {
    if (act.skeleton.kind != rules::EntryKind::kJournalOpening) tail_.push_back(std::move(act));
  }
}

void JournalReturn::add(engine::ReturnedRun const& run) {
  if (!register_.find(ListKind::kJournal, run.list.epoch)) register_.add_before_live(run.list);
  for (auto const& entry : run.entries) {
    auto const held = register_.find(ListKind::kJournal, run.list.epoch)->head.seq;
    if (entry.seq <= held) continue;
    lists_.append_received(ListKind::kJournal,
                           {{run.list.epoch, entry.seq}, entry.leaf, entry.hash, entry.skeleton, entry.entry});
  }
  registered_.push_back({run.list.epoch, run.end});
}

/// Until the journals are known the centre is sent the live one's opening alone, so what stands behind it can still be
/// taken out.
Result<void> JournalReturn::make_room(engine::ReturnedJournals const& returned) {
  auto const live = lists_.head(ListKind::kJournal);
  check(live.has_value(), "a node has a journal");
  if (live->seq == 1) return {};
  auto const opening = lists_.entry_at(ListKind::kJournal, {live->list.epoch, 1});
  check(opening.has_value(), "a journal begins with its opening");
  keep_tail(lists_.cut(live->list.epoch, 1));
  registered_.push_back({live->list.epoch, 1});
  return go_on_in_new_journal(connection_, lists_, identity_, {returned.next_epoch, returned.next_keys},
                              opening->skeleton.time);
}

void JournalReturn::find_origins() {
  if (tail_.empty()) return;
  for (auto const& list : register_.all(ListKind::kJournal)) {
    for (std::uint64_t seq = 1; seq <= list.head.seq; ++seq) {
      Position const at{list.head.list.epoch, seq};
      auto const skeleton = lists_.skeleton_at(ListKind::kJournal, at);
      if (!skeleton) continue;
      auto const origin = skeleton->origin.value_or(at);
      held_[origin.seq].emplace(origin, at);
    }
  }
}

/// Where the place was another act's, each copy has put a number of its own for the journal's name: the seq is what
/// they have in common.
bool JournalReturn::may_be_one_place(Position a, Position b) {
  if (a.epoch == b.epoch) return true;
  auto const names_a_journal = [this](Epoch epoch) { return register_.find(ListKind::kJournal, epoch).has_value(); };
  return !names_a_journal(a.epoch) || !names_a_journal(b.epoch);
}

std::optional<Position> JournalReturn::same_act_held(lists::StoredEntry const& act) {
  auto const origin = origin_of(act);
  for (auto const& [first, at] : held_[origin.seq]) {
    if (!may_be_one_place(origin, first)) continue;
    auto const stored = lists_.entry_at(ListKind::kJournal, at);
    if (stored && says_the_same(act, *stored, Renamed{moved_})) return at;
  }
  return std::nullopt;
}

/// `forked`: stands for the journal's name in the origin of an act whose place another copy of this node has given to
/// another act; no journal has that name.
Result<void> JournalReturn::append_again(Epoch forked) {
  for (auto const& act : tail_) {
    auto const held = same_act_held(act);
    auto const at = held ? Result<Position>(*held) : append_one(act, forked);
    if (!at) return at.error();
    moved_.emplace(act.at, *at);
    ActIds(connection_).move(act.at, *at);
  }
  return {};
}

Result<Position> JournalReturn::append_one(lists::StoredEntry const& act, Epoch forked) {
  auto entry = again(act);
  if (!entry) return entry.error();
  auto origin = origin_of(act);
  if (held_[origin.seq].contains(origin)) origin.epoch = forked;
  entry->skeleton.origin = origin;
  std::visit(Renamed{moved_}, entry->skeleton.payload);
  auto const stored = lists_.append(ListKind::kJournal, *std::move(entry));
  if (!stored) return stored.error();
  return stored->at;
}

}  // namespace fieldnode::office
