#include "node/blobs/told_rows.h"

#include <gtest/gtest.h>

#include "tests/unit/blobs/blob_world.h"

namespace fieldnode::blobs {
namespace {

class ToldRowsTest : public testing::Test {
 protected:
  void SetUp() override {
    connection.execute("INSERT INTO list (id, kind, unit, node, epoch, rank, hash) VALUES (1, 1, 11, 1, 1, 1, x'')");
    name(kPhoto, 0);
  }
  void name(BlobKey const& key, int place) {
    connection.prepare("INSERT INTO named_blob VALUES (1, 1, :place, 11, :assignment, :address, 1000)")
        .bind(":place", place)
        .bind(":assignment", key.assignment)
        .bind(":address", key.address)
        .run();
  }

  BlobKey const kPhoto{AssignmentId{7}, {1}};
  BlobKey const kFilm{AssignmentId{7}, {2}};
  db::Connection connection{blob_tables()};
  ToldRows centre{connection, UnitId{11}, NodeId{}};
  ToldRows node{connection, UnitId{11}, NodeId{5}};
};

TEST_F(ToldRowsTest, TheLastWordOfEachCounts) {
  centre.replace({{.key = kPhoto, .held = 300, .here = false}});
  node.replace({{.key = kPhoto, .held = 1'000, .here = true}});
  centre.replace({{.key = kPhoto, .held = 200, .here = false}});
  ASSERT_EQ(centre.all().size(), 1U);
  EXPECT_EQ(centre.all()[0].held, 200U);
  EXPECT_EQ(centre.all()[0].size, 1'000U) << "as the entries say";
  EXPECT_FALSE(centre.all()[0].here);
  EXPECT_TRUE(node.all()[0].here);
  centre.replace({});
  EXPECT_TRUE(centre.all().empty());
  EXPECT_EQ(node.all().size(), 1U);
}

TEST_F(ToldRowsTest, WhatNoEntryNamesIsNotSpokenOfAndGoesWithTheSweep) {
  node.replace({{.key = kPhoto, .held = 1, .here = false}, {.key = kFilm, .held = 2, .here = false}});
  ASSERT_EQ(node.all().size(), 1U);
  EXPECT_EQ(node.all()[0].key, kPhoto);
  ToldRows::forget_unnamed(connection);
  name(kFilm, 1);
  EXPECT_EQ(node.all().size(), 1U);
}

}  // namespace
}  // namespace fieldnode::blobs
