#include <boost/json/serialize.hpp>
#include <ranges>

#include "node/central/aside_desk.h"
#include "node/lists/carried_entry.h"
#include "node/lists/readable.h"
#include "node/office/assignment_view.h"
#include "node/office/truth.h"
#include "sync/engine/aside_server.h"
#include "sync/wire/signing.h"
#include "tests/sim/epoch_world.h"

/// A node that was replaced comes back with what it did: PROTOCOL, "A revoked node". Both real stores, on files.
namespace fieldnode::sim {
namespace {

/// The centre's door for revoked nodes.
class AsideDoor final : public engine::Transport {
 public:
  AsideDoor(EpochWorld& world, EpochCentre& centre, crypto::PublicKey const& key)
      : world_(world), centre_(centre), key_(key) {}

  Result<void> exchange(BytesView request, std::chrono::seconds, engine::ReplySink const& take) override {
    ++calls;
    last = *wire::decode_request(request);
    auto const reply = deliver(last);
    if (!reply) return reply.error();
    if (loses_reply) return refuse("connection_lost", "the answer was lost");
    return take(wire::encode_reply(*reply, 1));
  }

  Result<wire::ExchangeReply> deliver(wire::ExchangeRequest const& request) {
    engine::AsideServer const server(*world_.suite, world_.city, limits);
    engine::RevokedNode const from{centre_.unit(), NodeId{1}, key_};
    wire::ExchangeReply reply;
    auto const done = centre_.store().with_unit(centre_.unit(), [&](central::UnitWork& work) -> Result<void> {
      auto const kept = server.receive(work.aside(), from, request, world_.clock.truth());
      if (!kept) return kept.error();
      reply = server.answer(work.aside(), from, request, world_.clock.truth());
      return {};
    });
    if (!done) return done.error();
    server.sign(reply);
    return reply;
  }

  int calls{};
  bool loses_reply{};
  engine::AsideLimits limits{};
  wire::ExchangeRequest last;

 private:
  EpochWorld& world_;
  EpochCentre& centre_;
  crypto::PublicKey key_;
};

class Aside : public ::testing::Test {
 protected:
  Aside() {
    centre.found(keys.public_key, Epoch{0x8001});
    old.found(Epoch{0x8001});
    old.open();
    id = centre.dispatch();
    must(old.settle(), "settle");
    old.acknowledge(id);
    old.note(id, "first");
    old.note(id, "second");
  }

  /// The unit goes on with another machine, and the old one is told.
  void replace() {
    world.clock.advance(Milliseconds(3'600'000));
    centre.enrol(NodeId{2}, new_keys.public_key, Epoch{0x8002});
    fresh.found(Epoch{0x8002}, NodeId{2});
    fresh.open();
    must(fresh.settle(), "settle the new node");
    auto const told = old.once();
    ASSERT_FALSE(told);
    ASSERT_TRUE(*handover->hear(refuse("node_revoked", "as the centre says")));
  }
  Result<engine::ExchangeOutcome> hand_over() { return handover->once({.compression_level = 1}); }
  central::AsidePage kept() { return centre.store().aside(centre.unit(), 0, 100); }
  std::uint64_t number_of(rules::EntryKind kind, std::size_t nth = 0) {
    for (auto const& act : kept().acts) {
      if (act.act.skeleton.kind == kind && nth-- == 0) return act.number;
    }
    return 0;
  }
  Result<central::AsideAct> adopt(std::uint64_t number) {
    return central::AsideDesk(centre.store()).adopt(StaffId{9}, number, "heard the clerk", world.clock.truth());
  }
  std::string code_of(Result<central::AsideAct> const& done) { return done ? "" : done.error().code; }
  Position feed_head() { return centre.store().feed_head(centre.unit()).value(); }
  void expect_sound() {
    auto const verified = centre.store().verify();
    ASSERT_TRUE(verified) << verified.error().sentence;
  }
  void expect_both_ends_agree() {
    auto const checked = fresh.check();
    ASSERT_TRUE(checked) << checked.error().sentence;
    auto const verified = centre.store().verify();
    ASSERT_TRUE(verified) << verified.error().sentence;
    EXPECT_EQ(checked->digest, verified->units.at(0).digest);
    EXPECT_EQ(*fresh.store().file_of(id)->state.act(act_at), *centre.store().dossier(id)->state.act(act_at));
  }

