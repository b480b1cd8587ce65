#include "node/blobs/blob_backup.h"

#include <gtest/gtest.h>

#include "tests/unit/blobs/blob_world.h"

namespace fieldnode::blobs {
namespace {

namespace fs = std::filesystem;

/// Two files that are here whole, one that is coming.
struct Backup : testing::Test {
  Backup() {
    for (auto const* id : {"upload-01", "upload-02"}) take_whole(photo(100'000, id[8]), id);
    auto const coming = photo(200'000, 9);
    auto const upload = upload_of(coming, "upload-03");
    EXPECT_TRUE(world.store.begin(upload, world.rule, kNow));
    EXPECT_TRUE(world.store.take(upload, 0, bytes_of(coming).first(70'000), kNow));
  }
  void take_whole(std::string const& content, std::string const& id) {
    auto const upload = upload_of(content, id);
    EXPECT_TRUE(world.store.begin(upload, world.rule, kNow));
    EXPECT_TRUE(world.store.take(upload, 0, bytes_of(content), kNow).value().address);
  }

  BlobWorld world;
  std::vector<lists::BackupPart> parts{{"node.db", world.temp.path() / "node.db"}};
};

TEST_F(Backup, HoldsTheFilesThatAreHereWhole) {
  auto const lease = world.readers->lease();
  auto const files = add_to_backup(parts, *lease, world.files(), InBackup::kAttachments);
  EXPECT_EQ(files.held, 2U);
  EXPECT_EQ(files.left_out, 0U);
  ASSERT_EQ(parts.size(), 3U);
  for (std::size_t i = 1; i < parts.size(); ++i) {
    EXPECT_EQ(parts[i].name, "attachments/" + std::to_string(i));
    EXPECT_GT(fs::file_size(parts[i].file), 100'000U);
  }
  EXPECT_NE(sentence_of(files).find("all 2"), std::string::npos);
}

TEST_F(Backup, SaysSoWhereItHoldsNone) {
  auto const lease = world.readers->lease();
  auto const files = add_to_backup(parts, *lease, world.files(), InBackup::kNoAttachments);
  EXPECT_EQ(files.held, 0U);
  EXPECT_EQ(files.left_out, 2U);
  EXPECT_EQ(parts.size(), 1U);
  EXPECT_NE(sentence_of(files).find("NONE of the 2"), std::string::npos);
}

TEST(Restored, SaysWhatHasToComeAgain) {
  EXPECT_NE(sentence_of_restored({.named = 3, .here = 3}).find("all 3"), std::string::npos);
  EXPECT_NE(sentence_of_restored({.named = 3, .here = 1}).find("other 2"), std::string::npos);
}

}  // namespace
}  // namespace fieldnode::blobs
