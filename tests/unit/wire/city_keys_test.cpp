#include "sync/wire/city_keys.h"

#include <gtest/gtest.h>

#include "sync/base/random.h"

namespace fieldnode::wire {
namespace {

constexpr UtcTime kMonday = utc_from_ms(1'791'162'000'000);

struct CityKeys : testing::Test {
  struct Key {
    std::uint64_t id{};
    crypto::KeyPair pair;
  };
  Key make(std::uint64_t id) { return {id, suite->make_keys(random)}; }

  [[nodiscard]] CityKeyStep step(Key const& from, Key const& to, KeyChange change, crypto::KeyPair const& voucher) {
    CityKeyStep made{.change = change,
                     .old_id = from.id,
                     .old_key = from.pair.public_key,
                     .new_id = to.id,
                     .new_key = to.pair.public_key,
                     .at = kMonday};
    sign_step(made, *suite, voucher.secret_key, to.pair.secret_key);
    return made;
  }
  [[nodiscard]] CityKeyStep planned(Key const& from, Key const& to) {
    return step(from, to, KeyChange::kPlanned, from.pair);
  }
  [[nodiscard]] CityKeyStep compromised(Key const& from, Key const& to) {
    return step(from, to, KeyChange::kCompromised, root);
  }
  [[nodiscard]] CityKeyRing believing(Key const& key) { return {key.id, key.pair.public_key}; }

  SeededRandom random{5};
  std::unique_ptr<crypto::SignatureSuite> suite = crypto::ed25519_suite();
  crypto::KeyPair root{suite->make_keys(random)};
  Key one{make(1)};
  Key two{make(2)};
  Key three{make(3)};
};

TEST_F(CityKeys, ANodeThatWasAwayFollowsEveryStep) {
  auto ring = believing(one);
  ASSERT_TRUE(ring.follow(planned(one, two), *suite));
  ASSERT_TRUE(ring.follow(planned(two, three), *suite));
  EXPECT_EQ(ring.newest().id, 3U);
  EXPECT_TRUE(ring.find(1)->counts(kMonday + std::chrono::days(1))) << "what it signed stays good";
  ASSERT_TRUE(ring.follow(planned(one, two), *suite)) << "told twice, nothing changes";
  EXPECT_EQ(ring.keys().size(), 3U);
}

TEST_F(CityKeys, AStepThatTheOldKeyDidNotSignIsBroken) {
  auto ring = believing(one);
  EXPECT_EQ(ring.follow(step(one, two, KeyChange::kPlanned, three.pair), *suite).error().code, "city_key_broken");
  auto changed = planned(one, two);
  changed.at += Milliseconds(1);
  EXPECT_EQ(ring.follow(changed, *suite).error().code, "city_key_broken");
  auto not_new = planned(one, two);
  not_new.by_new[0] ^= 1;
  EXPECT_EQ(ring.follow(not_new, *suite).error().code, "city_key_broken");
  EXPECT_EQ(ring.follow(planned(two, three), *suite).error().code, "city_key_broken") << "a step is missing";
  EXPECT_EQ(ring.newest().id, 1U);
}

TEST_F(CityKeys, AfterACompromiseTheRootAloneVouchesAndLaterSignaturesDoNotCount) {
  auto ring = believing(one);
  EXPECT_EQ(ring.follow(compromised(one, two), *suite).error().code, "no_city_root");
  ring.pin_root(root.public_key);
  EXPECT_EQ(ring.follow(step(one, two, KeyChange::kCompromised, one.pair), *suite).error().code, "city_key_broken")
      << "the thief has the old key";
  ASSERT_TRUE(ring.follow(compromised(one, two), *suite));
  EXPECT_TRUE(ring.find(1)->counts(kMonday));
  EXPECT_FALSE(ring.find(1)->counts(kMonday + Milliseconds(1)));
  EXPECT_FALSE(ring.find(1)->counts(std::nullopt)) << "nothing says when it was signed";
}

TEST_F(CityKeys, ARootIsLearntOnceFromAKeyThatIsBelieved) {
  CityRoot said{.key_id = 1, .root = root.public_key};
  sign_root(said, *suite, one.pair.secret_key);
  auto ring = believing(one);
  auto forged = said;
  forged.root = two.pair.public_key;
  EXPECT_EQ(ring.learn_root(forged, *suite).error().code, "bad_signature");
  ASSERT_TRUE(ring.learn_root(said, *suite));
  CityRoot other{.key_id = 1, .root = two.pair.public_key};
  sign_root(other, *suite, one.pair.secret_key);
  ASSERT_TRUE(ring.learn_root(other, *suite));
  EXPECT_EQ(ring.root(), root.public_key) << "whoever has the city's key cannot change it";
}

TEST_F(CityKeys, AStolenKeyNamesNoRoot) {
  auto ring = believing(one);
  ring.pin_root(root.public_key);
  ASSERT_TRUE(ring.follow(compromised(one, two), *suite));
  CityKeyRing unpinned = believing(two);
  ASSERT_TRUE(unpinned.go_back(compromised(one, two), *suite));
  CityRoot said{.key_id = 1, .root = three.pair.public_key};
  sign_root(said, *suite, one.pair.secret_key);
  EXPECT_EQ(unpinned.learn_root(said, *suite).error().code, "unknown_city_key");
}

TEST_F(CityKeys, WhoHasTheNewestKeyGoesBackAndWhoHasAnotherCannot) {
  auto ring = believing(three);
  ASSERT_TRUE(ring.go_back(planned(two, three), *suite));
  ASSERT_TRUE(ring.go_back(compromised(one, two), *suite));
  EXPECT_FALSE(ring.find(1)->counts(kMonday + Milliseconds(1)));
  auto stranger = believing(one);
  EXPECT_EQ(stranger.go_back(planned(two, three), *suite).error().code, "city_key_broken");
}

TEST_F(CityKeys, WhatIsKeptIsWhatWasSigned) {
  auto const made = compromised(one, two);
  EXPECT_EQ(unpack_step(pack_step(made)).value(), made);
  CityRoot said{.key_id = 1, .root = root.public_key};
  sign_root(said, *suite, one.pair.secret_key);
  EXPECT_EQ(unpack_root(pack_root(said)).value(), said);
  auto const whole = pack_step(made);
  for (std::size_t cut = 0; cut < whole.size(); ++cut) EXPECT_FALSE(unpack_step(BytesView(whole).first(cut))) << cut;
  auto longer = whole;
  longer.push_back(0);
  EXPECT_FALSE(unpack_step(longer)) << "what follows was signed by nobody";
  auto root_and_more = pack_root(said);
  root_and_more.push_back(0);
  EXPECT_FALSE(unpack_root(root_and_more));
}

}  // namespace
}  // namespace fieldnode::wire