  EpochWorld world{2027};
  EpochCentre centre{world, world.dir / "central.db"};
  crypto::KeyPair keys{world.suite->make_keys(world.random)};
  crypto::KeyPair new_keys{world.suite->make_keys(world.random)};
  EpochOffice old{world, centre, world.dir / "old.db", keys};
  EpochOffice fresh{world, centre, world.dir / "fresh.db", new_keys};
  AsideDoor door{world, centre, keys.public_key};
  std::unique_ptr<office::Handover> handover;
  AssignmentId id;
  Position act_at;

  void SetUp() override { handover = old.handover(door); }
};

TEST_F(Aside, WhatARevokedNodeDidIsKeptBesideTheListsAndCountsForNothing) {
  replace();
  auto const head = feed_head();
  auto const handed = hand_over();
  ASSERT_TRUE(handed) << handed.error().sentence;
  EXPECT_EQ(handed->acts_sent, 3u);
  EXPECT_FALSE(handed->more);
  EXPECT_EQ(feed_head(), head) << "nothing is said about it in the unit's feed";
  EXPECT_EQ(kept().total, 3u);
  EXPECT_EQ(kept().waiting, 3u);
  EXPECT_EQ(kept().acts[1].act.skeleton.staff, StaffId{1});
  EXPECT_EQ(kept().acts[1].received_at, world.clock.truth());
  EXPECT_TRUE(centre.store().dossier(id)->state.acts.empty());
  expect_sound();

  auto const figures = old.figures();
  EXPECT_EQ(figures.undelivered, 0u);
  EXPECT_EQ(figures.handed_over, 3u);
  EXPECT_TRUE(figures.revoked_at);
  for (auto const& act : old.store().file_of(id)->acts) {
    EXPECT_EQ(act.coverage.delivery, office::Delivery::kAside);
    EXPECT_FALSE(act.coverage.receipt_number.empty());
  }
  auto const row = *old.store().row_of(id);
  EXPECT_EQ(office::truth_of(row, figures.progress), office::Truth::kHandedOver) << "not delivered, not in force";
}

TEST_F(Aside, TheReceiptIsNeitherAnchorNorMarkAndBringsNoFeed) {
  replace();
  ASSERT_TRUE(hand_over());
  auto const reply = door.deliver(door.last);
  ASSERT_TRUE(reply);
  EXPECT_TRUE(reply->receipt.aside);
  EXPECT_FALSE(reply->receipt.sent_at);
  EXPECT_TRUE(reply->receipt.received_at);
  EXPECT_TRUE(reply->receipt.marks.empty());
  EXPECT_TRUE(reply->feed.empty());
  EXPECT_FALSE(reply->receipt.feed_epoch);
  EXPECT_FALSE(reply->identity);
}

TEST_F(Aside, NobodyIsCalledOnceNothingIsLeft) {
  replace();
  ASSERT_TRUE(hand_over());
  auto const again = hand_over();
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, "node_revoked");
  EXPECT_EQ(door.calls, 1);
  old.note(id, "third");
  ASSERT_TRUE(hand_over());
  EXPECT_EQ(kept().total, 4u);
}

TEST_F(Aside, ALostReplyAndARestartCostNothing) {
  replace();
  door.loses_reply = true;
  EXPECT_FALSE(hand_over());
  EXPECT_EQ(kept().total, 3u);
  EXPECT_EQ(old.figures().undelivered, 3u) << "what nobody answered for waits";
  door.loses_reply = false;
  handover = old.handover(door);
  ASSERT_TRUE(handover->is_revoked()) << "it is remembered";
  ASSERT_TRUE(hand_over());
  EXPECT_EQ(kept().total, 3u) << "each is kept once";
  expect_sound();
}

TEST_F(Aside, WhatIsNotSignedByTheNodeIsNotKept) {
  replace();
  ASSERT_TRUE(hand_over());
  auto const sent = door.last;
  auto const refused = [&](wire::ExchangeRequest const& request) {
    auto const done = door.deliver(request);
    return done ? std::string() : done.error().code;
  };
  centre.tamper("DELETE FROM aside_act");
  centre.tamper("DELETE FROM aside_journal");

  auto forged = sent;
  forged.head = wire::sign_head(sent.head->list, sent.head->seq, sent.head->hash, *world.suite, new_keys.secret_key);
  EXPECT_EQ(refused(forged), "bad_signature");
  auto changed = sent;
  changed.acts[1].body.bytes.back() ^= 1;
  EXPECT_EQ(refused(changed), "bad_signature") << "one bit of what was said";
  auto nameless = sent;
  nameless.head.reset();
  EXPECT_EQ(refused(nameless), "bad_signature");
  auto gap = sent;
  gap.first_act += 1;
  gap.head = wire::sign_head(sent.head->list, sent.head->seq + 1, sent.head->hash, *world.suite, keys.secret_key);
  EXPECT_EQ(refused(gap), "journal_gap");
  auto foreign = sent;
  foreign.journal_epoch = Epoch{0x8002};
  wire::ListName const list{wire::ListKind::kJournal, centre.unit(), NodeId{1}, Epoch{0x8002}};
  foreign.head = wire::sign_head(list, sent.head->seq, sent.head->hash, *world.suite, keys.secret_key);
  EXPECT_EQ(refused(foreign), "unknown_epoch") << "the new node's own journal";
  EXPECT_EQ(kept().total, 0u);
  EXPECT_EQ(refused(sent), "");
  EXPECT_EQ(kept().total, 3u);
}

TEST_F(Aside, AnotherContentUnderAHeldPlaceIsAForkAndNothingMoreIsKept) {
  replace();
  old.back_up(world.dir / "copy");
  ASSERT_TRUE(hand_over());
  EpochOffice copy(world, centre, world.dir / "copy", keys);
  copy.open();
  copy.note(id, "fourth, at the copy");
  old.note(id, "fourth");
  ASSERT_TRUE(hand_over());
  copy.note(id, "fifth, at the copy");
  auto twin = copy.handover(door);
  auto const refused = twin->once({.compression_level = 1});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "journal_fork");
  EXPECT_EQ(kept().total, 4u);
}

