#include "node/blobs/frame_file.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/unit/blobs/blob_world.h"

namespace fieldnode::blobs {
namespace {

class FrameFileTest : public testing::Test {
 protected:
  /// Another object on the same files, as after a restart.
  [[nodiscard]] FrameFile file(std::uint64_t size) { return {disk, path, key, size, chance}; }

  void flip(std::filesystem::path const& at, std::uint64_t offset) {
    auto const rotten = disk.open(at, db::Folder::Use::kWrite);
    auto byte = rotten->read(offset, 1);
    byte[0] ^= 0x40U;
    ASSERT_TRUE(rotten->write(offset, byte));
  }

  db::TempDirectory temp;
  db::Folder& disk{db::machine_folder()};
  SeededRandom chance{5};
  crypto::SealKey key{crypto::make_seal_key(chance)};
  std::filesystem::path path{temp.path() / "1"};
};

TEST_F(FrameFileTest, GrowsByPiecesOfAnySizeAndIsReadFromAnywhere) {
  auto const content = photo(300'000);
  for (std::size_t const piece : {1'000u, 65'536u, 65'537u, 299'999u}) {
    auto growing = file(content.size());
    std::filesystem::remove(path);
    for (std::size_t at = 0; at < content.size(); at += piece) {
      ASSERT_TRUE(file(content.size()).append(bytes_of(content).subspan(at, std::min(piece, content.size() - at))));
      EXPECT_EQ(file(content.size()).held(), std::min(at + piece, content.size()));
    }
    EXPECT_EQ(growing.digest().value(), crypto::sha256(bytes_of(content)));
    EXPECT_FALSE(std::filesystem::exists(path.native() + ".tail"));
    for (std::uint64_t const from : {0u, 65'535u, 65'536u, 200'000u, 299'999u}) {
      auto const part = growing.read(from, 70'000).value();
      EXPECT_EQ(text_of(part), content.substr(from, 70'000));
    }
    EXPECT_TRUE(growing.read(300'000, 10).value().empty());
  }
}

TEST_F(FrameFileTest, NothingOfTheContentStandsOnTheDiskInClear) {
  std::string const content(100'000, 'x');
  ASSERT_TRUE(file(content.size() + 1).append(bytes_of(content)));
  for (auto const& entry : std::filesystem::directory_iterator(temp.path())) {
    std::ifstream in(entry.path(), std::ios::binary);
    std::string const raw{std::istreambuf_iterator<char>(in), {}};
    EXPECT_EQ(raw.find("xxxxxxxx"), std::string::npos) << entry.path();
  }
}

/// The files as a kill leaves them at each length between two appends, the last frame torn at any byte.
TEST_F(FrameFileTest, AStopAtAnyLengthKeepsWhatWasTakenAndGoesOn) {
  auto const content = photo(210'000);
  auto const bytes = bytes_of(content);
  ASSERT_TRUE(file(content.size()).append(bytes.first(70'000)));
  auto const before = disk.open(path, db::Folder::Use::kRead)->size();
  std::filesystem::copy(path.native() + ".tail", temp.path() / "kept.tail");
  ASSERT_TRUE(file(content.size()).append(bytes.subspan(70'000, 130'000)));
  auto const after = disk.open(path, db::Folder::Use::kRead)->size();
  std::filesystem::copy(path, temp.path() / "grown");
  for (auto length = before; length <= after; length += 1'021) {
    std::filesystem::copy_file(temp.path() / "grown", path, std::filesystem::copy_options::overwrite_existing);
    std::filesystem::copy_file(temp.path() / "kept.tail", path.native() + ".tail",
                               std::filesystem::copy_options::overwrite_existing);
    disk.open(path, db::Folder::Use::kWrite)->cut_to(length);
    auto const held = file(content.size()).held();
    ASSERT_GE(held, 70'000u) << "what was taken is never lost, at length " << length;
    ASSERT_TRUE(file(content.size()).append(bytes.subspan(held)));
    ASSERT_EQ(file(content.size()).digest().value(), crypto::sha256(bytes)) << length;
  }
}

TEST_F(FrameFileTest, ABrokenLastFrameIsNotCountedAndWrittenAnew) {
  auto const content = photo(200'000);
  ASSERT_TRUE(file(content.size()).append(bytes_of(content).first(131'072)));
  flip(path, 70'000);
  EXPECT_EQ(file(content.size()).held(), 65'536u);
  ASSERT_TRUE(file(content.size()).append(bytes_of(content).subspan(65'536)));
  EXPECT_EQ(file(content.size()).digest().value(), crypto::sha256(bytes_of(content)));
}

TEST_F(FrameFileTest, AFrameThatWasChangedOrMovedDoesNotOpen) {
  auto const content = photo(1'500'000);
  ASSERT_TRUE(file(content.size()).append(bytes_of(content)));
  constexpr std::uint64_t kSealed = kFrameBytes + crypto::kSealOverheadBytes;
  auto const whole = disk.open(path, db::Folder::Use::kWrite);
  auto const first = whole->read(0, kSealed);
  ASSERT_TRUE(whole->write(kSealed, first));
  EXPECT_EQ(file(content.size()).read(65'536, 1).error().code, "attachment_damaged");
  EXPECT_EQ(text_of(file(content.size()).read(0, 10).value()), content.substr(0, 10));
  EXPECT_EQ(file(content.size()).digest().error().code, "attachment_damaged");
}

TEST_F(FrameFileTest, AnotherKeyOpensNothing) {
  auto const content = photo(70'000);
  ASSERT_TRUE(file(content.size()).append(bytes_of(content)));
  key = crypto::make_seal_key(chance);
  EXPECT_EQ(file(content.size()).held(), 0u);
  EXPECT_EQ(file(content.size()).read(0, 1).error().code, "attachment_damaged");
}

}  // namespace
}  // namespace fieldnode::blobs
