#include <gtest/gtest.h>

#include <barrier>
#include <future>

#include "node/central/centre.h"
#include "tests/unit/central/central_world.h"
#include "tests/unit/central/temp_city.h"

/// Two operators at the same second, on the real writer and its group commits.
namespace fieldnode::central {
namespace {

constexpr int kRounds = 25;

struct IntakeRace : testing::Test {
  IntakeRace() {
    CityPaths const paths{folder.path() / "centre"};
    check(init_city(paths, {.name = "测试市", .hosts = {}}, kThursday, random).has_value(), "a city is made");
    centre = std::move(Centre::open(paths, clock, random).value());
    for (auto const* code : {"BH", "QS"}) (void)centre->store().add_unit(code, code, kThursday).value();
  }

  CaseId add() { return centre->dispatches().create_case({}, fresh(), lamp_form(), kThursday).value().id; }
  std::string fresh() { return "request-" + std::to_string(++requests); }
  Result<void> dispatch(std::string const& request, CaseId id, std::string const& unit) {
    auto const done = centre->dispatches().dispatch({}, request, id, unit, {}, kThursday);
    if (!done) return done.error();
    return {};
  }
  Result<void> refuse(std::string const& request, CaseId id) {
    return centre->intakes().refuse_case({}, request, id, {rules::ReturnReason::kN9, "已调解", {}, {}}, kThursday);
  }
  /// Does both at once; the code of each, empty for what was done.
  static std::pair<std::string, std::string> at_once(std::function<Result<void>()> const& one,
                                                     std::function<Result<void>()> const& other) {
    std::barrier start(2);
    auto const run = [&](std::function<Result<void>()> const& task) {
      start.arrive_and_wait();
      auto const done = task();
      return done ? std::string() : done.error().code;
    };
    auto first = std::async(std::launch::async, [&] { return run(one); });
    auto second = run(other);
    return {first.get(), second};
  }

  TempFolder folder;
  SystemRandom random;
  SetClock clock{kThursday};
  std::unique_ptr<Centre> centre;
  int requests{};
};

TEST_F(IntakeRace, OfARefusalAndADispatchOneIsDoneAndTheOtherToldWhy) {
  for (int round = 0; round < kRounds; ++round) {
    auto const id = add();
    auto const [a, b] = std::pair(fresh(), fresh());
    auto const [refused, dispatched] = at_once([&] { return refuse(a, id); }, [&] { return dispatch(b, id, "BH"); });
    EXPECT_TRUE((refused.empty() && dispatched == "case_refused") ||
                (dispatched.empty() && refused == "already_dispatched"))
        << refused << " " << dispatched;
  }
  EXPECT_TRUE(centre->store().verify());
}

TEST_F(IntakeRace, OfTwoDispatchesToTwoUnitsOneIsDone) {
  for (int round = 0; round < kRounds; ++round) {
    auto const id = add();
    auto const [a, b] = std::pair(fresh(), fresh());
    auto const [one, other] = at_once([&] { return dispatch(a, id, "BH"); }, [&] { return dispatch(b, id, "QS"); });
    EXPECT_NE(one.empty(), other.empty());
    EXPECT_EQ(one + other, "already_dispatched");
    EXPECT_EQ(centre->store().assignments_of(id).size(), 1U);
  }
  EXPECT_TRUE(centre->store().verify());
}

TEST_F(IntakeRace, OfTwoMergesIntoEachOtherOneIsDone) {
  for (int round = 0; round < kRounds; ++round) {
    auto const [one, two] = std::pair(add(), add());
    auto const [a, b] = std::pair(fresh(), fresh());
    auto const merge = [&](std::string const& request, CaseId from, CaseId into) {
      return centre->merges().merge({}, request, from, into, kThursday);
    };
    auto const [first, second] = at_once([&] { return merge(a, one, two); }, [&] { return merge(b, two, one); });
    EXPECT_NE(first.empty(), second.empty());
    EXPECT_EQ(first + second, "bad_merge_target");
  }
  EXPECT_TRUE(centre->store().verify());
}

TEST_F(IntakeRace, AMergeAndATakeBackBothHappenAndTheFeedIsWhole) {
  for (int round = 0; round < kRounds; ++round) {
    auto const [part, whole] = std::pair(add(), add());
    auto const [a, b] = std::pair(fresh(), fresh());
    ASSERT_TRUE(dispatch(fresh(), whole, "BH"));
    auto const held = centre->store().assignments_of(whole).front().id;
    auto const take_back = [&]() -> Result<void> {
      auto const done =
          centre->decisions().decide({}, b, held, {rules::EntryKind::kTakeBack, rules::TakeBack{}, ""}, kThursday);
      if (!done) return done.error();
      return {};
    };
    auto const [merged, taken] =
        at_once([&] { return centre->merges().merge({}, a, part, whole, kThursday); }, take_back);
    EXPECT_EQ(merged + taken, "");
    auto const kinds = centre->store().dossier(held)->feed.size();
    EXPECT_TRUE(kinds == 2 || kinds == 3) << "told before the take-back, or not at all";
    EXPECT_EQ(centre->store().dossier(held)->feed.back().skeleton.kind, rules::EntryKind::kTakeBack);
  }
  EXPECT_TRUE(centre->store().verify());
}

TEST_F(IntakeRace, TheSameRequestTwiceAtOnceIsDoneOnce) {
  for (int round = 0; round < kRounds; ++round) {
    auto const id = add();
    auto const request = fresh();
    auto const [one, other] = at_once([&] { return refuse(request, id); }, [&] { return refuse(request, id); });
    EXPECT_EQ(one + other, "") << "both are told that it is done";
    EXPECT_EQ(centre->store().case_file(id)->refusals.size(), 1U);
  }
}

TEST_F(IntakeRace, OfTwoSecondPersonsOneRules) {
  for (int round = 0; round < kRounds; ++round) {
    auto const id = add();
    ASSERT_TRUE(
        centre->intakes().refuse_case(StaffId{1}, fresh(), id, {rules::ReturnReason::kN7, "恶意", {}, {}}, kThursday));
    auto const [a, b] = std::pair(fresh(), fresh());
    auto const rule = [&](StaffId who, std::string const& request, bool confirmed) {
      return centre->intakes().rule_refusal(who, request, id, confirmed, kThursday);
    };
    auto const [yes, no] =
        at_once([&] { return rule(StaffId{2}, a, true); }, [&] { return rule(StaffId{3}, b, false); });
    EXPECT_NE(yes.empty(), no.empty());
    EXPECT_EQ(yes + no, "no_pending_refusal");
    EXPECT_EQ(centre->store().find_case(id)->state, yes.empty() ? CaseState::kRefused : CaseState::kNew);
  }
}

}  // namespace
}  // namespace fieldnode::central
