#include <gtest/gtest.h>

#include <fstream>
#include <iostream>

#include "tests/unit/central/import_world.h"
#include "tests/unit/db/temp_directory.h"

/// The real file, where it is at hand, into a real database that syncs each commit.
namespace fieldnode::central {
namespace {

using db::TempDirectory;

/// Unpacked by the build, see CMakeLists.txt; empty where the file is absent.
std::string boston_text() {
  std::ifstream input(FIELDNODE_BOSTON_CSV, std::ios::binary);
  return {std::istreambuf_iterator<char>(input), {}};
}

Mapping boston_mapping() {
  auto const root = std::filesystem::path(FIELDNODE_TEST_DATA).parent_path().parent_path();
  return read_mapping(root / "schema/mappings/boston311.toml").value();
}

ImportOutcome timed(ImportWorld& world, std::string const& text, RowOptions options, std::string_view what) {
  SystemClock const clock;
  auto const start = clock.since_boot();
  auto const outcome = world.import(text, boston_mapping(), options).value();
  std::cout << what << ": " << outcome.read << " rows in "
            << static_cast<double>((clock.since_boot() - start).count()) / 1000 << " s\n";
  return outcome;
}

TEST(ImportReal, TheWholeFileIsTakenOnceThoughTheFirstImportDied) {
  auto const text = boston_text();
  if (text.empty()) GTEST_SKIP() << "the Boston file is not part of the project and not at hand";
  TempDirectory directory;
  ImportWorld world(directory.path());
  world.import_and_die(text, boston_mapping(), 10'000);
  auto const before = world.store.cases({.state = {}, .limit = 1}).total;
  EXPECT_GT(before, 5'000u);

  auto const outcome = timed(world, text, {}, "import");
  EXPECT_EQ(outcome.read, 25'438u);
  EXPECT_EQ(outcome.rejected, (std::map<std::string, std::uint64_t>{{"closed_before_opened", 50}}));
  EXPECT_EQ(outcome.counts.by_flag, (std::map<std::string_view, std::uint64_t>{{"closed_in_same_second", 42}}));
  EXPECT_EQ(outcome.counts.unchanged, before);
  EXPECT_EQ(outcome.counts.imported, 25'388 - before);
  auto const counts = world.store.counts();
  EXPECT_EQ(counts.units, 13u);
  EXPECT_EQ(counts.cases.at(CaseState::kDispatched), 3'923u);
  EXPECT_EQ(counts.assignments.open, 3'923u);
  EXPECT_EQ(counts.cases.at(CaseState::kClosed), 25'388u - 3'923u);

  auto const again = timed(world, text, {}, "the same again");
  EXPECT_EQ(again.counts.unchanged, 25'388u);
  EXPECT_EQ(again.counts.imported + again.counts.updated + again.counts.units_created, 0u);
  EXPECT_TRUE(world.store.verify());
}

TEST(ImportReal, AsOpenEveryGoodRowIsDispatched) {
  auto const text = boston_text();
  if (text.empty()) GTEST_SKIP() << "the Boston file is not part of the project and not at hand";
  TempDirectory directory;
  ImportWorld world(directory.path());
  auto const outcome = timed(world, text, {.as_open = true}, "import as open");
  EXPECT_EQ(outcome.counts.dispatched, 25'388u);
  EXPECT_EQ(world.store.counts().assignments.open, 25'388u);
}

}  // namespace
}  // namespace fieldnode::central