TEST_F(Aside, AStolenNodeFillsNoDisk) {
  replace();
  door.limits = {.acts = 2, .bytes = 1'000'000};
  auto const many = hand_over();
  ASSERT_FALSE(many);
  EXPECT_EQ(many.error().code, "aside_full");
  door.limits = {.acts = 100, .bytes = 20};
  auto const large = hand_over();
  ASSERT_FALSE(large);
  EXPECT_EQ(large.error().code, "aside_full");
  EXPECT_EQ(kept().total, 0u);
  EXPECT_EQ(old.figures().undelivered, 3u);
}

TEST_F(Aside, ATamperedRowIsFound) {
  replace();
  ASSERT_TRUE(hand_over());
  expect_sound();
  centre.tamper("UPDATE aside_act SET body = x'0100' WHERE seq = (SELECT max(seq) FROM aside_act)");
  auto const broken = centre.store().verify();
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().code, "chain_broken");
}

TEST_F(Aside, AnAdoptedActCountsAtBothEnds) {
  replace();
  ASSERT_TRUE(hand_over());
  auto const had_it = world.clock.truth();
  world.clock.advance(Milliseconds(86'400'000));
  auto const acknowledged = adopt(number_of(rules::EntryKind::kAcknowledgement));
  ASSERT_TRUE(acknowledged) << acknowledged.error().sentence;
  ASSERT_TRUE(adopt(number_of(rules::EntryKind::kNote, 1)));
  EXPECT_EQ(kept().waiting, 1u);
  EXPECT_EQ(acknowledged->adopted->by, StaffId{9});

  ASSERT_TRUE(fresh.settle());
  act_at = acknowledged->act.at;
  auto const file = fresh.store().file_of(id);
  ASSERT_TRUE(file->state.acknowledged);
  EXPECT_EQ(file->state.acknowledged->at, act_at);
  EXPECT_EQ(file->state.notes, 1u);
  EXPECT_EQ(file->state.act(act_at)->standing, rules::Standing::kAdopted);
  expect_both_ends_agree();

  auto const verdict = centre.store().dossier(id)->verdicts.front();
  EXPECT_EQ(verdict.kind, rules::ClockKind::kAcknowledge);
  EXPECT_EQ(verdict.bracket, (TimeInterval{UtcTime{}, had_it})) << "it proves nothing earlier than its receipt";
  EXPECT_EQ(file->verdicts.front().bracket, verdict.bracket);
}

