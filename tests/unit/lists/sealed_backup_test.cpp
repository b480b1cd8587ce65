#include "node/lists/sealed_backup.h"

#include <gtest/gtest.h>

#include <fstream>

#include "node/lists/recovery_key.h"
#include "sync/base/bytes.h"
#include "tests/unit/db/temp_directory.h"

namespace fieldnode::lists {
namespace {

namespace fs = std::filesystem;

std::string content_of(fs::path const& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write(fs::path const& path, std::string const& content) { std::ofstream(path, std::ios::binary) << content; }

/// Two files, one longer than a piece, sealed to a key that was written down.
struct SealedBackup : ::testing::Test {
  SealedBackup() {
    write(dir.path() / "node.db", large);
    write(dir.path() / "node.key", "key");
    code = make_recovery_key(dir.path() / "recovery.pub", random).value();
    auto const key = load_recovery_key(dir.path() / "recovery.pub").value().value();
    auto const made = write_sealed_backup(file, BackupOf::kOffice,
                                          {{"node.db", dir.path() / "node.db"},
                                           {"node.key", dir.path() / "node.key"},
                                           {"ca.pem", dir.path() / "not-there"}},
                                          key, random);
    EXPECT_TRUE(made) << made.error().sentence;
    fs::create_directories(out);
  }
  Result<void> open_it(BackupOf whose = BackupOf::kOffice) {
    std::ifstream in(file, std::ios::binary);
    return open_sealed_backup({in, file, whose}, read_recovery_key(code).value(), out);
  }

  db::TempDirectory dir;
  SeededRandom random{5};
  std::string large = std::string(1024 * 1024, 'a') + std::string(300'000, 'b');
  std::string code;
  fs::path file{dir.path() / "backup"};
  fs::path out{dir.path() / "out"};
};

TEST_F(SealedBackup, ComesBackWholeWithTheKeyThatWasWrittenDown) {
  auto const opened = open_it();
  ASSERT_TRUE(opened) << opened.error().sentence;
  EXPECT_EQ(content_of(out / "node.db"), large);
  EXPECT_EQ(content_of(out / "node.key"), "key");
  EXPECT_FALSE(fs::exists(out / "ca.pem"));
}

TEST_F(SealedBackup, ShowsNothingOfItsContent) {
  EXPECT_EQ(content_of(file).find(std::string(64, 'a')), std::string::npos);
}

TEST_F(SealedBackup, OpensWithNoOtherKey) {
  code = make_recovery_key(dir.path() / "other.pub", random).value();
  EXPECT_EQ(open_it().error().code, "wrong_recovery_key");
}

TEST_F(SealedBackup, OfTheOtherProgramIsNone) { EXPECT_EQ(open_it(BackupOf::kCentre).error().code, "not_a_backup"); }

TEST_F(SealedBackup, CutAnywhereIsRefused) {
  auto const whole = content_of(file);
  for (auto const size : {std::size_t{0}, std::size_t{20}, std::size_t{100}, whole.size() / 2, whole.size() - 1}) {
    write(file, whole.substr(0, size));
    EXPECT_FALSE(open_it()) << "cut to " << size;
  }
  // At the border of a piece, where every piece that is there opens.
  write(file, whole.substr(0, 38 + 4 + 1024 * 1024 + 40));
  EXPECT_EQ(open_it().error().code, "backup_damaged");
}

TEST_F(SealedBackup, WithAChangedBitIsRefused) {
  auto changed = content_of(file);
  changed[changed.size() - 5] = static_cast<char>(changed[changed.size() - 5] ^ 1);
  write(file, changed);
  EXPECT_EQ(open_it().error().code, "backup_damaged");
}

TEST_F(SealedBackup, IsNeverWrittenOverAnother) {
  auto const key = load_recovery_key(dir.path() / "recovery.pub").value().value();
  EXPECT_EQ(write_sealed_backup(file, BackupOf::kOffice, {}, key, random).error().code, "backup_exists");
}

/// What one part comes to under a name that a backup of somebody else's making might have.
struct NamedPart : SealedBackup {
  Result<void> open_with(std::string const& name) {
    fs::remove(file);
    auto const key = load_recovery_key(dir.path() / "recovery.pub").value().value();
    EXPECT_TRUE(write_sealed_backup(file, BackupOf::kOffice, {{name, dir.path() / "node.key"}}, key, random));
    return open_it();
  }
};

TEST_F(NamedPart, InAFolderComesBackThere) {
  ASSERT_TRUE(open_with("attachments/7"));
  EXPECT_EQ(content_of(out / "attachments" / "7"), "key");
  EXPECT_EQ(fs::status(out / "attachments").permissions(), fs::perms::owner_all);
}

TEST_F(NamedPart, ThatLeavesTheDirectoryIsRefused) {
  for (auto const* name : {"../7", "/7", "a/../7", "a/b/c", "a/", "a/..", ".a/7", "."}) {
    auto const opened = open_with(name);
    ASSERT_FALSE(opened) << name;
    EXPECT_EQ(opened.error().code, "backup_damaged") << name;
  }
  EXPECT_TRUE(fs::is_empty(out));
}

TEST(RecoveryKey, IsReadAsPeopleTypeIt) {
  db::TempDirectory dir;
  SeededRandom random(6);
  auto const code = make_recovery_key(dir.path() / "recovery.pub", random).value();
  auto typed = code;
  for (auto& c : typed) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  EXPECT_EQ(read_recovery_key(typed).value().public_key,
            load_recovery_key(dir.path() / "recovery.pub").value().value());
  typed[0] = typed[0] == '2' ? '3' : '2';
  EXPECT_EQ(read_recovery_key(typed).error().code, "bad_code");
}

}  // namespace
}  // namespace fieldnode::lists
