#include "node/office/evidence_desk.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "sync/engine/evidence_check.h"
#include "tests/unit/office/office_world.h"

namespace fieldnode::office {
namespace {

using rules::EntryKind;
constexpr AssignmentId kLamp{5};
constexpr AssignmentId kDrain{6};
constexpr AssignmentId kSecret{7};
constexpr std::string_view kDrainTitle = "下水道堵塞";
constexpr Clerk kSupervisor{StaffId{8}, Clearance::kConfidential};

struct EvidenceOffice : OfficeWorld {
  EvidenceOffice() {
    feed.dispatch(kLamp, clock.truth());
    feed.dispatch(kDrain, clock.truth(), std::string(kDrainTitle));
    feed.dispatch_confidential(kSecret, clock.truth());
    pass(std::chrono::minutes(1));
    settle(1);
    observe();
    EXPECT_TRUE(append(acknowledgement(kDrain)));
    EXPECT_TRUE(append(acknowledgement(kLamp)));
    EXPECT_TRUE(append(reached(kLamp)));
    pass(std::chrono::minutes(1));
    settle(4);
    observe();
  }
  void pass(Milliseconds span) { clock.advance(span); }
  /// The clock takes the newest receipt as its anchor, as the exchanger does.
  void observe() { time.observe(*store->snapshot().greatest, {engine::read_clocks(clock), clock.since_boot()}); }

  [[nodiscard]] Result<web::EvidenceFile> exported(AssignmentId id = kLamp, Clerk const& clerk = kSupervisor) {
    return desk.export_case(id, clerk);
  }
  [[nodiscard]] engine::EvidenceReport checked(Bytes const& file) {
    return engine::check_evidence(file, *suite, city.public_key, book);
  }

