#include "node/blobs/blob_store.h"

#include <gtest/gtest.h>

#include <fstream>

#include "node/blobs/blob_check.h"
#include "tests/unit/blobs/blob_world.h"

namespace fieldnode::blobs {
namespace {

class BlobStoreTest : public testing::Test {
 protected:
  [[nodiscard]] NamedFile named(std::string const& content) const {
    return {.owner = kOwner, .address = crypto::sha256(bytes_of(content)), .size = content.size()};
  }
  /// Sends all of it in pieces from where the store is.
  Result<UploadState> send(Upload const& upload, std::string const& content, std::size_t piece = 50'000) {
    auto state = world.store.begin(upload, world.rule, kNow);
    while (state && !state->address) {
      state = world.store.take(
          upload, state->held,
          bytes_of(content).subspan(state->held).first(std::min(piece, content.size() - state->held)), kNow);
    }
    return state;
  }
  [[nodiscard]] std::string read_all(Hash const& address) {
    auto const row = world.store.find(kOwner, address);
    if (!row) return "not here";
    auto const bytes = world.store.read(*row, 0, row->size);
    return bytes ? std::string(text_of(*bytes)) : bytes.error().code;
  }
  [[nodiscard]] std::size_t files() const {
    std::error_code none;
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(world.files(), none), std::filesystem::directory_iterator()));
  }

  BlobWorld world;
};

