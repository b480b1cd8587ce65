#include "tests/unit/central/central_world.h"

#include "node/central/store/salt_keys.h"
#include "node/central/store/schema.h"
#include "node/db/migrations.h"
#include "sync/wire/signing.h"

namespace fieldnode::central {
namespace {

db::Connection migrated() {
  auto connection = db::Connection::open_in_memory();
  auto const migrated = db::migrate(connection, central_migrations());
  check(migrated.has_value(), "the centre's schema is whole");
  return connection;
}

}  // namespace

CaseForm lamp_form() {
  return {.title = "路灯不亮",
          .text = "幸福路 12 号门口的路灯三天不亮",
          .place = "幸福路 12 号",
          .category = rules::Category::kA2,
          .kind = rules::CaseKind::kComplaint,
          .contact = {{wire::ContactTag::kName, "李明"}, {wire::ContactTag::kTelephone, "13800138000"}},
          .limits = {}};
}

CentralWorld::CentralWorld(std::uint64_t seed, std::unique_ptr<crypto::SignatureSuite> signatures)
    : random{seed},
      writer(migrated()),
      readers(db::ReadPool::sharing(writer.connection())),
      vault(crypto::make_seal_key(random), random),
      store(writer, *readers, vault, random, book),
      desk(store, random),
      decisions(store, random),
      intakes(store),
      merges(store),
      unmaskings(store),
      suite(std::move(signatures)),
      city{.id = 1, .keys = suite->make_keys(random)},
      server(*suite, city) {}

UnitRecord CentralWorld::add_unit(std::string const& code) {
  return store.add_unit(code, code + " office", now).value();
}

CaseRecord CentralWorld::add_case(std::string const& request_id) { return add_case(request_id, lamp_form()); }

CaseRecord CentralWorld::add_case(std::string const& request_id, CaseForm const& form) {
  return desk.create_case({}, request_id, form, now).value();
}

AssignmentId CentralWorld::dispatched(std::string const& unit_code) {
  auto const number = std::to_string(++requests);
  auto const record = add_case("case-" + number);
  return desk.dispatch({}, "dispatch-" + number, record.id, unit_code, {}, now).value().assignment;
}

NodeByHand::NodeByHand(CentralWorld& world, UnitRecord const& of_unit)
    : unit(of_unit),
      keys(world.suite->make_keys(world.random)),
      world_(world),
      opening_keys_(draw_salt_keys(world.random)) {
  Epoch const epoch{world.random.bits64() | 1};
  auto const registered = world.store.with_unit(unit.id, [&](UnitWork& work) -> Result<void> {
    node = work.next_node();
    Hash fingerprint{};
    world.random.fill(fingerprint);
    return work.register_node({.id = node,
                               .public_key = keys.public_key,
                               .journal_epoch = epoch,
                               .fingerprint = fingerprint,
                               .certificate = "PEM",
                               .at = world.now});
  });
  check(registered.has_value(), "a fresh journal is registered");
  journal = {wire::ListKind::kJournal, unit.id, node, epoch};
  hash = wire::chain_start(journal);
  append({.kind = rules::EntryKind::kJournalOpening, .number = ++numbers_[{}], .payload = rules::Opening{}}, {},
         {.fields = {}, .keys = opening_keys_});
}

void NodeByHand::act(rules::EntryKind kind, AssignmentId assignment, rules::Payload payload, std::uint64_t known,
                     StaffId staff) {
  rules::TimeEvidence const time{.clock_class = rules::ClockClass::kAnchored,
                                 .interval = exactly(world_.now),
                                 .estimate = world_.now,
                                 .anchor = anchor};
  append({.kind = kind,
          .assignment = assignment,
          .number = ++numbers_[assignment],
          .staff = staff,
          .basis = {feed.epoch, known},
          .time = time,
          .payload = std::move(payload)},
         {}, {});
}

void NodeByHand::staff_change(StaffId who, std::string const& name) {
  append({.kind = rules::EntryKind::kStaffChange,
          .number = ++numbers_[{}],
          .basis = feed,
          .time = {.clock_class = rules::ClockClass::kAnchored,
                   .interval = exactly(world_.now),
                   .estimate = world_.now,
                   .anchor = anchor},
          .payload = rules::StaffChange{.who = who, .role = rules::StaffRole::kClerk}},
         {.texts = {{wire::TextTag::kName, name}}, .blobs = {}}, {});
}

void NodeByHand::append(rules::Skeleton const& skeleton, wire::Body const& body, wire::ContactData const& contact) {
  append(wire::encode_entry(skeleton, body, contact).value());
}

std::optional<wire::SaltKeys> NodeByHand::keys_of(AssignmentId assignment) {
  if (!assignment) return opening_keys_;
  std::optional<wire::SaltKeys> of_assignment;
  auto const found = world_.store.with_unit(unit.id, [&](UnitWork& work) -> Result<void> {
    of_assignment = work.journal_keys(assignment);
    return {};
  });
  check(found.has_value(), "the unit is there");
  return of_assignment;
}

void NodeByHand::append(wire::EncodedEntry entry) {
  auto const salts = keys_of(wire::decode_skeleton(entry.skeleton).value().assignment);
  auto const leaf = wire::leaf_of(entry, journal, acts.size() + 1, salts).value();
  hash = wire::chain_next(hash, leaf);
  acts.push_back(std::move(entry));
}

Result<wire::ExchangeReply> NodeByHand::exchange() {
  wire::ExchangeRequest request{.unit = unit.id,
                                .node = node,
                                .journal_epoch = journal.epoch,
                                .feed = feed,
                                .marked_seq = marked,
                                .first_act = covered + 1,
                                .byte_budget = 1 << 20};
  world_.random.fill(request.nonce);
  request.acts.assign(acts.begin() + static_cast<std::ptrdiff_t>(covered), acts.end());
  if (!request.acts.empty()) {
    request.head = wire::sign_head(journal, acts.size(), hash, *world_.suite, keys.secret_key);
  }
  wire::ExchangeReply reply;
  auto const done = world_.store.with_unit(unit.id, [&](UnitWork& work) -> Result<void> {
    if (auto const taken = world_.server.receive(work, request, world_.now); !taken) return taken.error();
    work.note_exchange(request.status, world_.now);
    auto const time = world_.clock_is_sure ? std::optional(world_.now) : std::nullopt;
    reply = world_.server.answer(work, request, time, time);
    return {};
  });
  if (!done) return done.error();
  world_.server.sign(reply);
  covered = reply.receipt.journal_seq;
  if (!reply.receipt.marks.empty()) marked = reply.receipt.marks.back().seq;
  feed = {reply.receipt.feed_epoch, reply.receipt.answer_seq};
  anchor = wire::anchor_id(reply.receipt);
  return reply;
}

}  // namespace fieldnode::central
