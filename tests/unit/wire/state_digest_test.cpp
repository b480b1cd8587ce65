#include "sync/wire/state_digest.h"

#include <gtest/gtest.h>

#include "sync/rules/calendar_file.h"

namespace fieldnode::wire {
namespace {

constexpr Epoch kFeed{0xfeed};
constexpr Epoch kJournal{0xac75};
constexpr AssignmentId kAssignment{7};

rules::Placed entry(Position at, rules::EntryKind kind, rules::Payload const& payload, std::uint64_t judged) {
  rules::Placed placed{at, {}};
  placed.skeleton.kind = kind;
  placed.skeleton.assignment = kAssignment;
  placed.skeleton.basis = {at.epoch == kFeed ? kJournal : kFeed, judged};
  placed.skeleton.time = rules::central_time(utc_from_ms(1'772'416'800'000 + static_cast<std::int64_t>(at.seq)));
  placed.skeleton.payload = payload;
  return placed;
}

rules::Dispatch dispatch() {
  rules::Dispatch dispatch;
  dispatch.case_id = CaseId{70};
  dispatch.category = rules::Category::kA1;
  dispatch.kind = rules::CaseKind::kHelp;
  return dispatch;
}

struct Lists {
  std::vector<rules::Placed> feed{entry({kFeed, 1}, rules::EntryKind::kDispatch, dispatch(), 0)};
  std::vector<rules::Placed> acts{
      entry({kJournal, 1}, rules::EntryKind::kAcknowledgement, rules::Acknowledgement{}, 1)};
  [[nodiscard]] rules::UnitState state() const { return rules::replay(feed, acts, rules::EpochOrder(kJournal)); }
};

Hash digest_of(Lists const& lists, rules::Policy const& policy = {}) {
  auto const book = rules::rule_book_of(policy, rules::built_in_notices());
  return state_digest(lists.state(), rules::RuleShelf(std::make_shared<rules::RuleBook const>(book)));
}

TEST(StateDigest, IsTheSameForTheSameEntriesHoweverTheyWereLearnt) {
  Lists one;
  one.acts.push_back(entry({kJournal, 2}, rules::EntryKind::kNote, rules::Note{}, 1));
  Lists other = one;
  std::swap(other.acts[0], other.acts[1]);
  EXPECT_EQ(digest_of(one), digest_of(other));
}

TEST(StateDigest, MovesWithEveryFact) {
  Lists const plain;
  Lists with_note = plain;
  with_note.acts.push_back(entry({kJournal, 2}, rules::EntryKind::kNote, rules::Note{}, 1));
  Lists refused = plain;
  refused.feed.push_back(entry({kFeed, 2}, rules::EntryKind::kRefusal, rules::RefusalOfAct{{kJournal, 1}, "ended"}, 1));
  Lists later = plain;
  later.acts[0].skeleton.time.interval.latest = utc_from_ms(1'772'416'900'000);
  for (auto const& other : {with_note, refused, later}) {
    EXPECT_NE(facts_digest(other.state()), facts_digest(plain.state()));
    EXPECT_NE(digest_of(other), digest_of(plain));
    EXPECT_NE(facts_digest(other.state().assignments.at(kAssignment)),
              facts_digest(plain.state().assignments.at(kAssignment)));
  }
}

TEST(StateDigest, MovesWithADueInstantWhereTheFactsDoNot) {
  Lists const lists;
  rules::Policy slower;
  slower.resolve.count += 1;
  EXPECT_NE(digest_of(lists, slower), digest_of(lists));
}

TEST(StateDigest, OfAMomentOutsideTheCalendarIsStillADigest) {
  Lists early;
  early.feed[0].skeleton.time = rules::central_time(utc_from_ms(0));
  EXPECT_NE(digest_of(early), digest_of(Lists{}));
  EXPECT_EQ(digest_of(early), digest_of(early));
}

// On record: a digest that moves between versions would report every unit as unequal.
TEST(StateDigest, OfOneSmallUnitIsOnRecord) {
  EXPECT_EQ(to_hex(facts_digest(rules::UnitState{})),
            "d337e86e0df15d33e78d7eb02c767aee84677ed31ada479eae362d2d31f2372b");
  EXPECT_EQ(to_hex(facts_digest(Lists{}.state())), "669cbdc0958705e92bd7eb4c47295813c4c235a115dcef7221d4546ae824048a");
  EXPECT_EQ(to_hex(digest_of(Lists{})), "6ec2d2cac7221c7044c558920979efd5845c09d86ad8d151e478cd3f0596c3d4");
}

}  // namespace
}  // namespace fieldnode::wire
