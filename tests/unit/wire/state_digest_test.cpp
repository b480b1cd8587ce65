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
            "d146edef5c7e08d67fa9948305d9476f78818308045ffaecea1f1c1c8f09ca79");
  EXPECT_EQ(to_hex(facts_digest(Lists{}.state())), "c0201b2f7e096244e6227c04b4772ad57ecee5c86558067acd983345f24af100");
  EXPECT_EQ(to_hex(digest_of(Lists{})), "1a449d735fe68dff29dd520e8a8ce2564069061ccc6b35d109a3848cc4114377");
}

}  // namespace
}  // namespace fieldnode::wire
