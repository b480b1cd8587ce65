#include "node/db/private_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "tests/unit/db/temp_directory.h"

namespace fieldnode::db {
namespace {

namespace fs = std::filesystem;

TEST(PrivateFile, WhatWasWrittenIsReadAndOnlyByItsOwner) {
  TempDirectory const directory;
  auto const path = directory.path() / "key";
  ASSERT_TRUE(write_private_file(path, "first"));
  ASSERT_TRUE(write_private_file(path, "second"));
  EXPECT_EQ(read_private_file(path).value(), "second");
  EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_FALSE(fs::exists(path.native() + ".new"));
}

TEST(PrivateFile, AFileThatOthersMayReadIsRefused) {
  TempDirectory const directory;
  auto const path = directory.path() / "key";
  ASSERT_TRUE(write_private_file(path, "secret"));
  ASSERT_EQ(::chmod(path.c_str(), 0640), 0);
  EXPECT_EQ(read_private_file(path).error().code, "file_open_to_others");
}

TEST(PrivateFile, MissingTooLongAndNoPlainFileAreRefused) {
  TempDirectory const directory;
  EXPECT_EQ(read_private_file(directory.path() / "none").error().code, "file_missing");
  EXPECT_EQ(read_private_file(directory.path()).error().code, "file_unreadable");
  auto const path = directory.path() / "long";
  ASSERT_TRUE(write_private_file(path, "12345"));
  EXPECT_EQ(read_private_file(path, 4).error().code, "file_unreadable");
  EXPECT_EQ(read_private_file(path, 5).value(), "12345");
  EXPECT_EQ(write_private_file(directory.path() / "no" / "key", "x").error().code, "file_not_written");
}

}  // namespace
}  // namespace fieldnode::db
