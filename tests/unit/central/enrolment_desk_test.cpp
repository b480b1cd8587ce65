#include "node/central/enrolment_desk.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "node/central/node_desk.h"
#include "node/central/store/node_statement.h"
#include "node/db/private_file.h"
#include "sync/crypto/token.h"
#include "sync/wire/fingerprint.h"
#include "tests/unit/central/central_world.h"
#include "tests/unit/central/temp_city.h"

namespace fieldnode::central {
namespace {

using std::chrono::days;

struct EnrolmentDeskTest : testing::Test {
  EnrolmentDeskTest() {
    city.name = "x";
    city.key = {.id = 3, .keys = suite->make_keys(world.random)};
    city.ca = net::make_city_ca("x", {kThursday, kThursday + days(365)}, world.random);
    (void)world.add_unit("BH");
  }

  [[nodiscard]] EnrolmentForm form_with(std::string const& code) {
    return form_with(code, net::make_certificate_request(net::make_private_key(), "unit").value());
  }
  [[nodiscard]] EnrolmentForm form_with(std::string const& code, std::string const& certificate_request) {
    auto const keys = suite->make_keys(world.random);
    auto const payload = crypto::read_code(code).value();
    auto const secret = BytesView(payload).subspan(kPinBytes);
    EnrolmentForm form{.locator = locator_of(secret), .request = {}};
    form.request.secret = wire::secret_hash(secret);
    form.request.key = keys.public_key;
    form.request.certificate_request = certificate_request;
    form.request.journal_epoch = Epoch{world.random.bits64() | 1};
    wire::sign_request(form.request, *suite, keys.secret_key);
    return form;
  }
  NodeRecord confirmed(Enrolled const& enrolled) {
    return nodes.confirm({}, wire::node_fingerprint(enrolled.node.public_key), world.now).value().node;
  }
  [[nodiscard]] std::string issue() { return desk.issue_code("BH", world.now).value().code; }
  [[nodiscard]] std::string code_of(EnrolmentForm const& form) {
    auto const enrolled = desk.enrol(form, world.now);
    return enrolled ? "" : enrolled.error().code;
  }