TEST_F(Aside, TheWordsOfTheActComeWithItAndTheCitizensDataStaysTheCentres) {
  old.reach(id, "13900000000");
  replace();
  ASSERT_TRUE(hand_over());
  ASSERT_TRUE(adopt(number_of(rules::EntryKind::kContact)));
  ASSERT_TRUE(adopt(number_of(rules::EntryKind::kNote)));
  ASSERT_TRUE(fresh.settle());
  auto const file = fresh.store().file_of(id);
  ASSERT_TRUE(file->state.reached());
  auto const acts = file->feed | std::views::reverse;
  auto const note = lists::carried_entry(acts[0]);
  auto const contact = lists::carried_entry(acts[1]);
  ASSERT_TRUE(note && contact);
  EXPECT_EQ(lists::body_of(*note).text(wire::TextTag::kNote), "first");
  EXPECT_EQ(lists::contact_of(*contact).fields.at(0).text, "13900000000");
  auto const shown = boost::json::serialize(office::unmasked_view(*file));
  EXPECT_NE(shown.find("13800138000"), std::string::npos) << shown;
  expect_sound();
}

TEST_F(Aside, IsAdoptedOnceAndOnlyWhereItStillFits) {
  replace();
  ASSERT_TRUE(hand_over());
  auto const note = number_of(rules::EntryKind::kNote);
  ASSERT_TRUE(adopt(note));
  auto const head = feed_head();
  EXPECT_EQ(code_of(adopt(note)), "not_set_aside");
  EXPECT_EQ(code_of(adopt(4711)), "no_such_aside_act");
  fresh.acknowledge(id);
  ASSERT_TRUE(fresh.settle());
  EXPECT_EQ(code_of(adopt(number_of(rules::EntryKind::kAcknowledgement))), "adds_nothing");
  EXPECT_EQ(feed_head(), head) << "a refusal leaves nothing half done";
  EXPECT_EQ(kept().waiting, 2u);
}

TEST_F(Aside, NobodyAdoptsBeforeAnotherNodeServes) {
  centre.in_unit([&](central::UnitWork& work) -> Result<void> {
    work.end_node(NodeId{1}, {world.clock.truth(), StaffId{9}, "stolen"});
    return {};
  });
  ASSERT_TRUE(*handover->hear(refuse("node_revoked", "as the centre says")));
  ASSERT_TRUE(hand_over());
  EXPECT_EQ(code_of(adopt(number_of(rules::EntryKind::kNote))), "no_replacement");
}

TEST_F(Aside, AnAdoptionComesBackToACentreThatWasRestored) {
  replace();
  ASSERT_TRUE(hand_over());
  centre.back_up(world.dir / "backup");
  auto const note = number_of(rules::EntryKind::kNote);
  ASSERT_TRUE(adopt(note));
  ASSERT_TRUE(fresh.settle());
  centre.restore(world.dir / "backup");
  ASSERT_TRUE(fresh.settle());
  act_at = kept().acts.at(1).act.at;
  expect_both_ends_agree();
  EXPECT_EQ(code_of(adopt(note)), "not_set_aside") << "the feed says so, whatever the row says";
}

}  // namespace
}  // namespace fieldnode::sim
