#include "node/lists/master_key_file.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "tests/unit/lists/lists_world.h"

namespace fieldnode::lists {
namespace {

namespace fs = std::filesystem;

class KeyFile : public testing::Test {
 protected:
  KeyFile() {
    fs::remove_all(directory_);
    fs::create_directories(directory_);
  }
  ~KeyFile() override { fs::remove_all(directory_); }

  void write(std::size_t size, fs::perms mode = fs::perms::owner_read | fs::perms::owner_write) {
    std::ofstream(path_, std::ios::binary) << std::string(size, 'k');
    fs::permissions(path_, mode);
  }
  [[nodiscard]] std::string refusal() {
    auto const key = load_master_key(path_);
    return key ? "loaded" : key.error().code;
  }

  fs::path directory_{fs::path(testing::TempDir()) /
                      (std::string("fieldnode-key-") + testing::UnitTest::GetInstance()->current_test_info()->name())};
  fs::path path_{directory_ / "contact.key"};
  SeededRandom random_{3};
};

TEST_F(KeyFile, IsCreatedForItsOwnerAloneAndLoadedAgain) {
  auto const made = create_master_key(path_, random_);
  ASSERT_TRUE(made);
  EXPECT_EQ(fs::status(path_).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(fs::file_size(path_), 32U);
  EXPECT_EQ(load_master_key(path_).value(), made.value());
  EXPECT_EQ(std::distance(fs::directory_iterator(directory_), {}), 1) << "nothing else is left behind";
}

TEST_F(KeyFile, IsNeverWrittenOver) {
  auto const made = create_master_key(path_, random_);
  EXPECT_EQ(create_master_key(path_, random_).error().code, "key_file_exists");
  EXPECT_EQ(load_master_key(path_).value(), made.value());
}

TEST_F(KeyFile, LeftHalfWrittenByAPowerCutIsNoObstacle) {
  std::ofstream(path_.native() + ".new") << "half";
  EXPECT_TRUE(create_master_key(path_, random_));
}

TEST_F(KeyFile, OpenToOthersIsRefusedWithTheCommandThatMendsIt) {
  for (auto const mode : {fs::perms::group_read, fs::perms::others_read, fs::perms::group_write}) {
    write(32, fs::perms::owner_read | mode);
    auto const key = load_master_key(path_);
    ASSERT_FALSE(key);
    EXPECT_EQ(key.error().code, "key_file_open_to_others");
    EXPECT_NE(key.error().sentence.find("chmod 600 " + path_.native()), std::string::npos) << key.error().sentence;
    fs::remove(path_);
  }
}

TEST_F(KeyFile, ReadOnlyForItsOwnerIsFine) {
  write(32, fs::perms::owner_read);
  EXPECT_EQ(refusal(), "loaded");
}

TEST_F(KeyFile, OfAnotherSizeIsRefused) {
  for (std::size_t const size : {0U, 31U, 33U, 64U}) {
    write(size);
    EXPECT_EQ(refusal(), "key_file_wrong_size") << size;
  }
}

TEST_F(KeyFile, ThatIsNoPlainFileIsRefused) {
  fs::create_directory(path_);
  EXPECT_EQ(refusal(), "key_file_unreadable");
  fs::remove(path_);
  std::ofstream(directory_ / "elsewhere") << std::string(32, 'k');
  fs::create_symlink(directory_ / "elsewhere", path_);
  EXPECT_EQ(refusal(), "key_file_unreadable");
}

TEST_F(KeyFile, IsMadeForANewDatabaseAndFoundAgain) {
  auto connection = migrated_in_memory();
  auto const made = open_master_key(path_, connection, random_);
  ASSERT_TRUE(made);
  ContactVault vault(made.value(), random_);
  (void)vault.seal(connection, kUnit, AssignmentId{1}, bytes_of("a"));
  EXPECT_EQ(open_master_key(path_, connection, random_).value(), made.value());
}

TEST_F(KeyFile, LostUnderSealedDataIsNotReplaced) {
  auto connection = migrated_in_memory();
  ContactVault vault(open_master_key(path_, connection, random_).value(), random_);
  (void)vault.seal(connection, kUnit, AssignmentId{1}, bytes_of("a"));
  fs::remove(path_);
  EXPECT_EQ(open_master_key(path_, connection, random_).error().code, "key_file_missing");
  EXPECT_FALSE(fs::exists(path_));
}

TEST_F(KeyFile, OfAnotherDatabaseIsRefused) {
  auto connection = migrated_in_memory();
  ContactVault vault(crypto::make_seal_key(random_), random_);
  (void)vault.seal(connection, kUnit, AssignmentId{1}, bytes_of("a"));
  ASSERT_TRUE(create_master_key(path_, random_));
  EXPECT_EQ(open_master_key(path_, connection, random_).error().code, "wrong_contact_key");
}

TEST_F(KeyFile, InADirectoryThatIsMissingCannotBeMade) {
  EXPECT_EQ(create_master_key(directory_ / "missing" / "contact.key", random_).error().code, "key_file_not_written");
}

}  // namespace
}  // namespace fieldnode::lists
