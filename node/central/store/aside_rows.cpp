#include "node/central/store/aside_rows.h"

#include <fmt/format.h>

#include "node/lists/list_register.h"

namespace fieldnode::central {
namespace {

using wire::ListKind;

Refusal chain_broken(wire::ListName const& journal, std::uint64_t seq) {
  return refuse("chain_broken",
                fmt::format("Act {} of the journal {:016x} that is kept aside is not what its node signed: restore the "
                            "last backup that verifies.",
                            seq, journal.epoch.value));
}

std::size_t size_of(wire::EncodedEntry const& entry) {
  return entry.skeleton.size() + entry.body.bytes.size() + entry.contact.bytes.size();
}

std::optional<Adoption> adoption_in(db::Row const& row, int first) {
  auto const epoch = row.get<std::optional<Epoch>>(first);
  if (!epoch) return std::nullopt;
  return Adoption{{*epoch, row.get<std::uint64_t>(first + 1)},
                  row.get<StaffId>(first + 2),
                  row.get<UtcTime>(first + 3),
                  row.get<std::string>(first + 4)};
}

}  // namespace

std::optional<AsideRows::JournalEnd> AsideRows::end_of(wire::ListName const& journal) {
  auto select = connection_.prepare(
      "SELECT seq, hash, acts FROM aside_journal WHERE unit = :unit AND epoch = :epoch AND node = :node");
  auto const row = select.bind(":unit", unit_).bind(":epoch", journal.epoch).bind(":node", journal.node).next();
  if (!row) return std::nullopt;
  return JournalEnd{{journal, row->get<std::uint64_t>(0), row->get<Hash>(1)}, row->get<std::uint64_t>(2)};
}

/// As far as it was taken in while its node was in service.
engine::ListHead AsideRows::held_of(wire::ListName const& journal) {
  auto const list = lists::ListRegister(connection_, unit_).find(ListKind::kJournal, journal.epoch);
  return list ? list->head : engine::ListHead::start(journal);
}

std::optional<engine::ListHead> AsideRows::head(wire::ListName const& journal) {
  if (auto const aside = end_of(journal)) return aside->head;
  auto const held = held_of(journal);
  if (held.list.node != journal.node) return std::nullopt;
  auto const kept = connection_.prepare("SELECT count(*) FROM aside_journal WHERE unit = :unit AND epoch = :epoch")
                        .bind(":unit", unit_)
                        .bind(":epoch", journal.epoch)
                        .one<std::uint64_t>();
  if (kept > 0) return std::nullopt;
  return held;
}

std::optional<Hash> AsideRows::hash_at(wire::ListName const& journal, std::uint64_t seq) {
  if (seq == 0) return wire::chain_start(journal);
  if (auto const held = lists_.hash_at(ListKind::kJournal, Position{journal.epoch, seq})) return held;
  return connection_.prepare("SELECT hash FROM aside_act WHERE unit = :unit AND epoch = :epoch AND seq = :seq")
      .bind(":unit", unit_)
      .bind(":epoch", journal.epoch)
      .bind(":seq", seq)
      .maybe<Hash>();
}

std::optional<wire::SaltKeys> AsideRows::keys(wire::ListName const& journal, AssignmentId assignment) {
  if (assignment) return lists_.keys_of(ListKind::kFeed, assignment);
  if (auto const held = lists_.opening_keys(ListKind::kJournal, journal.epoch)) return held;
  auto const opening =
      connection_.prepare("SELECT number FROM aside_act WHERE unit = :unit AND epoch = :epoch AND seq = 1")
          .bind(":unit", unit_)
          .bind(":epoch", journal.epoch)
          .maybe<std::uint64_t>();
  auto const act = opening ? find(*opening) : std::nullopt;
  if (!act) return std::nullopt;
  auto const own = wire::own_keys(ListKind::kJournal, 1, act->act.skeleton.kind, act->act.entry);
  return own ? *own : std::nullopt;
}

engine::AsideUse AsideRows::use(NodeId node) {
  auto select = connection_.prepare(
      "SELECT coalesce(sum(acts), 0), coalesce(sum(bytes), 0) FROM aside_journal WHERE unit = :unit AND node = :node");
  auto const row = select.bind(":unit", unit_).bind(":node", node).next();
  return {row->get<std::uint64_t>(0), row->get<std::uint64_t>(1)};
}

void AsideRows::keep(wire::ListName const& journal, engine::ActArrival const& act, std::optional<UtcTime> received_at) {
  auto const assignment = act.skeleton.assignment;
  connection_
      .prepare(
          "INSERT INTO aside_act (unit, node, epoch, seq, assignment, leaf, hash, skeleton, body, contact, received_at)"
          " VALUES (:unit, :node, :epoch, :seq, :assignment, :leaf, :hash, :skeleton, :body, :contact, :received_at)")
      .bind(":unit", unit_)
      .bind(":node", journal.node)
      .bind(":epoch", journal.epoch)
      .bind(":seq", act.seq)
      .bind(":assignment", assignment)
      .bind(":leaf", act.leaf)
      .bind(":hash", act.hash)
      .bind(":skeleton", act.entry.skeleton)
      .bind(":body", lists::SealedParts::body_column(act.entry.body))
      .bind(":contact", parts_.contact_column(assignment, act.entry.contact))
      .bind(":received_at", received_at)
      .run();
  connection_
      .prepare(
          "INSERT INTO aside_journal (unit, node, epoch, seq, hash, acts, bytes, suite, signature)"
          " VALUES (:unit, :node, :epoch, :seq, :hash, 1, :bytes, 0, x'') ON CONFLICT DO UPDATE"
          " SET seq = excluded.seq, hash = excluded.hash, acts = acts + 1, bytes = bytes + excluded.bytes")
      .bind(":unit", unit_)
      .bind(":node", journal.node)
      .bind(":epoch", journal.epoch)
      .bind(":seq", act.seq)
      .bind(":hash", act.hash)
      .bind(":bytes", std::uint64_t{size_of(act.entry)})
      .run();
}

void AsideRows::keep_signed_head(wire::SignedHead const& head) {
  connection_
      .prepare("UPDATE aside_journal SET suite = :suite, signature = :signature WHERE unit = :unit AND epoch = :epoch")
      .bind(":suite", static_cast<std::uint8_t>(head.suite))
      .bind(":signature", BytesView(head.signature))
      .bind(":unit", unit_)
      .bind(":epoch", head.list.epoch)
      .run();
}

/// Columns: number, node, epoch, seq, leaf, hash, skeleton, body, contact, received_at, the five of the adoption.
AsideAct AsideRows::act_in(db::Row const& row) {
  AsideAct aside{.number = row.get<std::uint64_t>(0),
                 .unit = unit_,
                 .node = row.get<NodeId>(1),
                 .act = {},
                 .received_at = row.get<std::optional<UtcTime>>(9),
                 .adopted = adoption_in(row, 10)};
  auto& act = aside.act;
  act.at = {row.get<Epoch>(2), row.get<std::uint64_t>(3)};
  act.leaf = row.get<Hash>(4);
  act.hash = row.get<Hash>(5);
  act.entry.skeleton = row.get<Bytes>(6);
  auto skeleton = wire::decode_skeleton(act.entry.skeleton);
  auto body = lists::SealedParts::body_of(row.get<std::optional<BytesView>>(7));
  if (!skeleton || !body) throw BrokenWorld(fmt::format("act {} that is kept aside does not decode", aside.number));
  act.skeleton = *std::move(skeleton);
  act.entry.body = *std::move(body);
  // Without its key, which retention destroys, the part is gone.
  auto contact = parts_.contact_of(act.skeleton.assignment, row.get<std::optional<BytesView>>(8));
  if (contact) act.entry.contact = *std::move(contact);
  return aside;
}

std::optional<AsideAct> AsideRows::find(std::uint64_t number) {
  auto select = connection_.prepare(
      "SELECT number, node, epoch, seq, leaf, hash, skeleton, body, contact, received_at, adopted_epoch, adopted_seq,"
      " adopted_by, adopted_at, adopted_why FROM aside_act WHERE number = :number AND unit = :unit");
  auto const row = select.bind(":number", number).bind(":unit", unit_).next();
  if (!row) return std::nullopt;
  return act_in(*row);
}

std::vector<AsideAct> AsideRows::after(std::uint64_t after, std::size_t most) {
  auto select = connection_.prepare(
      "SELECT number, node, epoch, seq, leaf, hash, skeleton, body, contact, received_at, adopted_epoch, adopted_seq,"
      " adopted_by, adopted_at, adopted_why FROM aside_act WHERE unit = :unit AND number > :after"
      " ORDER BY number LIMIT :most");
  select.bind(":unit", unit_).bind(":after", after).bind(":most", std::uint64_t{most});
  std::vector<AsideAct> acts;
  for (db::Row const row : select) acts.push_back(act_in(row));
  return acts;
}

std::pair<std::uint64_t, std::uint64_t> AsideRows::counts() {
  auto select =
      connection_.prepare("SELECT count(*), count(*) - count(adopted_epoch) FROM aside_act WHERE unit = :unit");
  auto const row = select.bind(":unit", unit_).next();
  return {row->get<std::uint64_t>(0), row->get<std::uint64_t>(1)};
}

void AsideRows::note_adopted(std::uint64_t number, Adoption const& adoption) {
  connection_
      .prepare(
          "UPDATE aside_act SET adopted_epoch = :epoch, adopted_seq = :seq, adopted_by = :by, adopted_at = :at,"
          " adopted_why = :why WHERE number = :number AND unit = :unit")
      .bind(":epoch", adoption.entry.epoch)
      .bind(":seq", adoption.entry.seq)
      .bind(":by", adoption.by)
      .bind(":at", adoption.at)
      .bind(":why", adoption.why)
      .bind(":number", number)
      .bind(":unit", unit_)
      .run();
}

Result<void> AsideRows::verify() {
  std::vector<wire::ListName> journals;
  auto select = connection_.prepare("SELECT node, epoch FROM aside_journal WHERE unit = :unit");
  select.bind(":unit", unit_);
  for (db::Row const row : select) {
    journals.push_back({ListKind::kJournal, unit_, row.get<NodeId>(0), row.get<Epoch>(1)});
  }
  for (auto const& journal : journals) {
    auto const end = end_of(journal);
    if (auto const sound = verify(*end); !sound) return sound;
  }
  return {};
}

Result<void> AsideRows::verify(JournalEnd const& journal) {
  auto const& list = journal.head.list;
  auto const first = journal.head.seq - journal.acts + 1;
  auto const before = hash_at(list, first - 1);
  if (!before) return chain_broken(list, first);
  wire::ChainState chain{list, first - 1, *before};
  auto select = connection_.prepare(
      "SELECT number, node, epoch, seq, leaf, hash, skeleton, body, contact, received_at, adopted_epoch, adopted_seq,"
      " adopted_by, adopted_at, adopted_why FROM aside_act WHERE unit = :unit AND epoch = :epoch ORDER BY seq");
  select.bind(":unit", unit_).bind(":epoch", list.epoch);
  for (db::Row const row : select) {
    auto const act = act_in(row).act;
    bool const is_whole = row.get<std::optional<BytesView>>(8).has_value() == !act.entry.contact.bytes.empty();
    auto const leaf = wire::leaf_of(act.entry, list, chain.seq + 1, keys(list, act.skeleton.assignment));
    chain.advance(act.leaf);
    bool const is_sound =
        act.at.seq == chain.seq && act.hash == chain.hash && (!is_whole || (leaf && *leaf == act.leaf));
    if (!is_sound) return chain_broken(list, chain.seq);
  }
  if (chain.seq != journal.head.seq || chain.hash != journal.head.hash) return chain_broken(list, chain.seq);
  return {};
}

}  // namespace fieldnode::central