TEST_F(BlobStoreTest, AnUploadIsThereWhenItIsWholeAndNotBefore) {
  auto const content = photo(120'000);
  auto const upload = upload_of(content);
  auto const address = crypto::sha256(bytes_of(content));
  ASSERT_TRUE(world.store.begin(upload, world.rule, kNow));
  auto const half = world.store.take(upload, 0, bytes_of(content).first(70'001), kNow).value();
  EXPECT_EQ(half.held, 70'001u);
  EXPECT_FALSE(half.address);
  EXPECT_FALSE(world.store.find(kOwner, address));
  auto const whole = world.store.take(upload, 70'001, bytes_of(content).subspan(70'001), kNow).value();
  EXPECT_EQ(whole.address, address);
  EXPECT_EQ(read_all(address), content);
  EXPECT_EQ(world.store.find(kOwner, address)->media, MediaKind::kJpeg);
  EXPECT_EQ(world.store.state(upload).value().address, address) << "asked again after a reload";
}

TEST_F(BlobStoreTest, GoesOnWhereItStoppedAndRefusesWhatDoesNotContinue) {
  auto const content = photo(200'000);
  auto const upload = upload_of(content);
  ASSERT_TRUE(world.store.begin(upload, world.rule, kNow));
  auto const bytes = bytes_of(content);
  ASSERT_TRUE(world.store.take(upload, 0, bytes.first(100'000), kNow));
  EXPECT_EQ(world.store.take(upload, 0, bytes.first(100'000), kNow).error().code, "wrong_offset");
  EXPECT_EQ(world.store.take(upload, 150'000, bytes.first(10), kNow).error().code, "wrong_offset");
  EXPECT_EQ(world.store.take(upload, UINT64_MAX, bytes.first(10), kNow).error().code, "wrong_offset");
  EXPECT_EQ(world.store.take(upload, 100'000, bytes.first(100'001), kNow).error().code, "too_long");
  EXPECT_EQ(world.store.begin(upload, world.rule, kNow).value().held, 100'000u) << "the same file chosen again";
  ASSERT_TRUE(send(upload, content));
  EXPECT_EQ(read_all(crypto::sha256(bytes)), content);
}

TEST_F(BlobStoreTest, TheSameContentIsKeptOnceWithinAnAssignment) {
  auto const content = photo(90'000);
  ASSERT_TRUE(send(upload_of(content, "upload-01"), content));
  ASSERT_TRUE(send(upload_of(content, "upload-02"), content));
  EXPECT_EQ(files(), 1u);
  auto other = upload_of(content, "upload-03");
  other.owner.assignment = AssignmentId{8};
  ASSERT_TRUE(send(other, content));
  EXPECT_EQ(files(), 2u) << "under another data key";
}

TEST_F(BlobStoreTest, AnUploadTakesThePlaceOfAFileThatIsStillComing) {
  auto const content = photo(90'000);
  ASSERT_TRUE(world.store.take(named(content), 0, bytes_of(content).first(10'000), world.rule, kNow));
  ASSERT_TRUE(send(upload_of(content), content));
  EXPECT_TRUE(world.store.state(named(content)).here);
  EXPECT_EQ(files(), 1u);
}

TEST_F(BlobStoreTest, RefusesWhatMayNotBeAttached) {
  auto const code = [&](Upload const& upload) {
    auto const begun = world.store.begin(upload, world.rule, kNow);
    return begun ? std::string() : begun.error().code;
  };
  auto const content = photo(1'000);
  auto upload = upload_of(content);
  upload.name = "../a.jpg";
  EXPECT_EQ(code(upload), "attachment_name");
  upload = upload_of(content);
  upload.size = 0;
  EXPECT_EQ(code(upload), "attachment_empty");
  world.rule.each_mib = 1;
  upload.size = 1024 * 1024 + 1;
  EXPECT_EQ(code(upload), "attachment_too_large");
  upload = upload_of(content, "x");
  EXPECT_EQ(code(upload), "bad_field");
  upload = upload_of(content);
  EXPECT_EQ(code(upload), "");
  upload.size = 5;
  EXPECT_EQ(code(upload), "upload_id_reused");
  upload = upload_of(content, "upload-big");
  upload.size = 1024 * 1024;
  world.rule.assignment_mib = 1;
  EXPECT_EQ(code(upload), "attachment_quota");
  world.rule.assignment_mib = 100;
  world.rule.node_mib = 1;
  EXPECT_EQ(code(upload), "attachment_node_full");
  world.rule.node_mib = 100;
  world.rule.disk_reserve_mib = UINT32_MAX;
  EXPECT_EQ(code(upload), "disk_full");
}

TEST_F(BlobStoreTest, SomebodyElseNeitherSeesNorContinuesAnUpload) {
  auto const content = photo(1'000);
  auto upload = upload_of(content);
  ASSERT_TRUE(world.store.begin(upload, world.rule, kNow));
  upload.staff = StaffId{4};
  EXPECT_EQ(world.store.state(upload).error().code, "not_found");
  EXPECT_EQ(world.store.take(upload, 0, bytes_of(content), kNow).error().code, "not_found");
}

TEST_F(BlobStoreTest, AFileThatIsNotWhatItsNameSaysIsThrownAway) {
  std::string const program = "MZ" + std::string(200, '\0');
  auto const sent = send(upload_of(program), program);
  EXPECT_EQ(sent.error().code, "attachment_kind");
  EXPECT_EQ(files(), 0u);
  EXPECT_EQ(world.store.state(upload_of(program)).error().code, "not_found");
}

TEST_F(BlobStoreTest, WrongContentFromTheOtherEndIsThrownAwayAndTakenAnew) {
  auto const content = photo(150'000);
  auto const file = named(content);
  auto wrong = content;
  wrong[80'000] ^= 1;
  EXPECT_EQ(world.store.take(file, 0, bytes_of(wrong), world.rule, kNow).error().code, "wrong_content");
  EXPECT_EQ(files(), 0u);
  EXPECT_EQ(world.store.state(file), (BlobState{.held = 0, .size = 150'000}));
  EXPECT_FALSE(world.store.find(kOwner, file.address));
  EXPECT_TRUE(world.store.take(file, 0, bytes_of(content), world.rule, kNow).value().here);
  EXPECT_EQ(read_all(file.address), content);
}

TEST_F(BlobStoreTest, ThePeerThatLiesAboutTheLengthIsRefused) {
  auto const content = photo(150'000);
  auto file = named(content);
  file.size = 100'000;
  EXPECT_EQ(world.store.take(file, 0, bytes_of(content), world.rule, kNow).error().code, "too_long");
  EXPECT_EQ(world.store.take(file, 0, bytes_of(content).first(100'000), world.rule, kNow).error().code,
            "wrong_content");
  file.size = 0;
  EXPECT_EQ(world.store.take(file, 0, {}, world.rule, kNow).error().code, "attachment_too_large");
  file.size = UINT64_MAX;
  EXPECT_EQ(world.store.take(file, 0, bytes_of(content), world.rule, kNow).error().code, "attachment_too_large");
}

TEST_F(BlobStoreTest, WhatCameIsNotAskedForAgain) {
  auto const content = photo(150'000);
  auto const file = named(content);
  ASSERT_TRUE(world.store.take(file, 0, bytes_of(content), world.rule, kNow));
  EXPECT_TRUE(world.store.take(file, 77, bytes_of(content).first(5), world.rule, kNow).value().here);
}

TEST_F(BlobStoreTest, AnActNamesOnlyWhatIsHere) {
  auto const content = photo(5'000);
  auto const address = crypto::sha256(bytes_of(content));
  auto const code = [&](std::vector<wire::BlobRef> named) {
    auto const admitted = world.store.admit(kOwner, named, world.rule, kNow);
    return admitted ? std::string() : admitted.error().code;
  };
  EXPECT_EQ(code({{address, 0, 3, "a.jpg"}}), "attachment_not_here");
  ASSERT_TRUE(send(upload_of(content), content));
  EXPECT_EQ(code({{address, 0, 3, "a.jpg"}}), "");
  EXPECT_EQ(code({{address, 0, 3, "a.pdf"}}), "attachment_ending");
  EXPECT_EQ(code({{address, 0, 3, "a\n.jpg"}}), "attachment_name");
  EXPECT_EQ(code({{address, 0, 3, "a.jpg"}, {address, 0, 2, "b.jpg"}}), "attachment_twice");
  EXPECT_EQ(code(std::vector<wire::BlobRef>(21)), "attachments_too_many");
  std::vector<wire::BlobRef> named{{address, 0, 3, "a.jpg"}};
  ASSERT_TRUE(world.store.admit(kOwner, named, world.rule, kNow));
  EXPECT_EQ(named.front().size, 5'000u);
}

TEST_F(BlobStoreTest, ADestroyedDataKeyErasesTheContent) {
  auto const content = photo(5'000);
  ASSERT_TRUE(send(upload_of(content), content));
  auto const row = world.store.find(kOwner, crypto::sha256(bytes_of(content)));
  world.vault.destroy(world.writer.connection(), kOwner.unit, kOwner.assignment);
  EXPECT_EQ(world.store.read(*row, 0, 1).error().code, "contact_key_destroyed");
}

TEST_F(BlobStoreTest, ACheckFindsAChangedByte) {
  auto const content = photo(300'000);
  ASSERT_TRUE(send(upload_of(content), content));
  auto const check = [&](Depth depth) {
    auto const checked = check_blobs(world.writer.connection(), world.store.world().files, depth);
    return checked ? std::string() : checked.error().code;
  };
  EXPECT_EQ(check(Depth::kWhole), "");
  std::fstream file(std::filesystem::directory_iterator(world.files())->path(),
                    std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(150'000);
  file.put('x');
  file.close();
  EXPECT_EQ(check(Depth::kEnds), "") << "a quick check reads the ends alone";
  EXPECT_EQ(check(Depth::kWhole), "attachment_damaged");
}

}  // namespace
}  // namespace fieldnode::blobs
