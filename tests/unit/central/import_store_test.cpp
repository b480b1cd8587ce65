#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>

#include "node/central/decision_desk.h"
#include "node/central/intake_desk.h"
#include "tests/unit/central/import_world.h"
#include "tests/unit/db/temp_directory.h"

namespace fieldnode::central {
namespace {

using db::TempDirectory;
using rules::EntryKind;

std::string const kOpenLamp = "1,2026-09-01 08:00:00,,2026-09-09 08:00:00,Lamp,Dark,A,Li,13800138000,pole 7";
std::string const kClosedTree = "2,2026-09-01 09:00:00,2026-09-03 10:00:00,,Tree,Fell,B,,,";

std::uint64_t cases_in(ImportWorld& world) { return world.store.cases({.state = {}, .limit = 1}).total; }

std::vector<EntryKind> feed_of(AssignmentDossier const& dossier) {
  std::vector<EntryKind> kinds;
  for (auto const& entry : dossier.feed) kinds.push_back(entry.skeleton.kind);
  return kinds;
}

wire::Body body_of(lists::StoredEntry const& entry) { return wire::decode_body(entry.entry.body.bytes).value(); }

TEST(ImportStore, AnOpenRowBecomesACaseThatItsUnitHasAtTheMomentOfImport) {
  TempDirectory directory;
  ImportWorld world(directory.path());
  auto const outcome = world.import(made_csv({kOpenLamp}), made_mapping()).value();
  EXPECT_EQ(outcome.counts.imported, 1u);
  EXPECT_EQ(outcome.counts.dispatched, 1u);
  EXPECT_EQ(outcome.counts.units_created, 1u);

  auto const record = world.find("made", "1").value();
  EXPECT_EQ(record.state, CaseState::kDispatched);
  EXPECT_EQ(record.category, rules::Category::kA2);
  EXPECT_EQ(record.kind, rules::CaseKind::kComplaint);
  auto const dossier = world.only_dossier(record.id);
  EXPECT_EQ(dossier.unit.code, "A");
  EXPECT_EQ(dossier.unit.name, "Office A");
  EXPECT_EQ(dossier.state.dispatched_at, kImportMorning);
  EXPECT_EQ(world.store.contact_of(record.id),
            (CaseContact{{wire::ContactTag::kName, "Li"}, {wire::ContactTag::kTelephone, "13800138000"}}));
}

TEST(ImportStore, TheSourcesTargetIsItsWordAndNoLimit) {
  TempDirectory directory;
  ImportWorld world(directory.path());
  ASSERT_TRUE(world.import(made_csv({kOpenLamp}), made_mapping()));
  auto const record = world.find("made", "1").value();
  EXPECT_TRUE(record.limits.empty());
  EXPECT_TRUE(record.source->target_at.has_value());
  auto const dossier = world.only_dossier(record.id);
  EXPECT_TRUE(dossier.state.dispatch.limits.empty());
  auto const source = body_of(dossier.feed.front()).text(wire::TextTag::kSource);
  EXPECT_NE(source.find(R"("target_at":"2026-09-09T08:00:00+08:00")"), std::string::npos) << source;
  EXPECT_NE(source.find(R"("extra":"pole 7")"), std::string::npos) << source;
  EXPECT_EQ(source.find("13800138000"), std::string::npos) << source;
}

TEST(ImportStore, AClosedRowIsHistoryAndNoUnitHearsOfIt) {
  TempDirectory directory;
  ImportWorld world(directory.path());
  auto const outcome = world.import(made_csv({kClosedTree}), made_mapping()).value();
  EXPECT_EQ(outcome.counts.closed, 1u);
  EXPECT_EQ(outcome.counts.dispatched, 0u);
  auto const record = world.find("made", "2").value();
  EXPECT_EQ(record.state, CaseState::kClosed);
  EXPECT_TRUE(record.source->is_history);
  EXPECT_TRUE(record.source->closed_at.has_value());
  EXPECT_TRUE(world.store.assignments_of(record.id).empty());
  EXPECT_EQ(world.store.feed_head(world.store.find_unit("B")->id)->seq, 1u);  // its opening
}

TEST(ImportStore, AsOpenTakesAClosedRowAsOpen) {
  TempDirectory directory;
  ImportWorld world(directory.path());
  auto const outcome = world.import(made_csv({kClosedTree}), made_mapping(), {.as_open = true}).value();
  EXPECT_EQ(outcome.counts.dispatched, 1u);
  EXPECT_EQ(outcome.counts.closed, 0u);
}

TEST(ImportStore, TheSameFileAgainDoesNothing) {
  TempDirectory directory;
  ImportWorld world(directory.path());
  auto const text = made_csv({kOpenLamp, kClosedTree});
  ASSERT_TRUE(world.import(text, made_mapping()));
  auto const feed = world.store.feed_head(world.store.find_unit("A")->id);
  auto const again = world.import(text, made_mapping()).value();
  EXPECT_EQ(again.counts.unchanged, 2u);
  EXPECT_EQ(again.counts.imported + again.counts.updated + again.counts.units_created, 0u);
  EXPECT_EQ(world.store.feed_head(world.store.find_unit("A")->id), feed);
  EXPECT_EQ(cases_in(world), 2u);
}

TEST(ImportStore, ChangedFieldsAreToldToTheUnitOnceAndOnlyTheyAre) {
  TempDirectory directory;
  ImportWorld world(directory.path());
  ASSERT_TRUE(world.import(made_csv({kOpenLamp}), made_mapping()));
  auto const changed =
      made_csv({"1,2026-09-01 08:00:00,,2026-09-09 08:00:00,Lamp,Dark and loud,A,Li,13800138000,pole 7"});
  EXPECT_EQ(world.import(changed, made_mapping())->counts.updated, 1u);
  EXPECT_EQ(world.import(changed, made_mapping())->counts.unchanged, 1u);

  auto const record = world.find("made", "1").value();
  EXPECT_EQ(record.text, "Dark and loud");
  EXPECT_EQ(record.source->updates, 1u);
  auto const dossier = world.only_dossier(record.id);
  EXPECT_EQ(feed_of(dossier), (std::vector{EntryKind::kDispatch, EntryKind::kCaseUpdate}));
  EXPECT_EQ(body_of(dossier.feed.back()).texts,
            (std::vector<wire::TextField>{{wire::TextTag::kText, "Dark and loud"}}));
  EXPECT_EQ(cases_in(world), 1u);
  EXPECT_TRUE(world.store.verify());
}

TEST(ImportStore, AnotherTelephoneNumberIsSeenThoughNoHashOfItCanBeGuessed) {
  TempDirectory directory;
  ImportWorld world(directory.path());
  auto const row = [](std::string_view id, std::string_view phone) {
    return fmt::format("{},2026-09-01 08:00:00,,,Lamp,Dark,A,Li,{},", id, phone);
  };
  ASSERT_TRUE(world.import(made_csv({row("1", "13800138000"), row("2", "13800138000")}), made_mapping()));
  EXPECT_NE(world.find("made", "1")->source->contact_hash, world.find("made", "2")->source->contact_hash);
  auto const outcome =
      world.import(made_csv({row("1", "13800138001"), row("2", "13800138000")}), made_mapping()).value();
  EXPECT_EQ(outcome.counts.updated, 1u);
  EXPECT_EQ(outcome.counts.unchanged, 1u);
  auto const record = world.find("made", "1").value();
  EXPECT_EQ(world.store.contact_of(record.id).back().text, "13800138001");
  auto const told = world.only_dossier(record.id).feed.back();
  EXPECT_EQ(told.skeleton.kind, EntryKind::kCaseUpdate);
  EXPECT_EQ(told.entry.body.form, wire::PartForm::kEmpty);
  EXPECT_EQ(wire::decode_contact(told.entry.contact.bytes)->fields.back().text, "13800138001");
}

TEST(ImportStore, ATextThatIsGoneIsToldAsAnEmptyOne) {
  TempDirectory directory;
  ImportWorld world(directory.path());
  ASSERT_TRUE(world.import(made_csv({kOpenLamp}), made_mapping()));
  ASSERT_TRUE(
      world.import(made_csv({"1,2026-09-01 08:00:00,,2026-09-09 08:00:00,Lamp,,A,Li,,pole 7"}), made_mapping()));
  auto const told = world.only_dossier(world.find("made", "1")->id).feed.back();
  EXPECT_EQ(body_of(told).texts, (std::vector<wire::TextField>{{wire::TextTag::kText, ""}}));
  EXPECT_EQ(wire::decode_contact(told.entry.contact.bytes)->fields,
            (CaseContact{{wire::ContactTag::kName, "Li"}, {wire::ContactTag::kTelephone, ""}}));
}

TEST(ImportStore, AChangeGoesToTheUnitThatHasTheCaseWhateverUnitTheRowNames) {
  TempDirectory directory;
  ImportWorld world(directory.path());
  ASSERT_TRUE(world.import(made_csv({kOpenLamp}), made_mapping()));
  auto const moved = made_csv({"1,2026-09-01 08:00:00,,2026-09-09 08:00:00,Lamp,Dark,B,Li,13800138000,pole 7"});
  auto const outcome = world.import(moved, made_mapping()).value();
  EXPECT_EQ(outcome.counts.updated, 1u);
  EXPECT_EQ(outcome.counts.dispatched, 0u);
  auto const dossier = world.only_dossier(world.find("made", "1")->id);
  EXPECT_EQ(dossier.unit.code, "A");
  EXPECT_EQ(feed_of(dossier), (std::vector{EntryKind::kDispatch, EntryKind::kCaseUpdate}));
}

TEST(ImportStore, WhatTheSourceSaysOfACaseThatMayNotBeRecordedIsNotRecorded) {
  TempDirectory directory;
  ImportWorld world(directory.path());
  ASSERT_TRUE(world.import(made_csv({kOpenLamp}), made_mapping()));
  auto const id = world.find("made", "1")->id;
  DecisionDesk decisions(world.store, world.random);
  ASSERT_TRUE(decisions.decide({}, "t", world.only_dossier(id).row.id,
                               {EntryKind::kTakeBack, rules::TakeBack{}, "secret"}, kImportMorning));
  IntakeDesk intakes(world.store);
  ASSERT_TRUE(intakes.refuse_case({}, "r", id, {rules::ReturnReason::kN5, "Not recorded.", {}, {}}, kImportMorning));
  auto const changed = made_csv({"1,2026-09-01 08:00:00,,2026-09-09 08:00:00,Lamp again,Dark,A,Li,13800138000,pole 7"});
  EXPECT_EQ(world.import(changed, made_mapping())->counts.updated, 1u);
  auto const record = world.find("made", "1").value();
  EXPECT_EQ(record.title + record.text + record.place, "");
  EXPECT_EQ(record.source->facts, "{}");
  EXPECT_TRUE(world.store.contact_of(id).empty());
  EXPECT_EQ(record.state, CaseState::kRefused);
  EXPECT_EQ(world.import(changed, made_mapping())->counts.unchanged, 1u);
  EXPECT_TRUE(world.store.verify());
}

TEST(ImportStore, ACaseThatTheSourceClosesStaysWithItsUnit) {
  TempDirectory directory;
  ImportWorld world(directory.path());
  ASSERT_TRUE(world.import(made_csv({kOpenLamp}), made_mapping()));
  auto const closed = made_csv({"1,2026-09-01 08:00:00,2026-09-02 08:00:00,,Lamp,Dark,A,Li,13800138000,pole 7"});
  EXPECT_EQ(world.import(closed, made_mapping())->counts.updated, 1u);
  EXPECT_EQ(world.find("made", "1")->state, CaseState::kDispatched);
  EXPECT_TRUE(world.store.verify());
}

TEST(ImportStore, HistoryThatTheSourceOpensAgainGoesToItsUnit) {
  TempDirectory directory;
  ImportWorld world(directory.path());
  ASSERT_TRUE(world.import(made_csv({kClosedTree}), made_mapping()));
  auto const outcome = world.import(made_csv({kClosedTree}), made_mapping(), {.as_open = true}).value();
  EXPECT_EQ(outcome.counts.updated, 1u);
  EXPECT_EQ(outcome.counts.dispatched, 1u);
  EXPECT_EQ(outcome.counts.imported, 0u);
  auto const record = world.find("made", "2").value();
  EXPECT_EQ(record.state, CaseState::kDispatched);
  EXPECT_FALSE(record.source->is_history);
  EXPECT_TRUE(world.store.verify());
}

TEST(ImportStore, BadRowsAreListedAndTheGoodOnesTaken) {
  TempDirectory directory;
  ImportWorld world(directory.path());
  auto const huge = fmt::format("5,2026-09-01 08:00:00,,,Lamp,{},A,,,", std::string(255 * 1024, 'x'));
  auto const outcome =
      world
          .import(made_csv({kOpenLamp, "1,2026-09-01 08:00:00,,,Another,,A,,,", "3,2026-09-01 08:00:00,,,Lamp,,Z,,,",
                            "4,2026-09-01 08:00:00,2026-08-01 08:00:00,,Lamp,,A,,,", huge}),
                  made_mapping())
          .value();
  EXPECT_EQ(outcome.read, 5u);
  EXPECT_EQ(outcome.counts.imported, 2u);
  EXPECT_EQ(outcome.rejected, (std::map<std::string, std::uint64_t>{
                                  {"closed_before_opened", 1}, {"repeated_id", 1}, {"unknown_unit", 1}}));
  EXPECT_NE(outcome.reject_list.find("3,repeated_id,\"line 2 has the id 1 too"), std::string::npos);
}

TEST(ImportStore, ARowThatNoEntryCanHoldIsRejectedAndItsBatchGoesOn) {
  TempDirectory directory;
  ImportWorld world(directory.path());
  auto const half = std::string(200 * 1024, 'x');
  auto const outcome =
      world
          .import(made_csv({kOpenLamp, fmt::format("5,2026-09-01 08:00:00,,,Lamp,{},A,,,{}", half, half),
                            "6,2026-09-01 08:00:00,,,Lamp,,A,,,"}),
                  made_mapping())
          .value();
  EXPECT_EQ(outcome.counts.dispatched, 2u);
  EXPECT_EQ(outcome.rejected, (std::map<std::string, std::uint64_t>{{"entry_too_large", 1}}));
  EXPECT_TRUE(world.store.verify());
}

TEST(ImportStore, FlagsAreKeptWithTheCase) {
  TempDirectory directory;
  ImportWorld world(directory.path());
  auto const outcome =
      world.import(made_csv({"7,2026-09-01 08:00:00,2026-09-01 08:00:00,,Lamp,,A,,,"}), made_mapping()).value();
  EXPECT_EQ(outcome.counts.flagged, 1u);
  EXPECT_EQ(outcome.counts.by_flag.at("closed_in_same_second"), 1u);
  EXPECT_NE(world.find("made", "7")->source->facts.find(R"("flags":"closed_in_same_second")"), std::string::npos);
}

TEST(ImportStore, AnImportThatDiedIsCompletedByTheNextOne) {
  TempDirectory directory;
  auto const text = many_rows(1000);
  {
    ImportWorld world(directory.path());
    world.import_and_die(text, made_mapping(), 950);
  }
  ImportWorld world(directory.path(), 12);
  auto const before = cases_in(world);
  EXPECT_GT(before, 0u);
  EXPECT_LT(before, 950u);
  EXPECT_TRUE(world.store.verify());
  auto const outcome = world.import(text, made_mapping()).value();
  EXPECT_EQ(outcome.counts.unchanged, before);
  EXPECT_EQ(outcome.counts.imported, 1000 - before);
  EXPECT_EQ(world.store.counts().assignments.open, 1000u);
  EXPECT_TRUE(world.store.verify());
}

/// Breaks down in the middle of a transaction.
class FailingRandom final : public Random {
 public:
  FailingRandom(Random& random, int draws) : random_(random), left_(draws) {}
  void fill(std::span<std::uint8_t> out) override {
    if (left_-- == 0) throw BrokenWorld("no more");
    random_.fill(out);
  }