  int nudges{};
  crypto::KeyPair node_keys{suite->make_keys(random)};
  NodeTime node_time{clock, {}, {}};
  EvidenceDesk desk{{.store = *store,
                     .time = node_time,
                     .readers = *readers,
                     .vault = vault,
                     .suite = *suite,
                     .keys = node_keys,
                     .nudge = [this] { ++nudges; }}};
};

bool contains(BytesView bytes, std::string_view words) {
  return std::ranges::search(bytes, bytes_of(words)).begin() != bytes.end();
}

std::string told(engine::EvidenceReport const& report) {
  std::string text;
  for (auto const& fault : report.faults) text += fault.what.en + "\n";
  return text;
}

TEST(EvidenceDesk, TheFileIsSoundAndJudgesAsTheNodeItselfDoes) {
  EvidenceOffice world;
  auto const file = world.exported().value();
  auto const report = world.checked(file.bytes);
  ASSERT_TRUE(report.is_sound()) << told(report);
  EXPECT_EQ(file.number, "2026-5");
  EXPECT_EQ(report.front.case_id, CaseId{1005});
  ASSERT_EQ(report.findings.size(), 1u);
  auto const own = world.store->file_of(kLamp).value();
  EXPECT_EQ(report.findings.front().state, own.state);
  auto const& verdicts = report.findings.front().verdicts.value();
  ASSERT_EQ(verdicts.size(), own.verdicts.size());
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    EXPECT_EQ(verdicts[i].verdict, own.verdicts[i].verdict) << i;
    EXPECT_EQ(verdicts[i].due, own.verdicts[i].due) << i;
    EXPECT_EQ(verdicts[i].bracket, own.verdicts[i].bracket) << i;
    EXPECT_EQ(verdicts[i].trust, own.verdicts[i].trust) << i;
  }
  EXPECT_EQ(verdicts.front().verdict, rules::Verdict::kInTimeProven);
  EXPECT_NE(verdicts.front().bracket.earliest, UtcTime{});
}

TEST(EvidenceDesk, WhatOthersSaidAndHowToReachThemIsNotInTheFile) {
  EvidenceOffice world;
  auto const file = world.exported().value().bytes;
  EXPECT_TRUE(contains(file, "路灯不亮"));
  EXPECT_TRUE(contains(file, "wants the lamp back"));
  for (auto const words :
       {kDrainTitle, std::string_view("举报垄断"), std::string_view("王小明"), std::string_view("13800001234")}) {
    EXPECT_FALSE(contains(file, words)) << words;
  }
}

TEST(EvidenceDesk, EachExportLeavesAnEntryThatCountsTheOthers) {
  EvidenceOffice world;
  auto const before = world.journal_seq();
  ASSERT_TRUE(world.exported());
  auto const again = world.exported().value();
  EXPECT_EQ(world.journal_seq(), before + 2);
  EXPECT_EQ(world.nudges, 2);
  auto const acts = world.store->file_of(kLamp).value().acts;
  auto const& last = std::get<rules::EvidenceExport>(acts.back().entry.skeleton.payload);
  std::vector<rules::ListCount> const expected{{false, kFeed.epoch, 1}, {true, kJournalEpoch, 3}};
  EXPECT_EQ(last.counts, expected);
  EXPECT_EQ(acts.back().entry.skeleton.staff, kSupervisor.id);
  EXPECT_TRUE(world.checked(again.bytes).is_sound());
}

TEST(EvidenceDesk, AnActThatNobodyHasReceivedHasNoUpperEnd) {
  EvidenceOffice world;
  ASSERT_TRUE(world.append(world.act(EntryKind::kResolution, kLamp,
                                     rules::Resolution{.verified = rules::Degree::kYes,
                                                       .beyond_duty = false,
                                                       .solved = rules::Degree::kYes,
                                                       .unreachable = false})));
  auto const report = world.checked(world.exported().value().bytes);
  ASSERT_TRUE(report.is_sound()) << told(report);
  auto const& resolved = report.findings.front().verdicts.value().back();
  EXPECT_EQ(resolved.kind, rules::ClockKind::kResolve);
  EXPECT_FALSE(resolved.bracket.latest);
}

TEST(EvidenceDesk, AReceiptThatComesMeanwhileDoesNotSpoilTheFile) {
  EvidenceOffice world;
  auto const file = world.exported().value();
  world.feed.entry(EntryKind::kCaseUpdate, kLamp, rules::CaseUpdate{}, world.clock.truth());
  world.settle(world.journal_seq());
  EXPECT_TRUE(world.checked(file.bytes).is_sound());
  auto const later = world.checked(world.exported().value().bytes);
  EXPECT_TRUE(later.is_sound()) << told(later);
}

TEST(EvidenceDesk, ACaseGoesByItsPrintedNumber) {
  EvidenceOffice world;
  EXPECT_EQ(world.desk.export_case("2026-6", kSupervisor).value().number, "2026-6");
  EXPECT_EQ(world.desk.export_case("2026-99", kSupervisor).error().code, "unknown_case");
  EXPECT_EQ(world.exported(AssignmentId{99}).error().code, "unknown_assignment");
}

TEST(EvidenceDesk, AConfidentialCaseDoesNotExistForThoseWhoMayNotSeeIt) {
  EvidenceOffice world;
  Clerk const clerk{StaffId{7}, Clearance::kGeneral};
  auto const before = world.journal_seq();
  EXPECT_EQ(world.exported(kSecret, clerk).error().code, "unknown_assignment");
  EXPECT_EQ(world.journal_seq(), before);
  EXPECT_TRUE(world.exported(kSecret));
}

TEST(EvidenceDesk, ErasedContactsAreSoundAsTheyAre) {
  EvidenceOffice world;
  lists::EntryLists(world.writer.connection(), world.vault, kUnit).erase_contacts(kLamp);
  auto const report = world.checked(world.exported().value().bytes);
  EXPECT_TRUE(report.is_sound()) << told(report);
}

TEST(EvidenceDesk, RedactedWordsAreGoneAndTheRestIsSound) {
  EvidenceOffice world;
  world.feed.entry(EntryKind::kRedact, kLamp, rules::Redact{{kFeed.epoch, 2}, false}, world.clock.truth());
  world.settle(world.journal_seq());
  auto const file = world.exported().value().bytes;
  EXPECT_FALSE(contains(file, "路灯不亮"));
  EXPECT_TRUE(contains(file, "wants the lamp back"));
  auto const report = world.checked(file);
  ASSERT_TRUE(report.is_sound()) << told(report);
  EXPECT_EQ(report.findings.front().verdicts.value().front().verdict, rules::Verdict::kInTimeProven);
}

}  // namespace
}  // namespace fieldnode::office
