#include "node/lists/unit_assessment.h"

#include <fmt/format.h>

#include <algorithm>

#include "node/lists/readable.h"

namespace fieldnode::lists {
namespace {

using wire::ListKind;

/// Reads what the entries say that the fold has named.
class Words {
 public:
  explicit Words(EntryLists& lists) : lists_(lists) {}

  [[nodiscard]] std::optional<StoredEntry> held(ListKind list, Position at) { return lists_.entry_at(list, at); }

  [[nodiscard]] Saying at(ListKind list, Position place) {
    auto const stored = held(list, place);
    if (!stored) throw BrokenWorld(fmt::format("entry {} of a list is named by the fold but not held", place.seq));
    return said_in(*stored);
  }

  [[nodiscard]] static Saying said_in(StoredEntry const& stored) {
    return {stored.at, stored.skeleton.staff, stored.skeleton.time, body_of(stored)};
  }

 private:
  EntryLists& lists_;
};

VetoStory story_of(rules::VetoFact const& fact, Words& words) {
  VetoStory story{fact, words.at(ListKind::kFeed, fact.by), {}, {}, {}, {}};
  if (auto const cause = words.held(ListKind::kFeed, fact.veto.cause)) {
    story.cause = Words::said_in(*cause);
    auto const* const note = std::get_if<rules::SupervisionNote>(&cause->skeleton.payload);
    if (note != nullptr) story.ground = note->ground;
  }
  for (auto const& step : fact.steps) story.steps.push_back(words.at(ListKind::kFeed, step.by));
  for (auto const& contest : fact.contests) story.contests.push_back(words.at(ListKind::kJournal, contest.at));
  return story;
}

PublishedAssessment published(rules::PublicationFact const& fact, Words& words) {
  auto const said = words.at(ListKind::kFeed, fact.by);
  return {fact, said.staff, said.words.text(wire::TextTag::kDocument), said.words.text(wire::TextTag::kReason)};
}

std::vector<NoteLine> notes_of(rules::UnitState const& unit, rules::Period const& period, Words& words) {
  std::vector<NoteLine> notes;
  auto const add = [&](AssignmentId assignment, rules::SupervisionFact const& fact) {
    auto const at = fact.by.time.estimate;
    if (at < period.from || at >= period.until) return;
    notes.push_back({assignment, fact.note, words.at(ListKind::kFeed, fact.by.at)});
  };
  for (auto const& fact : unit.supervision) add({}, fact);
  for (auto const& [id, state] : unit.assignments) {
    for (auto const& fact : state.supervision) add(id, fact);
  }
  std::ranges::stable_sort(notes, {}, [](NoteLine const& line) { return line.said.time.estimate; });
  return notes;
}

}  // namespace

UnitAssessment assess_unit(EntryLists& lists, rules::Witness& witness, rules::RuleShelf const& rules,
                           AssessmentOrder const& order) {
  auto const unit = lists.replay({}, {});
  UnitAssessment assessment;
  assessment.figures = rules::assess(unit, {.period = order.period,
                                            .now = order.now,
                                            .outage_excuses = rules.current()->policy.outage_excuses,
                                            .verdicts =
                                                [&](rules::AssignmentState const& state) {
                                                  return rules::verdict_context(state, unit, rules, witness);
                                                },
                                            .each = order.each});
  Words words(lists);
  for (auto const& veto : assessment.figures.vetoes) assessment.vetoes.push_back(story_of(veto, words));
  for (auto const& fact : unit.publications) {
    if (fact.publication.period == order.period) assessment.publications.push_back(published(fact, words));
  }
  assessment.notes = notes_of(unit, order.period, words);
  for (auto const& change : lists.unit_entries(ListKind::kJournal, rules::EntryKind::kStaffChange)) {
    auto const who = std::get<rules::StaffChange>(change.skeleton.payload).who;
    assessment.staff[who] = Words::said_in(change).words.text(wire::TextTag::kName);
  }
  return assessment;
}

}  // namespace fieldnode::lists
