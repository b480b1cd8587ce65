#include "node/web/views.h"

#include <fmt/format.h>

#include <algorithm>

#include "node/web/attachment_form.h"
#include "node/web/payload_view.h"
#include "node/web/verdict_view.h"
#include "node/web/words_json.h"
#include "sync/rules/civil.h"
#include "sync/rules/limit.h"
#include "sync/rules/refusals.h"

namespace fieldnode::web {
namespace {

using boost::json::object;
using boost::json::value;

value moment_or_null(std::optional<UtcTime> t) { return t ? value(moment(*t)) : value(nullptr); }

object limit_view(rules::LimitDue const& limit) {
  object view{{"limit", rules::format_limit({limit.limit.count, limit.limit.unit})},
              {"source", word_of(limit.source)},
              {"statute", limit.limit.statute},
              {"due", nullptr}};
  if (limit.due) {
    view["due"] = moment(limit.due->at);
    view["last_day"] = rules::format_day(limit.due->last_day);
    view["provisional"] = limit.due->provisional;
  }
  return view;
}

object reason_view(rules::Reason const& reason) {
  object view{{"code", reason.code}};
  if (reason.to.empty()) {
    view["date"] = reason.from;
  } else {
    view["from"] = reason.from;
    view["to"] = reason.to;
  }
  view["text"] = object{{"zh", reason.zh}, {"en", reason.en}};
  return view;
}

bool presses_sooner(rules::DeadlineClock const& clock, rules::DeadlineClock const* than) {
  if (clock.kind == rules::ClockKind::kReturn) return false;  // a right that lapses presses nobody
  if (clock.state == rules::ClockState::kPaused) return than == nullptr;
  if (clock.state != rules::ClockState::kRunning || !clock.due()) return false;
  return than == nullptr || than->state == rules::ClockState::kPaused || *clock.due() < *than->due();
}

/// Characters of UTF-8, not bytes.
std::vector<std::string_view> characters_of(std::string_view text) {
  std::vector<std::string_view> characters;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = begin + 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
    characters.push_back(text.substr(begin, end - begin));
    begin = end;
  }
  return characters;
}

std::string keep(std::string_view text, std::size_t head, std::size_t tail, std::string_view stars) {
  auto const characters = characters_of(text);
  if (characters.size() <= head + tail) return std::string(stars);
  std::string result;
  for (std::size_t i = 0; i < head; ++i) result += characters[i];
  result += stars;
  for (std::size_t i = characters.size() - tail; i < characters.size(); ++i) result += characters[i];
  return result;
}

}  // namespace

std::string moment(UtcTime t) {
  std::string text = rules::format_moment(t);
  auto const fraction = t - std::chrono::floor<std::chrono::seconds>(t);
  if (fraction.count() != 0) text.insert(text.size() - 6, fmt::format(".{:03}", fraction.count()));
  return text;
}

object time_view(rules::TimeEvidence const& time) {
  return {{"earliest", moment(time.interval.earliest)},
          {"latest", moment_or_null(time.interval.latest)},
          {"estimate", moment(time.estimate)},
          {"class", word_of(time.clock_class)}};
}

object interval_view(TimeInterval const& interval) {
  return {{"earliest", moment(interval.earliest)}, {"latest", moment_or_null(interval.latest)}};
}

object position_view(Position at) {
  return {{"epoch", std::to_string(at.epoch.value)}, {"seq", std::to_string(at.seq)}};
}

object clock_view(rules::DeadlineClock const& clock, TimeInterval now) {
  object view{{"clock", word_of(clock.kind)},
              {"state", word_of(clock.state)},
              {"started_at", moment(clock.started_at)},
              {"due", moment_or_null(clock.due())},
              {"extension_pending", clock.extension_pending},
              {"awaits_confirmation", clock.awaits_confirmation},
              {"met_at", clock.met_by ? value(time_view(clock.met_by->time)) : value(nullptr)},
              {"ended_at", moment_or_null(clock.ended_at)},
              {"overdue", word_of(rules::is_overdue(clock, now))}};
  boost::json::array limits;
  for (auto const& limit : clock.limits) limits.push_back(limit_view(limit));
  if (!clock.limits.empty()) {
    for (auto const& [key, shown] : limits.front().get_object()) view[key] = shown;
  }
  view["limits"] = std::move(limits);
  return view;
}