  std::unique_ptr<crypto::SignatureSuite> suite = crypto::ed25519_suite();
  CentralWorld world;
  CityIdentity city;
  EnrolmentDesk desk{world.store, city, world.random};
  TempFolder folder;
  KeptOutside kept{folder.path() / "kept"};
  NodeDesk nodes{world.store, kept};
};

TEST_F(EnrolmentDeskTest, ACodeCarriesThePinOfTheCa) {
  auto const payload = crypto::read_code(issue()).value();
  ASSERT_EQ(payload.size(), kPinBytes + kSecretBytes);
  auto const fingerprint = net::read_certificate(city.ca.certificate_pem).value().fingerprint;
  EXPECT_TRUE(std::equal(payload.begin(), payload.begin() + kPinBytes, fingerprint.begin()));
}

TEST_F(EnrolmentDeskTest, AGoodCodeGivesACertificateToANodeThatWaits) {
  auto const enrolled = desk.enrol(form_with(issue()), world.now);
  ASSERT_TRUE(enrolled) << enrolled.error().sentence;
  EXPECT_EQ(enrolled->unit.code, "BH");
  auto const facts = net::read_certificate(enrolled->node.certificate).value();
  EXPECT_EQ(facts.common_name, "node-" + std::to_string(enrolled->node.id.value));
  EXPECT_EQ(facts.validity.until, world.now + kNodeCertificateLife);
  EXPECT_TRUE(net::is_issued_by(enrolled->node.certificate, city.ca.certificate_pem).value());
  auto const node = world.store.find_node(facts.fingerprint);
  ASSERT_TRUE(node);
  EXPECT_EQ(node->id, enrolled->node.id);
  EXPECT_EQ(node->standing(), NodeStanding::kWaiting);
  EXPECT_FALSE(world.store.units().front().node) << "nobody has compared its fingerprint";
}

TEST_F(EnrolmentDeskTest, TheFingerprintThatThePersonTypesPutsTheNodeInCharge) {
  auto const enrolled = desk.enrol(form_with(issue()), world.now).value();
  EXPECT_EQ(confirmed(enrolled).standing(), NodeStanding::kServing);
  EXPECT_EQ(confirmed(enrolled).id, enrolled.node.id) << "twice does no harm";
  EXPECT_EQ(world.store.units().front().node->id, enrolled.node.id);
}

TEST_F(EnrolmentDeskTest, WhoeverDoesNotHoldTheKeyIsNotTakenIn) {
  auto form = form_with(issue());
  form.request.key = suite->make_keys(world.random).public_key;
  EXPECT_EQ(code_of(form), "bad_signature");
  auto moved = form_with(issue());
  moved.request.journal_epoch = Epoch{77};
  EXPECT_EQ(code_of(moved), "bad_signature");
  EXPECT_TRUE(world.store.nodes().empty());
}

TEST_F(EnrolmentDeskTest, AThiefOfTheCodeIsSeenAndRefused) {
  auto const code = issue();
  auto const thief = desk.enrol(form_with(code), world.now).value();
  auto const office = form_with(code);
  EXPECT_EQ(code_of(office), "code_used");
  auto const read_out = wire::node_fingerprint(office.request.key);
  EXPECT_EQ(nodes.confirm({}, read_out, world.now).error().code, "unknown_fingerprint");
  auto const shown = wire::node_fingerprint(thief.node.public_key);
  EXPECT_EQ(nodes.refuse_node({}, shown, world.now)->node.standing(), NodeStanding::kRefused);
  EXPECT_EQ(nodes.confirm({}, shown, world.now).error().code, "node_refused");
  EXPECT_FALSE(world.store.units().front().node);
}

TEST_F(EnrolmentDeskTest, AMisheardFingerprintIsNoFingerprint) {
  auto const enrolled = desk.enrol(form_with(issue()), world.now).value();
  auto typed = wire::node_fingerprint(enrolled.node.public_key);
  typed[2] = typed[2] == '7' ? '8' : '7';
  EXPECT_EQ(nodes.confirm({}, typed, world.now).error().code, "bad_fingerprint");
}

TEST_F(EnrolmentDeskTest, ARevokedNodeNeedsTheUnitsCodeAsASecondWord) {
  auto const node = confirmed(desk.enrol(form_with(issue()), world.now).value());
  EXPECT_EQ(nodes.revoke({}, node.id, "QS", "stolen", world.now).error().code, "wrong_unit");
  EXPECT_EQ(nodes.revoke({}, NodeId{99}, "BH", "stolen", world.now).error().code, "no_such_node");
  auto const revoked = nodes.revoke(StaffId{4}, node.id, "BH", "stolen", world.now).value();
  EXPECT_EQ(revoked.node.standing(), NodeStanding::kRevoked);
  EXPECT_EQ(revoked.node.revoked_why, "stolen");
  EXPECT_EQ(revoked.node.revoked_by, StaffId{4});
  EXPECT_EQ(nodes.revoke({}, node.id, "BH", "again", world.now).error().code, "node_not_in_service");
  EXPECT_EQ(nodes.confirm({}, revoked.fingerprint, world.now).error().code, "node_revoked");
}

TEST_F(EnrolmentDeskTest, TheCitySignsWhichKeySignsWhichJournal) {
  auto const form = form_with(issue());
  auto const enrolled = desk.enrol(form, world.now).value();
  auto const word = statement_on(confirmed(enrolled), city.key);
  EXPECT_TRUE(wire::verify_statement(word, *suite, city.key.keys.public_key));
  EXPECT_EQ(word.key_id, city.key.id);
  EXPECT_EQ(word.unit, enrolled.unit.id);
  EXPECT_EQ(word.node, enrolled.node.id);
  EXPECT_EQ(word.key, form.request.key);
  EXPECT_EQ(word.journal_epoch, form.request.journal_epoch);
  EXPECT_EQ(word.enrolled_at, world.now);
}

TEST_F(EnrolmentDeskTest, TheSameKeyGetsTheSameAnswerAgainEvenLate) {
  auto const form = form_with(issue());
  auto const first = desk.enrol(form, world.now);
  world.pass(std::chrono::duration_cast<Milliseconds>(kCodeLife) * 2);
  auto const again = desk.enrol(form, world.now);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->node.id, first->node.id);
  EXPECT_EQ(again->node.certificate, first->node.certificate);
}

TEST_F(EnrolmentDeskTest, AnotherKeyFindsTheCodeUsed) {
  auto const code = issue();
  ASSERT_EQ(code_of(form_with(code)), "");
  EXPECT_EQ(code_of(form_with(code)), "code_used");
}

TEST_F(EnrolmentDeskTest, ACodeEndsAfterItsTime) {
  auto const form = form_with(issue());
  world.pass(std::chrono::duration_cast<Milliseconds>(kCodeLife));
  EXPECT_EQ(code_of(form), "code_expired");
  EXPECT_FALSE(world.store.units().front().node);
}

TEST_F(EnrolmentDeskTest, TenWrongTriesVoidTheCodeAndNoOther) {
  auto const code = issue();
  auto const other = issue();
  auto wrong = form_with(code);
  wrong.request.secret.back() ^= 1;
  for (std::uint32_t i = 0; i < kWrongTriesMax; ++i) EXPECT_EQ(code_of(wrong), "wrong_code");
  EXPECT_EQ(code_of(wrong), "too_many_tries");
  EXPECT_EQ(code_of(form_with(code)), "too_many_tries");
  EXPECT_EQ(code_of(form_with(other)), "");
}

TEST_F(EnrolmentDeskTest, ASecretAtAnotherPlaceIsWrong) {
  auto form = form_with(issue());
  form.locator ^= 0x5500;
  EXPECT_EQ(code_of(form), "wrong_code");
}

TEST_F(EnrolmentDeskTest, ARequestThatIsNoneLeavesTheCodeUnused) {
  auto const code = issue();
  auto form = form_with(code, "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n");
  EXPECT_EQ(code_of(form), "malformed_request");
  EXPECT_EQ(code_of(form_with(code)), "");
}

TEST_F(EnrolmentDeskTest, AnOlderBackupRevivesNoNode) {
  auto const replaced = confirmed(desk.enrol(form_with(issue()), world.now).value());
  auto const node = confirmed(desk.enrol(form_with(issue()), world.now).value());
  ASSERT_TRUE(nodes.revoke({}, node.id, "BH", "stolen", world.now));
  // What the database of yesterday says.
  world.writer.connection().execute("UPDATE node SET revoked_at = NULL");
  ASSERT_TRUE(nodes.reapply());
  for (auto const& one : {replaced, node}) {
    EXPECT_EQ(world.store.find_node(one.fingerprint)->standing(), NodeStanding::kRevoked);
  }
  auto const later = confirmed(desk.enrol(form_with(issue()), world.now).value());
  ASSERT_TRUE(nodes.reapply());
  EXPECT_EQ(world.store.find_node(later.fingerprint)->standing(), NodeStanding::kServing);
}

TEST_F(EnrolmentDeskTest, WhatAReplacedNodeTookAlongIsTold) {
  auto const first = confirmed(desk.enrol(form_with(issue()), world.now).value());
  EXPECT_TRUE(world.store.units().front().alarms.empty()) << "nothing can be lost before the first node";
  auto const unit = world.store.units().front().unit.id;
  auto const heard_at = world.now;
  ASSERT_TRUE(world.store.with_unit(unit, [&](UnitWork& work) -> Result<void> {
    work.note_exchange({.version = 1, .program = "fieldnode", .undelivered = 3, .disk_free_bytes = 0}, heard_at);
    return {};
  }));
  world.pass(std::chrono::hours(50));
  (void)confirmed(desk.enrol(form_with(issue()), world.now).value());
  auto const alarms = world.store.units().front().alarms;
  ASSERT_EQ(alarms.size(), 1U);
  EXPECT_EQ(alarms.front(), (UnitAlarm{"lost_window", first.id.value, 1, 3, heard_at}));
}

TEST_F(EnrolmentDeskTest, ADamagedListOfRevocationsIsNotPassedOver) {
  ASSERT_TRUE(db::write_private_file(folder.path() / "kept", "newer-word x\nrevoked 12\n"));
  EXPECT_EQ(nodes.reapply().error().code, "kept_outside_damaged");
}

TEST_F(EnrolmentDeskTest, AReplacementRevokesTheNodeBeforeOnceItIsConfirmed) {
  auto const first = confirmed(desk.enrol(form_with(issue()), world.now).value());
  auto const second = desk.enrol(form_with(issue()), world.now).value();
  EXPECT_EQ(world.store.units().front().node->id, first.id) << "it goes on until then";
  EXPECT_FALSE(world.store.find_node(first.fingerprint)->revoked_at);
  (void)confirmed(second);
  EXPECT_EQ(world.store.find_node(first.fingerprint)->standing(), NodeStanding::kRevoked);
  EXPECT_EQ(world.store.units().front().node->id, second.node.id);
  EXPECT_FALSE(world.store.units().front().node->revoked_at);
}

TEST_F(EnrolmentDeskTest, ThereIsNoCodeForAUnitThatIsNotThere) {
  EXPECT_EQ(desk.issue_code("XX", world.now).error().code, "unknown_unit");
}

}  // namespace
}  // namespace fieldnode::central
