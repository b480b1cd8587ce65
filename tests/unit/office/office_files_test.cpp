#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "node/db/private_file.h"
#include "node/office/data_dir.h"
#include "node/office/schema.h"
#include "node/office/settings.h"
#include "tests/support/landed_migrations.h"

namespace fieldnode::office {
namespace {

namespace fs = std::filesystem;

TEST(LandedMigrations, KeepTheirText) { EXPECT_EQ(test::rows_of("office", migrations()), test::landed_rows("office")); }

class OfficeFiles : public testing::Test {
 protected:
  OfficeFiles() {
    std::string name = (fs::temp_directory_path() / "fieldnode-files-XXXXXX").native();
    dir_.root = ::mkdtemp(name.data());
  }
  ~OfficeFiles() override { fs::remove_all(dir_.root); }

  std::string settings_fault(std::string_view text) {
    std::ofstream(dir_.settings()) << text;
    auto const settings = load_settings(dir_.settings());
    return settings ? "none" : settings.error().sentence;
  }

  DataDir dir_;
};

TEST_F(OfficeFiles, ANodeKeyIsMadeOnceAndReadAgain) {
  SeededRandom random(3);
  auto const suite = crypto::ed25519_suite();
  auto const made = load_or_make_node_key(dir_, *suite, random).value();
  auto const again = load_or_make_node_key(dir_, *suite, random).value();
  EXPECT_EQ(again.public_key, made.public_key);
  EXPECT_EQ(again.secret_key, made.secret_key);
  EXPECT_TRUE(suite->verify(bytes_of("x"), suite->sign(bytes_of("x"), again.secret_key), again.public_key));
  ASSERT_TRUE(db::write_private_file(dir_.node_key(), "abcd"));
  EXPECT_EQ(load_node_key(dir_).error().code, "bad_key");
}

TEST_F(OfficeFiles, WithoutASettingsFileTheDefaultsHold) {
  auto const settings = load_settings(dir_.settings()).value();
  EXPECT_EQ(settings.page.address, "127.0.0.1");
  EXPECT_EQ(settings.page.port, 8451);
  EXPECT_EQ(settings.reply_budget_bytes, 1024U * 1024U);
}

TEST_F(OfficeFiles, SettingsAreReadOrTheFaultIsNamed) {
  EXPECT_EQ(settings_fault("page = \"[::1]:0\"\nreply_budget_bytes = 3000\n"), "none");
  auto const settings = load_settings(dir_.settings()).value();
  EXPECT_EQ(settings.page.address, "::1");
  EXPECT_EQ(settings.page.port, 0);
  EXPECT_EQ(settings.reply_budget_bytes, 3000U);
  EXPECT_NE(settings_fault("pages = \"127.0.0.1:1\"").find("'pages' is no setting"), std::string::npos);
  EXPECT_NE(settings_fault("page = \"here\"").find("'here'"), std::string::npos);
  EXPECT_NE(settings_fault("page = 8451").find("'page'"), std::string::npos);
  EXPECT_NE(settings_fault("reply_budget_bytes = 5").find("1024"), std::string::npos);
  EXPECT_NE(settings_fault("\npage = ").find("line 2"), std::string::npos);
}

TEST_F(OfficeFiles, AnAddressNeedsAHostAndAPort) {
  for (auto const* text : {"", "127.0.0.1", ":8451", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536", "127.0.0.1:-1"}) {
    EXPECT_FALSE(parse_page_address(text)) << text;
  }
  EXPECT_EQ(parse_page_address("10.0.0.7:80").value().address, "10.0.0.7");
}

}  // namespace
}  // namespace fieldnode::office
