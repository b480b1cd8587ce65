#include "node/central/city.h"

#include <gtest/gtest.h>

#include <fstream>

#include "node/central/centre.h"
#include "node/db/private_file.h"
#include "tests/unit/central/central_world.h"
#include "tests/unit/central/temp_city.h"

namespace fieldnode::central {
namespace {

namespace fs = std::filesystem;

struct City : testing::Test {
  [[nodiscard]] Result<void> init(NewCity const& city = {.name = "测试市", .hosts = {}}) {
    return init_city(paths, city, kThursday, random);
  }
  [[nodiscard]] std::string code_of_open() {
    auto const centre = Centre::open(paths, clock, random);
    return centre ? "" : centre.error().code;
  }

  TempFolder folder;
  CityPaths paths{folder.path() / "centre"};
  SeededRandom random{11};
  SetClock clock{kThursday};
};

TEST_F(City, BeginsWithKeysThatOnlyItsOwnerMayRead) {
  ASSERT_TRUE(init());
  for (auto const& path :
       {paths.city_key(), paths.ca_key(), paths.server_key(), paths.master_key(), paths.database()}) {
    EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_read | fs::perms::owner_write) << path;
  }
  auto const centre = Centre::open(paths, clock, random);
  ASSERT_TRUE(centre) << centre.error().sentence;
  EXPECT_EQ((*centre)->city().name, "测试市");
}

TEST_F(City, ItsServerCertificateNamesTheHostsAndIsOfItsCa) {
  ASSERT_TRUE(init({.name = "x", .hosts = {"centre.example", "10.1.2.3", "centre.example"}}));
  auto const centre = Centre::open(paths, clock, random);
  ASSERT_TRUE(centre);
  auto const& city = (*centre)->city();
  auto const facts = net::read_certificate(city.server.certificate_pem).value();
  EXPECT_EQ(facts.names.dns, (std::vector<std::string>{"localhost", "centre.example"}));
  EXPECT_EQ(facts.names.addresses.front(), "127.0.0.1");
  EXPECT_EQ(facts.names.addresses.back(), "10.1.2.3");
  EXPECT_TRUE(net::is_issued_by(city.server.certificate_pem, city.ca.certificate_pem).value());
}

TEST_F(City, IsNotMadeTwice) {
  ASSERT_TRUE(init());
  auto const key = db::read_private_file(paths.city_key()).value();
  EXPECT_EQ(init().error().code, "city_exists");
  EXPECT_EQ(db::read_private_file(paths.city_key()).value(), key);
}

TEST_F(City, AnInitKilledInTheMiddleGoesOnWithTheKeysThatAreThere) {
  ASSERT_TRUE(init());
  auto const key = db::read_private_file(paths.city_key()).value();
  auto const authority = db::read_private_file(paths.ca_certificate()).value();
  fs::remove(paths.database());
  fs::remove(paths.server_certificate());
  ASSERT_TRUE(init());
  EXPECT_EQ(db::read_private_file(paths.city_key()).value(), key);
  EXPECT_EQ(db::read_private_file(paths.ca_certificate()).value(), authority);
  EXPECT_EQ(code_of_open(), "");
}

TEST_F(City, BadNamesAndHostsAreRefusedBeforeAnythingIsMade) {
  EXPECT_EQ(init({.name = "", .hosts = {}}).error().code, "bad_city_name");
  EXPECT_EQ(init({.name = "a\nb", .hosts = {}}).error().code, "bad_city_name");
  EXPECT_EQ(init({.name = "x", .hosts = {"no such/host"}}).error().code, "bad_host");
  EXPECT_FALSE(fs::exists(paths.directory));
  EXPECT_EQ(init_city(CityPaths(folder.path() / "a" / "b"), {.name = "x", .hosts = {}}, kThursday, random).error().code,
            "no_data_directory");
}

TEST_F(City, AForeignOrDamagedKeyIsNoticedAtTheStart) {
  ASSERT_TRUE(init());
  auto const key = db::read_private_file(paths.city_key()).value();
  ASSERT_TRUE(db::write_private_file(paths.city_key(), "not hexadecimal"));
  EXPECT_EQ(code_of_open(), "wrong_city_key");
  auto foreign = key;
  foreign[100] = foreign[100] == '0' ? '1' : '0';
  ASSERT_TRUE(db::write_private_file(paths.city_key(), foreign));
  EXPECT_EQ(code_of_open(), "wrong_city_key");
  fs::remove(paths.city_key());
  EXPECT_EQ(code_of_open(), "file_missing");
  ASSERT_TRUE(db::write_private_file(paths.city_key(), key));
  EXPECT_EQ(code_of_open(), "");
}

TEST_F(City, AnEmptyFolderIsNoCity) {
  fs::create_directory(paths.directory);
  EXPECT_EQ(code_of_open(), "no_city");
}

TEST_F(City, ASecondProgramFindsTheDatabaseInUse) {
  ASSERT_TRUE(init());
  auto const first = Centre::open(paths, clock, random);
  ASSERT_TRUE(first);
  EXPECT_EQ(code_of_open(), "database_in_use");
}

}  // namespace
}  // namespace fieldnode::central