boost::json::array clock_views(rules::AssignmentState const& state, rules::RuleBook const& book, TimeInterval now,
                               std::span<rules::ClockVerdict const> verdicts) {
  boost::json::array views;
  auto const clocks = rules::clocks_of(state, book.policy, book.calendar);
  if (!clocks) return views;
  for (auto const& clock : *clocks) {
    auto view = clock_view(clock, now);
    boost::json::array reasons;
    for (auto const& reason : rules::reasons_of(state, clock, book.policy, book.calendar)) {
      reasons.push_back(reason_view(reason));
    }
    view["reasons"] = std::move(reasons);
    auto const verdict = std::ranges::find(verdicts, clock.kind, &rules::ClockVerdict::kind);
    view["verdict"] = verdict == verdicts.end() ? value(nullptr) : verdict_view(*verdict);
    views.push_back(std::move(view));
  }
  return views;
}

value pressing_due_view(rules::AssignmentState const& state, rules::RuleBook const& book, TimeInterval now) {
  auto const clocks = rules::clocks_of(state, book.policy, book.calendar);
  if (!clocks) return nullptr;
  rules::DeadlineClock const* first = nullptr;
  for (auto const& clock : *clocks) {
    if (presses_sooner(clock, first)) first = &clock;
  }
  if (first == nullptr) return nullptr;
  bool const provisional = first->due() && first->limits.front().due && first->limits.front().due->provisional;
  return object{{"clock", word_of(first->kind)},           {"due", moment_or_null(first->due())},
                {"state", word_of(first->state)},          {"provisional", provisional},
                {"started_at", moment(first->started_at)}, {"overdue", word_of(rules::is_overdue(*first, now))}};
}

object item_view(Position at, rules::Skeleton const& skeleton, wire::Body const& body, rules::ActRecord const* record,
                 ItemFacts const& facts) {
  object texts;
  for (auto const& field : body.texts) {
    auto const name = word_of(field.tag);
    if (!name.empty()) texts[name] = field.text;
  }
  object view{{"list", rules::is_act(skeleton.kind) ? "act" : "entry"},
              {"epoch", std::to_string(at.epoch.value)},
              {"seq", std::to_string(at.seq)},
              {"kind", word_of(skeleton.kind)},
              {"staff", nullptr},
              {"time", time_view(skeleton.time)},
              {"fields", payload_view(skeleton.payload)},
              {"texts", std::move(texts)},
              {"attachments", attachments_view(body.blobs)},
              {"truth", facts.truth.empty() ? value(nullptr) : value(facts.truth)},
              {"receipt", facts.receipt.empty() ? value(nullptr) : value(facts.receipt)},
              {"refusal", nullptr},
              {"standing", nullptr}};
  if (skeleton.staff) view["staff"] = object{{"id", std::to_string(skeleton.staff.value)}, {"name", facts.staff_name}};
  if (record == nullptr) return view;
  view["standing"] = word_of(record->standing);
  if (record->code.empty()) return view;
  auto const text = rules::refusal_text(record->code);
  view["refusal"] =
      object{{"code", record->code},
             {"sentence", object{{"zh", text ? text->zh : record->code}, {"en", text ? text->en : record->code}}}};
  return view;
}

std::string masked(wire::ContactTag tag, std::string_view text) {
  if (text.empty()) return {};
  switch (tag) {
    case wire::ContactTag::kTelephone:
    case wire::ContactTag::kNumberUsed:
      return keep(text, 3, 4, "****");
    case wire::ContactTag::kAddress:
      return keep(text, 3, 0, "***");
    default:
      return keep(text, 1, 0, "**");
  }
}

object masked_contact(wire::ContactData const& contact) {
  object view{{"name_masked", ""}, {"telephone_masked", ""}, {"address_masked", ""}};
  for (auto const& field : contact.fields) {
    if (field.tag == wire::ContactTag::kName) view["name_masked"] = masked(field.tag, field.text);
    if (field.tag == wire::ContactTag::kTelephone) view["telephone_masked"] = masked(field.tag, field.text);
    if (field.tag == wire::ContactTag::kAddress) view["address_masked"] = masked(field.tag, field.text);
  }
  return view;
}

object clear_contact(wire::ContactData const& contact) {
  object view{{"name", ""}, {"telephone", ""}, {"address", ""}};
  for (auto const& field : contact.fields) {
    if (field.tag == wire::ContactTag::kName) view["name"] = field.text;
    if (field.tag == wire::ContactTag::kTelephone) view["telephone"] = field.text;
    if (field.tag == wire::ContactTag::kAddress) view["address"] = field.text;
  }
  return view;
}

}  // namespace fieldnode::web
