#include "node/central/enrolment_desk.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "sync/crypto/token.h"
#include "tests/unit/central/central_world.h"

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

  [[nodiscard]] EnrolmentForm form_with(std::string const& code, std::uint8_t key) {
    auto const payload = crypto::read_code(code).value();
    EnrolmentForm form{.secret = Bytes(payload.begin() + kPinBytes, payload.end()),
                       .public_key = {},
                       .certificate_request = net::make_certificate_request(net::make_private_key(), "unit").value(),
                       .journal_epoch = Epoch{world.random.bits64() | 1}};
    form.public_key.fill(key);
    return form;
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
};

TEST_F(EnrolmentDeskTest, ACodeCarriesThePinOfTheCa) {
  auto const payload = crypto::read_code(issue()).value();
  ASSERT_EQ(payload.size(), kPinBytes + kSecretBytes);
  auto const fingerprint = net::read_certificate(city.ca.certificate_pem).value().fingerprint;
  EXPECT_TRUE(std::equal(payload.begin(), payload.begin() + kPinBytes, fingerprint.begin()));
}

TEST_F(EnrolmentDeskTest, AGoodCodePutsTheNodeInChargeOfItsUnit) {
  auto const enrolled = desk.enrol(form_with(issue(), 1), world.now);
  ASSERT_TRUE(enrolled) << enrolled.error().sentence;
  EXPECT_EQ(enrolled->unit.code, "BH");
  auto const facts = net::read_certificate(enrolled->certificate).value();
  EXPECT_EQ(facts.common_name, "node-" + std::to_string(enrolled->node.value));
  EXPECT_TRUE(net::is_issued_by(enrolled->certificate, city.ca.certificate_pem).value());
  auto const node = world.store.find_node(facts.fingerprint);
  ASSERT_TRUE(node);
  EXPECT_EQ(node->id, enrolled->node);
  EXPECT_EQ(world.store.units().front().node->id, enrolled->node);
}

TEST_F(EnrolmentDeskTest, TheCitySignsWhichKeySignsWhichJournal) {
  auto const form = form_with(issue(), 1);
  auto const enrolled = desk.enrol(form, world.now).value();
  auto const& word = enrolled.statement;
  EXPECT_TRUE(wire::verify_statement(word, *suite, city.key.keys.public_key));
  EXPECT_EQ(word.key_id, city.key.id);
  EXPECT_EQ(word.unit, enrolled.unit.id);
  EXPECT_EQ(word.node, enrolled.node);
  EXPECT_EQ(word.key, form.public_key);
  EXPECT_EQ(word.journal_epoch, form.journal_epoch);
  EXPECT_EQ(word.enrolled_at, world.now);
}

TEST_F(EnrolmentDeskTest, TheSameKeyGetsTheSameAnswerAgainEvenLate) {
  auto const form = form_with(issue(), 1);
  auto const first = desk.enrol(form, world.now);
  world.pass(std::chrono::duration_cast<Milliseconds>(kCodeLife) * 2);
  auto const again = desk.enrol(form, world.now);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->node, first->node);
  EXPECT_EQ(again->certificate, first->certificate);
  EXPECT_EQ(again->statement, first->statement);
}

TEST_F(EnrolmentDeskTest, AnotherKeyFindsTheCodeUsed) {
  auto const code = issue();
  ASSERT_EQ(code_of(form_with(code, 1)), "");
  EXPECT_EQ(code_of(form_with(code, 2)), "code_used");
}

TEST_F(EnrolmentDeskTest, ACodeEndsAfterItsTime) {
  auto const form = form_with(issue(), 1);
  world.pass(std::chrono::duration_cast<Milliseconds>(kCodeLife));
  EXPECT_EQ(code_of(form), "code_expired");
  EXPECT_FALSE(world.store.units().front().node);
}

TEST_F(EnrolmentDeskTest, TenWrongTriesVoidTheCodeAndNoOther) {
  auto const code = issue();
  auto const other = issue();
  auto wrong = form_with(code, 1);
  wrong.secret.back() ^= 1;
  for (std::uint32_t i = 0; i < kWrongTriesMax; ++i) EXPECT_EQ(code_of(wrong), "wrong_code");
  EXPECT_EQ(code_of(wrong), "too_many_tries");
  EXPECT_EQ(code_of(form_with(code, 1)), "too_many_tries");
  EXPECT_EQ(code_of(form_with(other, 1)), "");
}

TEST_F(EnrolmentDeskTest, SecretsOfAnotherLengthOrPlaceAreWrong) {
  auto form = form_with(issue(), 1);
  form.secret[0] ^= 0x55;
  EXPECT_EQ(code_of(form), "wrong_code");
  form.secret.pop_back();
  EXPECT_EQ(code_of(form), "wrong_code");
  form.secret.clear();
  EXPECT_EQ(code_of(form), "wrong_code");
}

TEST_F(EnrolmentDeskTest, ARequestThatIsNoneLeavesTheCodeUnused) {
  auto const code = issue();
  auto form = form_with(code, 1);
  form.certificate_request = "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n";
  EXPECT_EQ(code_of(form), "malformed_request");
  EXPECT_EQ(code_of(form_with(code, 2)), "");
}

TEST_F(EnrolmentDeskTest, AReplacementRevokesTheNodeBefore) {
  auto const first = desk.enrol(form_with(issue(), 1), world.now).value();
  auto const second = desk.enrol(form_with(issue(), 2), world.now).value();
  auto const fingerprint = net::read_certificate(first.certificate).value().fingerprint;
  EXPECT_TRUE(world.store.find_node(fingerprint)->revoked_at);
  EXPECT_EQ(world.store.units().front().node->id, second.node);
  EXPECT_FALSE(world.store.units().front().node->revoked_at);
}

TEST_F(EnrolmentDeskTest, ThereIsNoCodeForAUnitThatIsNotThere) {
  EXPECT_EQ(desk.issue_code("XX", world.now).error().code, "unknown_unit");
}

}  // namespace
}  // namespace fieldnode::central
