#include "node/office/assignment_view.h"

#include <algorithm>
#include <boost/json/parse.hpp>

#include "node/lists/carried_entry.h"
#include "node/lists/readable.h"
#include "node/web/answers.h"
#include "node/web/views.h"
#include "node/web/words_json.h"
#include "sync/rules/clocks.h"

namespace fieldnode::office {
namespace {

namespace json = boost::json;
using rules::EntryKind;
using web::word_of;

json::value due_view(std::optional<PressingDue> const& due, TimeInterval now) {
  if (!due) return nullptr;
  bool const runs = due->due && due->state == rules::ClockState::kRunning && !due->held;
  auto const overdue = runs ? rules::is_after(now, *due->due) : rules::Certainty::kNo;
  return json::object{{"clock", word_of(due->clock)},
                      {"due", due->due ? json::value(web::moment(*due->due)) : json::value(nullptr)},
                      {"state", word_of(due->state)},
                      {"provisional", due->provisional},
                      {"started_at", web::moment(due->started_at)},
                      {"overdue", word_of(overdue)}};
}

/// What the centre says of the case: the newest word for each tag, the newest contact data.
struct CaseWords {
  std::string text;
  std::string source;
  wire::ContactData contact;
};

CaseWords words_of(AssignmentFile const& file) {
  CaseWords words;
  for (auto const& stored : file.feed) {
    auto const kind = stored.skeleton.kind;
    if (kind == EntryKind::kAdopt) continue;  // the words are those of the act that it rules in
    if (auto contact = contact_of(stored); !contact.fields.empty()) words.contact = std::move(contact);
    if (kind != EntryKind::kDispatch && kind != EntryKind::kCaseUpdate) continue;
    auto const body = body_of(stored);
    if (auto text = body.text(wire::TextTag::kText); !text.empty()) words.text = std::move(text);
    if (auto source = body.text(wire::TextTag::kSource); !source.empty()) words.source = std::move(source);
  }
  return words;
}

json::object source_facts(std::string_view text) {
  boost::system::error_code broken;
  auto value = text.empty() ? json::value(json::object()) : json::parse(text, broken);
  if (broken || !value.is_object()) return {{"text", text}};
  return std::move(value.get_object());
}

/// After a take-back nobody here has business with the citizen any more.
bool hides_contact(AssignmentFile const& file) {
  return file.state.stage() == rules::Stage::kTakenBack || file.state.stage() == rules::Stage::kReturned;
}

json::object contact_view(AssignmentFile const& file, wire::ContactData const& contact) {
  return web::masked_contact(hides_contact(file) ? wire::ContactData{} : contact);
}

bool is_application(EntryKind kind) {
  return kind == EntryKind::kExtensionApplication || kind == EntryKind::kReturnApplication ||
         kind == EntryKind::kSpecialApplication;
}

/// What every act of a file is shown with.
struct ActScene {
  AssignmentFile const& file;
  Permissions const& permissions;
  StaffNames const& name_of;
};

json::object act_item(ActScene const& scene, ActInFile const& act) {
  auto const& stored = act.entry;
  auto const* record = scene.file.state.act(stored.at);
  auto const truth = record != nullptr ? truth_of(*record, act.coverage.delivery) : Truth::kSaved;
  auto item = web::item_view(stored.at, stored.skeleton, body_of(stored), record,
                             {.staff_name = scene.name_of(stored.skeleton.staff),
                              .truth = std::string(word_of(truth)),
                              .receipt = act.coverage.receipt_number});
  if (is_application(stored.skeleton.kind)) {
    auto const& open = scene.permissions.withdrawable;
    item["withdrawable"] = std::ranges::find(open, stored.at) != open.end();
  }
  return item;
}

/// What an entry carries is an act, and shown as one; the entry itself then says no more than that it rules it in.
void push_entry(json::array& items, ActScene const& scene, lists::StoredEntry const& stored) {
  auto carried = lists::carried_entry(stored);
  auto const words = carried ? wire::Body{} : body_of(stored);
  items.push_back(web::item_view(stored.at, stored.skeleton, words, nullptr, {}));
  if (carried) items.push_back(act_item(scene, {*std::move(carried), {Delivery::kSettled, {}}}));
}

/// In the order of the fold: each judged act before the first entry that covers it, unjudged acts last.
json::array timeline(ActScene const& scene) {
  auto const& file = scene.file;
  json::array items;
  auto act = file.acts.begin();
  for (auto const& stored : file.feed) {
    for (; act != file.acts.end() && file.journals.covers(stored.skeleton.basis, act->entry.at); ++act) {
      items.push_back(act_item(scene, *act));
    }
    push_entry(items, scene, stored);
  }
  for (; act != file.acts.end(); ++act) items.push_back(act_item(scene, *act));
  return items;
}

/// The clocks, each with the moment of the delivery where its limit had passed before: nobody here could keep it.
json::array clocks_view(AssignmentFile const& file, rules::RuleBook const& book, TimeInterval now) {
  auto views = web::clock_views(file.state, book, now, file.verdicts);
  auto const clocks = rules::clocks_of(file.state, book.policy, book.calendar);
  for (std::size_t i = 0; i < views.size(); ++i) {
    auto const due = clocks->at(i).due();
    bool const came_late = due && file.delivered_at && !rules::is_in_time(*file.delivered_at, *due);
    views[i].as_object()["arrived_late_at"] =
        came_late ? json::value(web::moment(*file.delivered_at)) : json::value(nullptr);
  }
  return views;
}

}  // namespace

json::object summary_view(AssignmentRow const& row, Progress const& progress, TimeInterval now,
                          StaffNames const& name_of) {
  auto const truth = truth_of(row, progress);
  json::object view{{"id", std::to_string(row.id.value)},
                    {"number", row.number},
                    {"title", row.title},
                    {"place", row.place},
                    {"category", word_of(row.category)},
                    {"kind", word_of(row.kind)},
                    {"urgent", row.urgent},
                    {"confidential", row.confidential},
                    {"stage", word_of(row.stage)},
                    {"dispatched_at", web::moment(row.dispatched_at)},
                    {"due", due_view(row.due, now)},
                    {"truth", truth ? json::value(word_of(*truth)) : json::value(nullptr)},
                    {"assigned_to", nullptr}};
  if (row.staff) {
    view["assigned_to"] = json::object{{"id", std::to_string(row.staff.value)}, {"name", name_of(row.staff)}};
  }
  return view;
}

json::object file_view(AssignmentFile const& file, Permissions const& permissions, rules::RuleBook const& book,
                       TimeInterval now, StaffNames const& name_of) {
  auto const words = words_of(file);
  auto view = summary_view(file.row, file.progress, now, name_of);
  view["text"] = words.text;
  view["source_facts"] = source_facts(words.source);
  view["acknowledged"] = file.state.acknowledged.has_value();
  view["contact"] = contact_view(file, words.contact);
  view["clocks"] = clocks_view(file, book, now);
  json::array allowed;
  for (auto const kind : permissions.allowed) allowed.push_back(json::value(word_of(kind)));
  view["allowed"] = std::move(allowed);
  json::object refused;
  for (auto const& [kind, why] : permissions.refused) {
    refused[word_of(kind)] = json::object{{"code", why.code}, {"sentence", web::sentence_of(why)}};
  }
  view["refused"] = std::move(refused);
  view["timeline"] = timeline({file, permissions, name_of});
  return view;
}

json::object act_view(AssignmentFile const& file, Position at, Permissions const& permissions,
                      StaffNames const& name_of) {
  auto const act = std::ranges::find(file.acts, at, [](ActInFile const& one) { return one.entry.at; });
  return act == file.acts.end() ? json::object() : act_item({file, permissions, name_of}, *act);
}

json::value unmasked_view(AssignmentFile const& file) {
  if (hides_contact(file)) return nullptr;
  return web::clear_contact(words_of(file).contact);
}

json::value notice_view(AssignmentFile const& file, lists::StoredEntry const& act) {
  bool const acknowledges = act.skeleton.kind == EntryKind::kAcknowledgement;
  if (!acknowledges || !file.state.acknowledged || file.state.acknowledged->at == act.at) return nullptr;
  auto const why = refuse("already_acknowledged",
                          "The assignment had been acknowledged before. The earlier acknowledgement counts; this one "
                          "is kept beside it and changes nothing.");
  return json::object{{"code", why.code}, {"sentence", web::sentence_of(why)}};
}

}  // namespace fieldnode::office
