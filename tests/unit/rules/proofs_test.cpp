#include "sync/rules/proofs.h"

#include <gtest/gtest.h>

#include <map>

#include "sync/rules/calendar_file.h"
#include "tests/unit/rules/scene.h"

namespace fieldnode::rules {
namespace {

/// What one end would have in its tables.
struct KeptWords final : Witness {
  std::map<std::uint64_t, UtcTime> anchors;
  std::map<Position, UtcTime> marks;  ///< by the last act that each covers
  std::map<Position, Position> bases;
  std::map<Position, UtcTime> entries;

  template <class Key>
  static std::optional<UtcTime> in(std::map<Key, UtcTime> const& words, Key const& key) {
    auto const found = words.find(key);
    return found == words.end() ? std::nullopt : std::optional(found->second);
  }
  std::optional<UtcTime> anchor_sent_at(std::uint64_t anchor) override { return in(anchors, anchor); }
  std::optional<UtcTime> received_at(Position act) override {
    auto const mark = marks.lower_bound(act);
    return mark == marks.end() || mark->first.epoch != act.epoch ? std::nullopt : std::optional(mark->second);
  }
  std::optional<Position> made_on(Position act) override {
    auto const found = bases.find(act);
    return found == bases.end() ? std::nullopt : std::optional(found->second);
  }
  std::optional<UtcTime> feed_entry_time(Position entry) override { return in(entries, entry); }
};

UtcTime at(std::string_view time) { return moment("2026-10-12T" + std::string(time) + "+08:00"); }

constexpr Position kAct{kJournal, 5};

class Proofs : public ::testing::Test {
 protected:
  Proofs() {
    words_.anchors[1] = at("09:00:00");
    words_.bases[kAct] = {kFeed, 3};
    words_.entries[{kFeed, 3}] = at("08:30:00");
    words_.marks[{kJournal, 6}] = at("15:00:00");
  }

  [[nodiscard]] Mark act(std::uint64_t anchor = 1) const {
    return {kAct, {ClockClass::kAnchored, exactly(at("11:00:00")), at("11:00:00"), anchor}};
  }
  [[nodiscard]] ActProof proof(Mark const& mark) { return proof_of(state_, mark, unit_, words_); }