 private:
  Random& random_;
  int left_;
};

TEST(ImportStore, ABatchThatBreaksLeavesNothingOfItself) {
  TempDirectory directory;
  ImportWorld world(directory.path());
  std::istringstream input(many_rows(10));
  auto reader = CsvReader::open(input, {}).value();
  auto const mapper = RowMapper::bind(made_mapping(), reader.header(), {}).value();
  FailingRandom failing(world.random, 7);
  CaseImporter importer(world.store, world.clock, failing, {"made", world.contact_key}, [](RejectedRow const&) {});
  while (auto const row = reader.next()) {
    ASSERT_TRUE(importer.add(std::get<ImportedCase>(mapper.map(*row)), row->raw));
  }
  EXPECT_THROW((void)importer.finish(), BrokenWorld);
  EXPECT_EQ(cases_in(world), 0u);
  EXPECT_TRUE(world.store.verify());
  EXPECT_EQ(world.import(many_rows(10), made_mapping())->counts.imported, 10u);
}

/// The child imports and tells each hundredth row; it never returns.
[[noreturn]] void import_in_child(std::filesystem::path const& directory, std::string const& text, int told) {
  ImportWorld world(directory);
  std::istringstream input(text);
  auto reader = CsvReader::open(input, {}).value();
  auto const mapper = RowMapper::bind(made_mapping(), reader.header(), {}).value();
  CaseImporter importer(world.store, world.clock, world.random, {"made", world.contact_key}, [](RejectedRow const&) {});
  for (int rows = 1; auto const row = reader.next(); ++rows) {
    importer.add(std::get<ImportedCase>(mapper.map(*row)), row->raw).value();
    if (rows % 100 == 0 && ::write(told, "r", 1) != 1) break;
  }
  ::_exit(0);
}

TEST(ImportStore, AProcessKilledWhileImportingLosesNothingAndDoublesNothing) {
  TempDirectory directory;
  auto const text = many_rows(5000);
  std::array<int, 2> pipe{};
  ASSERT_EQ(::pipe(pipe.data()), 0);
  auto const child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) import_in_child(directory.path(), text, pipe[1]);
  ::close(pipe[1]);
  std::array<char, 1> word{};
  for (int i = 0; i < 15; ++i) ASSERT_EQ(::read(pipe[0], word.data(), 1), 1);
  ::kill(child, SIGKILL);
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));
  ::close(pipe[0]);

  ImportWorld world(directory.path(), 13);
  auto const before = cases_in(world);
  EXPECT_GT(before, 0u);
  EXPECT_TRUE(world.store.verify());
  auto const outcome = world.import(text, made_mapping()).value();
  EXPECT_EQ(outcome.counts.unchanged, before);
  EXPECT_EQ(outcome.counts.imported + before, 5000u);
  EXPECT_EQ(cases_in(world), 5000u);
  EXPECT_TRUE(world.store.verify());
  std::cout << before << " cases outlived the kill\n";
}

}  // namespace
}  // namespace fieldnode::central
