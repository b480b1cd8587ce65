#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <iostream>
#include <iterator>
#include <set>

#include "sync/rules/lifecycle.h"
#include "tests/unit/rules/law.h"
#include "tests/unit/rules/lifecycle_sheet.h"
#include "tests/unit/rules/scene.h"

/// Every cell of the table with real entries, at the office, at the centre and in the fold.
namespace fieldnode::rules {
namespace {

/// A history that ends in the row that it is named after.
struct Story {
  std::string row;
  std::function<void(Scene&)> happens;
};

void resolve(Scene& scene) {
  scene.act(reached());
  scene.act(solved());
}
void call_back_unhappy(Scene& scene) {
  resolve(scene);
  scene.decide(unhappy());
}
void claim_unreachable(Scene& scene) {
  scene.act(failed());
  scene.act(failed());
  scene.at("2026-03-03T09:30:00+08:00").act(failed());
  scene.act(unreachable());
}

std::vector<Story> stories() {
  auto const dispatch = [](Scene& scene, Dispatch with = plain_dispatch()) { scene.decide(with); };
  auto const after = [dispatch](std::function<void(Scene&)> rest) {
    return [dispatch, rest](Scene& scene) {
      dispatch(scene);
      rest(scene);
    };
  };
  auto const with = [](auto change) {
    return [change](Scene& scene) {
      auto special = plain_dispatch();
      change(special);
      scene.decide(special);
    };
  };
  return {
      {"undispatched", [](Scene&) {}},
      {"open", after([](Scene&) {})},
      {"contacted", after([](Scene& scene) { scene.act(reached()); })},
      {"resolved", after(resolve)},
      {"unconfirmed", after(claim_unreachable)},
      {"closed", after([](Scene& scene) { resolve(scene), scene.decide(Close{}); })},
      {"returned", after([](Scene& scene) {
         scene.decide(ReturnDecision{scene.act(not_ours()), true, false});
       })},
      {"taken_back", after([](Scene& scene) { scene.decide(TakeBack{}); })},
      {"redone", after([](Scene& scene) { call_back_unhappy(scene), scene.decide(Redo{AssignmentId{8}}); })},
      {"unacknowledged", after([](Scene&) {})},
      {"acknowledged", after([](Scene& scene) { scene.act(Acknowledgement{}); })},
      {"consultation", with([](Dispatch& dispatched) { dispatched.kind = CaseKind::kConsultation; })},
      {"other_kind", after([](Scene&) {})},
      {"lead_unresolved", after([](Scene& scene) { scene.act(reached()); })},
      {"lead_resolved", after(resolve)},
      {"assisting", with([](Dispatch& dispatched) { dispatched.lead = false; })},
      {"no_extension", after([](Scene&) {})},
      {"extension_pending", after([](Scene& scene) { scene.act(extension(3)); })},
      {"no_special", after([](Scene&) {})},
      {"special_pending", after([](Scene& scene) { scene.act(SpecialApplication{9}, 1); })},
      {"no_return", after([](Scene&) {})},
      {"return_pending", after([](Scene& scene) { scene.act(not_ours()); })},
      {"return_ruled", with([](Dispatch& dispatched) { dispatched.ruled = true; })},
      {"not_paused", after([](Scene&) {})},
      {"paused", after([](Scene& scene) { scene.decide(Pause{}); })},
      {"no_call_back", after(resolve)},
      {"content", after([](Scene& scene) { resolve(scene), scene.decide(happy()); })},
      {"unsatisfied", after(call_back_unhappy)},
  };
}

/// Histories for the cells that the stories above leave in the shade of a row further left.
std::vector<Story> further_stories() {
  auto const pending_at_the_end = [](Payload application) {
    return [application](Scene& scene) {
      scene.decide(plain_dispatch());
      scene.act(application, 1);
      call_back_unhappy(scene);
    };
  };
  auto const assisting = [](CaseKind kind) {
    return [kind](Scene& scene) {
      auto dispatch = plain_dispatch(kind);
      dispatch.lead = false;
      scene.decide(dispatch);
      scene.act(reached());
    };
  };
  return {{"extension_pending", pending_at_the_end(extension(3))},
          {"special_pending", pending_at_the_end(SpecialApplication{9})},
          {"return_pending", pending_at_the_end(not_ours())},
          {"assisting", assisting(CaseKind::kComplaint)},
          {"assisting", assisting(CaseKind::kConsultation)}};
}

template <class Application>
Position pending_or(std::optional<Application> const& pending, Position otherwise) {
  return pending ? pending->by.at : otherwise;
}

Position first_contact(AssignmentState const& state) {
  return state.contacts.empty() ? Position{kJournal, 900} : state.contacts.front().by.at;
}

Position any_application(AssignmentState const& state) {
  return pending_or(state.pending_extension,
                    pending_or(state.pending_special, pending_or(state.pending_return, Position{kJournal, 900})));
}

/// Well-formed entries for each move; they name what the state offers, else something that is not there.
Payload sample_act(Move move, AssignmentState const& state) {
  switch (move) {
    case Move::kAcknowledgement:
      return Acknowledgement{};
    case Move::kContactReached:
      return reached();
    case Move::kContactFailed:
      return failed();
    case Move::kContactCompletes:
      return completed();
    case Move::kResolution:
      return solved();
    case Move::kResolutionUnreachable:
      return unreachable();
    case Move::kExtensionApplication:
      return extension(2);
    case Move::kReturnApplication:
      return not_ours();
    case Move::kSpecialApplication:
      return SpecialApplication{9};
    case Move::kNote:
      return Note{};
    case Move::kStaffAssignment:
      return StaffAssignment{StaffId{4}, {}};
    case Move::kCorrection:
      return Correction{first_contact(state), ContactOutcome::kWrongNumber};
    case Move::kWithdrawal:
      return Withdrawal{any_application(state)};
    case Move::kUnmasking:
      return Unmasking{};
    case Move::kEvidence:
      return EvidenceExport{{{true, kJournal, 1}}};
    case Move::kUnitWide:
      return Anomaly{AnomalyKind::kReboot, 0};
    default:
      return UnknownPayload{};
  }
}

Payload sample_decision(Move move, AssignmentState const& state) {
  Position const nothing{kJournal, 900};
  switch (move) {
    case Move::kDispatch:
      return plain_dispatch();
    case Move::kTakeBack:
      return TakeBack{};
    case Move::kExtensionDecision:
      return ExtensionDecision{pending_or(state.pending_extension, nothing), true, 2};
    case Move::kReturnDecision:
      return ReturnDecision{pending_or(state.pending_return, nothing), false, false};
    case Move::kSpecialDecision:
      return SpecialDecision{pending_or(state.pending_special, nothing), true, 9};
    case Move::kUnreachableDecision:
      return UnreachableDecision{state.resolution ? state.resolution->by.at : nothing, true};
    case Move::kRefusal:
      return RefusalOfAct{nothing, "ruled"};
    case Move::kConflict:
      return Conflict{nothing};
    case Move::kSettlement:
      return Settlement{nothing, true};
    case Move::kSetAside:
      return SetAside{nothing, "unknown_kind"};
    case Move::kAdopt:
      return Adopt{nothing};
    case Move::kCallBack:
      return happy();
    case Move::kSupervisionNote:
      return SupervisionNote{SupervisionGround::kPerfunctory, false};
    case Move::kPause:
      return Pause{};
    case Move::kResume:
      return Resume{};
    case Move::kRedo:
      return Redo{AssignmentId{8}};
    case Move::kClose:
      return Close{};
    case Move::kRedact:
      return Redact{{kFeed, 1}, false};
    case Move::kCaseUpdate:
      return CaseUpdate{};
    case Move::kTimeRuling:
      return TimeRuling{first_contact(state), ClockKind::kContact, true};
    default:
      return UnknownPayload{};
  }
}

bool is_act_move(Move move) {
  return move <= Move::kUnmasking || move == Move::kEvidence || move == Move::kUnitWide || move == Move::kUnknown;
}

Payload sample(Move move, AssignmentState const& state) {
  return is_act_move(move) ? sample_act(move, state) : sample_decision(move, state);
}

/// What a guard answers to the sample where the state does not offer what it names.
std::string missing(Move move, AssignmentState const& state) {
  switch (move) {
    case Move::kResolutionUnreachable:
      return "attempts_missing";
    case Move::kCorrection:
      return state.contacts.empty() ? "unknown_act" : "";
    case Move::kWithdrawal:
      return any_application(state).seq == 900 ? "no_pending_application" : "";
    case Move::kTimeRuling:
      return state.contacts.empty() ? "unknown_act" : "";
    case Move::kSettlement:
      return "no_conflict";
    case Move::kAdopt:
      return "not_set_aside";
    default:
      return "";
  }
}

std::vector<std::string> names_of(Situation const& situation) {
  std::vector<std::string> names;
  for (auto const row : situation) names.emplace_back(name_of(row));
  return names;
}

/// The facts alone: what is said about entries without effect is no fact of the assignment.
AssignmentState facts(AssignmentState state) {
  state.acts.clear();
  state.idle_entries.clear();
  return state;
}

/// One move in one story, with what the sheet says about it.
struct Step {
  Scene scene;
  AssignmentState state;
  Move move{};
  std::string said;      ///< the sheet's cell
  std::string expected;  ///< the refusal's code, "" if taken
  bool act{};
};

Step step(LifecycleSheet const& sheet, Story const& story, Move move) {
  Step made;
  story.happens(made.scene);
  made.state = made.scene.state();
  made.move = move;
  made.act = is_act_move(move);
  made.said = sheet_verdict(sheet, std::string(name_of(move)), names_of(situation_of(made.state)));
  made.expected = made.said.starts_with("no:") ? made.said.substr(3) : missing(move, made.state);
  return made;
}

void both_ends_judge_as_the_sheet(Step const& made) {
  auto const now = exactly(made.scene.now());
  auto const payload = sample(made.move, made.state);
  if (!made.act) {
    auto const entry = made.scene.draft_decision(payload);
    EXPECT_EQ(code_of(judge_decision(made.state, entry, context_at(Side::kCentre, now))), made.expected);
    return;
  }
  auto act = made.scene.draft_act(payload, 1);
  if (made.move == Move::kUnknown) act.kind = static_cast<EntryKind>(40);
  EXPECT_EQ(code_of(judge(made.state, act, context_at(Side::kOffice, now))), made.expected);
  auto const judged = classify(made.state, act, context_at(Side::kCentre, now));
  EXPECT_EQ(judged.why.code, made.expected);
  auto const otherwise = made.expected.empty() ? Ruling::kAdmit : Ruling::kRefuse;
  EXPECT_EQ(judged.ruling, made.move == Move::kUnknown ? Ruling::kSetAside : otherwise);
}

void centre_answers_ignorance_of_the_end_with_a_conflict(Step const& made) {
  if (!made.act || !made.state.ending || made.move == Move::kUnitWide || made.move == Move::kUnknown) return;
  auto act = made.scene.draft_act(sample(made.move, made.state), 1);
  act.basis.seq = made.state.ending->at.seq - 1;
  auto const judged = classify(made.state, act, context_at(Side::kCentre, exactly(made.scene.now())));
  if (made.move == Move::kEvidence) {  // it touches nothing that the end has settled
    EXPECT_EQ(judged.ruling, Ruling::kAdmit);
    return;
  }
  EXPECT_EQ(judged.ruling, Ruling::kConflict);
  EXPECT_EQ(judged.why.code, "assignment_ended");
}

void fold_changes_nothing_where_the_sheet_refuses(Step made) {
  auto const before = facts(made.state);
  bool const silent = !made.expected.empty() && made.expected != "attempts_missing";
  if (!made.act) {
    auto const at = made.scene.decide(sample(made.move, made.state));
    auto const after = made.scene.state();
    if (silent) {
      EXPECT_EQ(facts(after), before);
    }
    EXPECT_EQ(std::ranges::count(after.idle_entries, at), silent ? 1 : 0);
    return;
  }
  auto const at = made.scene.act(sample(made.move, made.state), 1);
  auto after = made.scene.state();
  if (silent || made.said == "keep") {
    EXPECT_EQ(facts(after), before);
  } else {
    EXPECT_NE(facts(after), before) << "an effect must be seen";
  }
  EXPECT_EQ(after.act(at)->standing, silent ? Standing::kUnjudged : Standing::kTaken);
  made.scene.decide(UnknownPayload{});
  after = made.scene.state();
  EXPECT_EQ(after.act(at)->standing, silent ? Standing::kNoEffect : Standing::kTaken);
}

Row row_named(std::string const& name) {
  for (int row = 0; row < static_cast<int>(Row::kCount); ++row) {
    if (name_of(static_cast<Row>(row)) == name) return static_cast<Row>(row);
  }
  throw std::runtime_error("no row " + name);
}

/// The cells that decided: the row from which the sheet's refusal came.
using Decisive = std::set<std::pair<std::string, std::string>>;

void walk(LifecycleSheet const& sheet, Story const& story, Decisive& decisive) {
  for (int i = 0; i < static_cast<int>(Move::kCount); ++i) {
    auto const made = step(sheet, story, static_cast<Move>(i));
    auto const move = std::string(name_of(made.move));
    SCOPED_TRACE(story.row + " x " + move);
    auto const situation = situation_of(made.state);
    ASSERT_EQ(std::ranges::count(situation, row_named(story.row)), 1) << "the story misses its row";
    both_ends_judge_as_the_sheet(made);
    centre_answers_ignorance_of_the_end_with_a_conflict(made);
    fold_changes_nothing_where_the_sheet_refuses(made);
    for (auto const& row : names_of(situation)) {
      if (!sheet.cells.at(move).at(row).starts_with("no:")) continue;
      decisive.emplace(row, move);
      break;
    }
  }
}

TEST(LifecycleWalk, EveryCellHoldsAtBothEndsAndInTheFold) {
  auto const sheet = read_lifecycle_sheet();
  auto all = stories();
  ASSERT_EQ(all.size(), kRowCount);
  for (std::size_t row = 0; row < kRowCount; ++row) ASSERT_EQ(all[row].row, sheet.rows[row]);
  std::ranges::copy(further_stories(), std::back_inserter(all));
  Decisive decisive;
  for (auto const& story : all) walk(sheet, story, decisive);
  int refusing = 0;
  for (auto const& [move, cells] : sheet.cells) {
    for (auto const& [row, cell] : cells) {
      if (!cell.starts_with("no:")) continue;
      ++refusing;
      EXPECT_TRUE(decisive.contains({row, move})) << "no story shows that " << row << " refuses " << move;
    }
  }
  std::cout << all.size() * kMoveCount << " cells walked, " << refusing << " refusals each seen alone\n";
}

TEST(LifecycleWalk, EverySampleIsTheMoveItIsNamedAfter) {
  for (int move = 0; move < static_cast<int>(Move::kCount); ++move) {
    Skeleton entry;
    entry.payload = sample(static_cast<Move>(move), AssignmentState{});
    EXPECT_EQ(move_of(entry), static_cast<Move>(move));
  }
}

}  // namespace
}  // namespace fieldnode::rules