  void anomaly(AnomalyKind what, std::uint64_t seq, std::uint64_t under, std::uint64_t names = 0) {
    Mark const by{{kJournal, seq}, {ClockClass::kAnchored, exactly(at("10:00:00")), at("10:00:00"), under}};
    unit_.anomalies.push_back({by, {what, 90'000, names}});
  }
  void told(std::uint64_t upto, std::string_view when, std::optional<bool> holds, std::uint64_t challenge = 77) {
    unit_.phone_receipts.push_back({{kFeed, 9}, at(when), {{kJournal, upto}, challenge, 1}, holds});
  }

  AssignmentState state_;
  UnitState unit_;
  KeptWords words_;
};

TEST_F(Proofs, AnAnchorBoundsItBelowAndAMarkAbove) {
  auto const of = proof(act());
  EXPECT_EQ(of.anchored_at, at("09:00:00"));
  EXPECT_EQ(of.made_on, at("08:30:00"));
  EXPECT_EQ(of.held_at, at("15:00:00"));
  EXPECT_FALSE(of.anomaly);
  EXPECT_EQ(of.bracket(), (TimeInterval{at("09:00:00"), at("15:00:00")}));
}

TEST_F(Proofs, AMarkOfAnotherEpochOrOfEarlierActsSaysNothing) {
  words_.marks = {{{kJournal, 4}, at("10:00:00")}, {{Epoch{0x99}, 50}, at("10:00:00")}};
  EXPECT_EQ(proof(act()).held_at, std::nullopt);
}

TEST_F(Proofs, ARepealedAnchorIsNone) {
  unit_.repealed_anchors = {1};
  EXPECT_EQ(proof(act()).anchored_at, std::nullopt);
}

TEST_F(Proofs, AnAnchorThatNobodySignedIsNone) { EXPECT_EQ(proof(act(4711)).anchored_at, std::nullopt); }

TEST_F(Proofs, APhoneReceiptThatHoldsBoundsItAbove) {
  told(5, "12:00:00", true);
  EXPECT_EQ(proof(act()).held_at, at("12:00:00"));
}

TEST_F(Proofs, APhoneReceiptUncheckedOrFalseOrOfEarlierActsBoundsNothing) {
  told(5, "12:00:00", std::nullopt);
  told(5, "12:00:00", false);
  told(4, "12:00:00", true);
  EXPECT_EQ(proof(act()).held_at, at("15:00:00"));
}

TEST_F(Proofs, TheEarliestWordCounts) {
  told(5, "16:00:00", true);
  EXPECT_EQ(proof(act()).held_at, at("15:00:00"));
  told(9, "14:00:00", true);
  EXPECT_EQ(proof(act()).held_at, at("14:00:00"));
}

TEST_F(Proofs, AnAnswerByTelephoneAnchorsToo) {
  told(2, "10:30:00", std::nullopt, 4711);
  EXPECT_EQ(proof(act(4711)).anchored_at, at("10:30:00"));
}

TEST_F(Proofs, TheFeedsMomentOutweighsTheMinuteThatWasTold) {
  words_.anchors[4711] = at("10:30:00");
  told(2, "10:30:42", std::nullopt, 4711);
  EXPECT_EQ(proof(act(4711)).anchored_at, at("10:30:42")) << "both ends say the same from here on";
}

TEST_F(Proofs, AReAppendedActWasHeldWhereItStoodFirst) {
  Position const first{Epoch{0x10}, 40};
  state_.acts.push_back({.at = kAct, .origin = first, .kind = EntryKind::kAcknowledgement});
  words_.marks[{Epoch{0x10}, 44}] = at("11:30:00");
  EXPECT_EQ(proof(act()).held_at, at("11:30:00"));
}

TEST_F(Proofs, WhatTheClocksDidUnderTheAnchorBeforeTheActIsAnAnomaly) {
  anomaly(AnomalyKind::kWallStep, 4, 1);
  EXPECT_TRUE(proof(act()).anomaly);
}

TEST_F(Proofs, WhatCameLaterOrUnderAnotherAnchorOrFromAnotherEpochIsNone) {
  anomaly(AnomalyKind::kWallStep, 6, 1);
  anomaly(AnomalyKind::kSuspend, 4, 2);
  unit_.anomalies.push_back({{{Epoch{0x10}, 4}, act().time}, {AnomalyKind::kWallStep, 1, 0}});
  EXPECT_FALSE(proof(act()).anomaly);
}

/// Else a policy that lets a carried clock count would never count one.
TEST_F(Proofs, ABootIsSaidByTheClassAndIsNoAnomaly) {
  anomaly(AnomalyKind::kReboot, 4, 1);
  EXPECT_FALSE(proof(act()).anomaly);
}

TEST_F(Proofs, AFullDiskIsNoAnomalyOfTheClocks) {
  anomaly(AnomalyKind::kDisk, 4, 1);
  EXPECT_FALSE(proof(act()).anomaly);
}

TEST_F(Proofs, AnUnsoundAnchorTaintsWhatRestsOnItWheneverThatIsFound) {
  anomaly(AnomalyKind::kClockUnsound, 9, 2, 1);
  EXPECT_TRUE(proof(act()).anomaly);
  EXPECT_FALSE(proof(act(2)).anomaly) << "the anchor that contradicted it is sound";
}

/// D12. Dispatched on Friday 26 April 2019, contact within 3 working days. By the first notice for 2019 the third is 2
/// May; by the change of March, Sunday 28 April works, and the third is 30 April.
class ProofsOnAShelf : public ::testing::Test {
 protected:
  ProofsOnAShelf() : shelf_(book_with(civil_day(2019, 1, 1)), EpochOrder(kFeed)) {
    shelf_.add({kFeed, 2}, book_with(civil_day(2019, 4, 1)));
  }

  static Book book_with(CivilDay published_before) {
    std::vector<Notice> notices;
    for (auto const& notice : built_in_notices()) {
      if (notice.version < published_before) notices.push_back(notice);
    }
    return std::make_shared<RuleBook const>(rule_book_of(Policy{}, std::move(notices)));
  }

  /// The contact of 2 May, made by somebody who knew the feed up to `known`.
  ClockVerdict contact_made_knowing(std::uint64_t known) {
    auto scene = dispatched("2019-04-26T10:00:00+08:00");
    auto const act = scene.at("2019-05-02T10:00:00+08:00").act(reached());
    KeptWords words;
    words.anchors[1] = moment("2019-05-02T09:00:00+08:00");
    words.bases[act] = {kFeed, known};
    words.marks[act] = moment("2019-05-02T10:00:01+08:00");
    return verdicts_of(scene.state(), UnitState{}, shelf_, words).value().at(1);
  }

  RuleShelf shelf_;
};

TEST_F(ProofsOnAShelf, ACalendarThatTheNodeDidNotKnowMakesNothingLate) {
  auto const contact = contact_made_knowing(1);
  EXPECT_EQ(contact.due, moment("2019-05-02T17:00:00+08:00"));
  EXPECT_TRUE(contact.forgiven);
  EXPECT_EQ(contact.verdict, Verdict::kInTimeProven);
}

TEST_F(ProofsOnAShelf, OneThatItKnewDoes) {
  auto const contact = contact_made_knowing(2);
  EXPECT_EQ(contact.due, moment("2019-04-30T17:00:00+08:00"));
  EXPECT_FALSE(contact.forgiven);
  EXPECT_EQ(contact.verdict, Verdict::kLateProven);
}

}  // namespace
}  // namespace fieldnode::rules
