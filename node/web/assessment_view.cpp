#include "node/web/assessment_view.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "node/web/verdict_view.h"
#include "node/web/views.h"
#include "node/web/words_json.h"

namespace fieldnode::web {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;
using rules::ClockKind;

object clock_figures(rules::CellCounts const& counts, bool outage_excuses) {
  object cells;
  for (std::size_t i = 0; i < counts.size(); ++i) cells[rules::name_of(static_cast<rules::ClockCell>(i))] = counts[i];
  auto const sums = rules::sums_of(counts, outage_excuses);
  return {{"cells", std::move(cells)}, {"total", rules::total_of(counts)},  {"judged", sums.judged},
          {"in_time", sums.in_time},   {"undetermined", sums.undetermined}, {"late", sums.late},
          {"excused", sums.excused}};
}

object application_figures(rules::ApplicationCounts const& counts) {
  return {{"asked", counts.asked},     {"granted", counts.granted},     {"denied", counts.denied},
          {"pending", counts.pending}, {"withdrawn", counts.withdrawn}, {"void_by_end", counts.void_by_end}};
}

object degree_figures(std::array<std::uint32_t, 4> const& counts) {
  return {{"yes", counts[1]}, {"partly", counts[2]}, {"no", counts[3]}, {"unsaid", counts[0]}};
}

object ground_figures(rules::GroundCounts const& counts) {
  object grounds;
  for (std::size_t i = 1; i < counts.size(); ++i) {
    grounds[word_of(static_cast<rules::SupervisionGround>(i))] = counts[i];
  }
  return grounds;
}

std::string_view word_of_state(rules::VetoState state) {
  switch (state) {
    case rules::VetoState::kStands:
      return "stands";
    case rules::VetoState::kContested:
      return "contested";
    case rules::VetoState::kWithdrawn:
      return "withdrawn";
  }
  return {};
}

object staff_of(StaffId id, std::function<std::string(StaffId)> const& name_of) {
  return {{"id", std::to_string(id.value)}, {"name", name_of(id)}};
}

object texts_of(wire::Body const& body) {
  object texts;
  for (auto const& field : body.texts) {
    if (auto const name = word_of(field.tag); !name.empty()) texts[name] = field.text;
  }
  return texts;
}

/// Numbers and truths by their path, in the order of the text.
void flatten(value const& node, std::string const& path, std::vector<std::pair<std::string, value>>& out) {
  if (auto const* const members = node.if_object()) {
    for (auto const& [key, member] : *members) {
      flatten(member, path.empty() ? std::string(key) : path + "." + std::string(key), out);
    }
  } else if (!node.is_array()) {
    out.emplace_back(path, node);
  }
}

object parsed(std::string_view text) {
  boost::system::error_code broken;
  auto snapshot = boost::json::parse(text, broken);
  if (broken || !snapshot.is_object()) throw BrokenWorld("a published assessment is no snapshot");
  return std::move(snapshot.get_object());
}

array const& list_in(object const& snapshot, std::string_view name) {
  static array const kNone;
  auto const* const found = snapshot.if_contains(name);
  return found != nullptr && found->is_array() ? found->get_array() : kNone;
}

array only_in(array const& one, array const& other) {
  array missing;
  for (auto const& element : one) {
    if (std::ranges::find(other, element) == other.end()) missing.push_back(element);
  }
  return missing;
}

constexpr std::size_t kBreachesMost = 1'000;

}  // namespace

object period_view(rules::Period const& period) {
  return {{"from", moment(period.from)}, {"until", moment(period.until)}};
}

object figures_view(rules::Assessment const& figures) {
  object clocks;
  for (auto const kind : {ClockKind::kAcknowledge, ClockKind::kContact, ClockKind::kReturn, ClockKind::kResolve}) {
    clocks[word_of(kind)] = clock_figures(figures.of(kind), figures.outage_excuses);
  }
  array vetoes;
  for (auto const& veto : figures.vetoes) {
    vetoes.push_back(object{{"veto", position_view(veto.by)}, {"state", word_of_state(rules::state_of(veto))}});
  }
  array outages;
  for (auto const& span : figures.outages) {
    outages.push_back(object{{"from", moment(span.from)}, {"until", moment(span.until)}});
  }
  return {{"dispatched", figures.dispatched},
          {"outside_calendar", figures.outside_calendar},
          {"outage_excuses", figures.outage_excuses},
          {"clocks", std::move(clocks)},
          {"extensions", application_figures(figures.extensions)},
          {"specials", application_figures(figures.specials)},
          {"returns", application_figures(figures.returns)},
          {"satisfaction", object{{"satisfied", degree_figures(figures.satisfaction.satisfied)},
                                  {"solved", degree_figures(figures.satisfaction.solved)},
                                  {"not_reached", figures.satisfaction.not_reached}}},
          {"supervision",
           object{{"assignments", ground_figures(figures.on_assignments)}, {"unit", ground_figures(figures.on_unit)}}},
          {"vetoed", figures.vetoed()},
          {"vetoes", std::move(vetoes)},
          {"outages", std::move(outages)}};
}

bool is_breach(rules::ClockLine const& line) {
  using rules::ClockCell;
  return line.cell >= ClockCell::kRuledLate && line.cell <= ClockCell::kOnDeliveryOutage;
}

