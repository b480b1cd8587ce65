#include "node/db/data_file.h"

#include <gtest/gtest.h>

#include "tests/unit/db/temp_directory.h"

namespace fieldnode::db {
namespace {

TEST(DataFile, NetworkFileSystemsAreToldByTheirMagic) {
  struct Row {
    char const* name;
    std::uint32_t magic;
    bool network;
  };
  for (auto const& row : {Row{"nfs", 0x6969, true}, Row{"cifs", 0xFF534D42, true}, Row{"smb2", 0xFE534D42, true},
                          Row{"9p", 0x01021997, true}, Row{"fuse", 0x65735546, true}, Row{"ceph", 0x00C36400, true},
                          Row{"ext4", 0xEF53, false}, Row{"xfs", 0x58465342, false}, Row{"btrfs", 0x9123683E, false},
                          Row{"tmpfs", 0x01021994, false}, Row{"zfs", 0x2FC12FC1, false},
                          Row{"overlayfs", 0x794C7630, false}, Row{"f2fs", 0xF2F52010, false}}) {
    EXPECT_EQ(is_network_filesystem(row.magic), row.network) << row.name;
  }
}

TEST(DataFile, DirectoryOfTheTestIsLocal) {
  TempDirectory const dir;
  EXPECT_TRUE(require_local_disk(dir.database()));
}

TEST(DataFile, NewFileIsPrivateAndAnOldOneKeepsItsContent) {
  TempDirectory const dir;
  ASSERT_TRUE(create_private_file(dir.database()));
  std::filesystem::resize_file(dir.database(), 10);
  ASSERT_TRUE(create_private_file(dir.database()));
  EXPECT_EQ(std::filesystem::file_size(dir.database()), 10u);
  EXPECT_EQ(std::filesystem::status(dir.database()).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

}  // namespace
}  // namespace fieldnode::db
