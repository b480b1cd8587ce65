#include "node/central/city_key_change.h"

#include <gtest/gtest.h>

#include "node/central/store/schema.h"
#include "node/db/private_file.h"
#include "tests/unit/central/temp_city.h"

namespace fieldnode::central {
namespace {

using std::chrono::days;

constexpr UtcTime kNow = utc_from_ms(1'791'421'200'000);

struct CityKeyChangeTest : testing::Test {
  CityKeyChangeTest() { EXPECT_TRUE(init_city(paths, {.name = "测试市", .hosts = {}}, kNow, random)); }

  [[nodiscard]] Result<CityIdentity> load(UtcTime at = kNow) {
    auto connection = db::Connection::open_writer(paths.database(), {.application_id = kCentralFile}).value();
    return load_city(paths, connection, at, random);
  }
  /// What a node believes that was enrolled on the first day, with or without the root.
  [[nodiscard]] static wire::CityKeyRing believed(CityIdentity const& city) {
    return {city.key.id, city.key.keys.public_key};
  }

  TempFolder folder;
  CityPaths paths{folder.path() / "centre"};
  SystemRandom random;
};

TEST_F(CityKeyChangeTest, ARotatedKeyIsFollowedFromTheFirst) {
  auto const before = load().value();
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(rotate_city_key(paths, kNow, random));
  auto const after = load().value();
  EXPECT_NE(after.key.keys.public_key, before.key.keys.public_key);
  EXPECT_FALSE(std::filesystem::exists(paths.next_city_key()));
  ASSERT_EQ(after.steps.size(), 2U);
  auto ring = believed(before);
  for (auto const& step : after.steps) ASSERT_TRUE(ring.follow(step, *crypto::ed25519_suite()));
  EXPECT_EQ(ring.newest().id, after.key.id);
  ASSERT_TRUE(ring.learn_root(*after.root, *crypto::ed25519_suite())) << "the newest key vouches for the root";
}

TEST_F(CityKeyChangeTest, AStopBetweenDatabaseAndFileIsFinishedAtTheNextStart) {
  auto const old = db::read_private_file(paths.city_key()).value();
  ASSERT_TRUE(rotate_city_key(paths, kNow, random));
  auto const after = load().value();
  std::filesystem::rename(paths.city_key(), paths.next_city_key());
  ASSERT_TRUE(db::write_private_file(paths.city_key(), old));
  auto const found = load();
  ASSERT_TRUE(found) << found.error().sentence;
  EXPECT_EQ(found->key.keys.public_key, after.key.keys.public_key);
  EXPECT_FALSE(std::filesystem::exists(paths.next_city_key()));
}

TEST_F(CityKeyChangeTest, AStopBeforeTheDatabaseLeavesTheOldKey) {
  auto const before = load().value();
  ASSERT_TRUE(db::write_private_file(paths.next_city_key(), std::string(128, 'a') + "\n"));
  EXPECT_EQ(load()->key.keys.public_key, before.key.keys.public_key);
}

TEST_F(CityKeyChangeTest, TheRootKeyAloneReplacesAStolenOne) {
  auto const before = load().value();
  auto const safe = folder.path() / "safe";
  std::filesystem::rename(paths.root_key(), safe);
  EXPECT_EQ(replace_city_key(paths, paths.city_key(), kNow, kNow, random).error().code, "wrong_root_key");
  EXPECT_EQ(replace_city_key(paths, safe, kNow + days(1), kNow, random).error().code, "bad_span");
  ASSERT_TRUE(replace_city_key(paths, safe, kNow - days(1), kNow, random));
  auto const after = load().value();
  auto ring = believed(before);
  EXPECT_EQ(ring.follow(after.steps.front(), *crypto::ed25519_suite()).error().code, "no_city_root");
  ring.pin_root(before.root->root);
  ASSERT_TRUE(ring.follow(after.steps.front(), *crypto::ed25519_suite()));
  EXPECT_EQ(ring.keys().front().until, kNow - days(1));
}

TEST_F(CityKeyChangeTest, ACityOfBeforeGetsARootLaterAndOnlyOnce) {
  {
    auto connection = db::Connection::open_writer(paths.database(), {.application_id = kCentralFile}).value();
    connection.execute("UPDATE city SET root = NULL");
  }
  auto const file = folder.path() / "late";
  EXPECT_EQ(replace_city_key(paths, paths.root_key(), kNow, kNow, random).error().code, "no_city_root");
  auto const made = make_city_root(paths, file, kNow, random);
  ASSERT_TRUE(made) << made.error().sentence;
  auto ring = believed(load().value());
  ASSERT_TRUE(ring.learn_root(*load()->root, *crypto::ed25519_suite()));
  EXPECT_EQ(ring.root(), *made);
  EXPECT_EQ(make_city_root(paths, file, kNow, random).error().code, "city_root_exists");
}

TEST_F(CityKeyChangeTest, TheServersCertificateIsRenewedAtAStartUnderItsKey) {
  auto const first = load().value().server;
  EXPECT_EQ(load(kNow + days(700))->server.certificate_pem, first.certificate_pem);
  auto const later = kNow + days(800);
  auto const renewed = load(later).value().server;
  EXPECT_NE(renewed.certificate_pem, first.certificate_pem);
  EXPECT_EQ(renewed.private_key_pem, first.private_key_pem);
  EXPECT_TRUE(net::belongs_to(renewed.certificate_pem, renewed.private_key_pem).value());
  auto const facts = net::read_certificate(renewed.certificate_pem).value();
  EXPECT_GT(facts.validity.until, later + days(1000));
  EXPECT_EQ(facts.names.dns, net::read_certificate(first.certificate_pem)->names.dns);
}

}  // namespace
}  // namespace fieldnode::central