std::string snapshot_text(rules::Assessment const& figures, std::span<rules::ClockLine const> breaches) {
  object snapshot{{"figures", figures_view(figures)}, {"breach_count", breaches.size()}};
  array named;
  for (auto const& line : breaches) {
    if (breaches.size() > kBreachesMost) break;
    named.push_back(object{{"assignment", std::to_string(line.assignment.value)},
                           {"clock", word_of(line.verdict.kind)},
                           {"cell", rules::name_of(line.cell)}});
  }
  snapshot["breaches"] = std::move(named);
  return boost::json::serialize(snapshot);
}

object changes_view(std::string_view before, std::string_view after) {
  auto const old_snapshot = parsed(before);
  auto const new_snapshot = parsed(after);
  std::vector<std::pair<std::string, value>> old_figures;
  std::vector<std::pair<std::string, value>> new_figures;
  flatten(old_snapshot.at("figures"), {}, old_figures);
  flatten(new_snapshot.at("figures"), {}, new_figures);
  array figures;
  for (auto const& [path, now] : new_figures) {
    auto const then = std::ranges::find(old_figures, path, [](auto const& figure) { return figure.first; });
    auto const was = then == old_figures.end() ? value(nullptr) : then->second;
    if (was != now) figures.push_back(object{{"path", path}, {"before", was}, {"after", now}});
  }
  auto const& old_breaches = list_in(old_snapshot, "breaches");
  auto const& new_breaches = list_in(new_snapshot, "breaches");
  return {{"figures", std::move(figures)},
          {"withdrawn", only_in(old_breaches, new_breaches)},
          {"added", only_in(new_breaches, old_breaches)}};
}

object clock_line_view(rules::ClockLine const& line) {
  auto const& due = line.due_without_outages;
  return {{"assignment", std::to_string(line.assignment.value)},
          {"clock", word_of(line.verdict.kind)},
          {"cell", rules::name_of(line.cell)},
          {"due", line.verdict.due ? value(moment(*line.verdict.due)) : value(nullptr)},
          {"due_without_outages", due ? value(moment(*due)) : value(nullptr)},
          {"act_at", line.verdict.act ? value(time_view(line.verdict.act->time)) : value(nullptr)},
          {"verdict", verdict_view(line.verdict)}};
}

object veto_view(lists::VetoStory const& story, SpeakerNames const& names) {
  array steps;
  for (std::size_t i = 0; i < story.steps.size(); ++i) {
    steps.push_back(object{{"at", position_view(story.steps[i].at)},
                           {"move", word_of(story.fact.steps[i].move)},
                           {"made_at", moment(story.fact.steps[i].at)},
                           {"staff", staff_of(story.steps[i].staff, names.centre)},
                           {"texts", texts_of(story.steps[i].words)}});
  }
  array contests;
  for (auto const& contest : story.contests) {
    contests.push_back(object{{"at", position_view(contest.at)},
                              {"time", time_view(contest.time)},
                              {"staff", staff_of(contest.staff, names.unit)},
                              {"texts", texts_of(contest.words)}});
  }
  return {{"at", position_view(story.fact.by)},
          {"made_at", moment(story.fact.at)},
          {"state", word_of_state(rules::state_of(story.fact))},
          {"period", period_view(story.fact.veto.period)},
          {"first", staff_of(story.fact.first, names.centre)},
          {"second", staff_of(story.fact.veto.second, names.centre)},
          {"texts", texts_of(story.veto.words)},
          {"cause", object{{"at", position_view(story.fact.veto.cause)},
                           {"ground", word_of(story.ground)},
                           {"texts", texts_of(story.cause.words)}}},
          {"steps", std::move(steps)},
          {"contests", std::move(contests)}};
}

object note_view(lists::NoteLine const& note, SpeakerNames const& names) {
  return {{"at", position_view(note.said.at)},
          {"made_at", moment(note.said.time.estimate)},
          {"assignment", note.assignment ? value(std::to_string(note.assignment.value)) : value(nullptr)},
          {"ground", word_of(note.note.ground)},
          {"staff", staff_of(note.said.staff, names.centre)},
          {"texts", texts_of(note.said.words)}};
}

array publication_views(std::span<lists::PublishedAssessment const> publications, std::string_view current,
                        SpeakerNames const& names) {
  array views;
  for (std::size_t i = 0; i < publications.size(); ++i) {
    auto const& one = publications[i];
    auto const snapshot = parsed(one.figures);
    bool const is_last = i + 1 == publications.size();
    views.push_back(object{
        {"at", position_view(one.fact.by)},
        {"made_at", moment(one.fact.at)},
        {"staff", staff_of(one.staff, names.centre)},
        {"corrects",
         one.fact.publication.corrects.seq == 0 ? value(nullptr) : value(position_view(one.fact.publication.corrects))},
        {"reason", one.reason},
        {"figures", snapshot.at("figures")},
        {"breach_count", snapshot.at("breach_count")},
        {"since_before", i == 0 ? value(nullptr) : value(changes_view(publications[i - 1].figures, one.figures))},
        {"until_now", is_last ? value(changes_view(one.figures, current)) : value(nullptr)}});
  }
  return views;
}

object assessment_view(lists::UnitAssessment const& assessment, std::string_view current, SpeakerNames const& names) {
  array vetoes;
  for (auto const& story : assessment.vetoes) vetoes.push_back(veto_view(story, names));
  array notes;
  for (auto const& note : assessment.notes) notes.push_back(note_view(note, names));
  auto const& published = assessment.publications;
  return {{"figures", figures_view(assessment.figures)},
          {"vetoes", std::move(vetoes)},
          {"notes", std::move(notes)},
          {"publications", publication_views(published, current, names)},
          {"changed", !published.empty() && published.back().figures != current}};
}

}  // namespace fieldnode::web
