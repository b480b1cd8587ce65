#include "node/office/assignment_views.h"

#include <algorithm>
#include <boost/json/parse.hpp>

#include "node/web/views.h"
#include "node/web/words_json.h"
#include "sync/rules/clocks.h"
#include "sync/rules/refusals.h"

namespace fieldnode::office {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;
using rules::EntryKind;

std::string name_of(StaffNames const& names, StaffId id) {
  auto const found = names.find(id);
  return found == names.end() ? std::string() : found->second;
}

value due_view(std::optional<PressingDue> const& due, TimeInterval now) {
  if (!due) return nullptr;
  auto const overdue = due->due ? rules::is_after(now, *due->due) : rules::Certainty::kNo;
  return object{
      {"clock", web::word_of(due->clock)},          {"due", due->due ? value(web::moment(*due->due)) : value(nullptr)},
      {"state", web::word_of(due->state)},          {"provisional", due->provisional},
      {"started_at", web::moment(due->started_at)}, {"overdue", web::word_of(overdue)}};
}

wire::Body body_of(wire::EncodedEntry const& entry) {
  auto const form = entry.body.form;
  if (form == wire::PartForm::kEmpty || form == wire::PartForm::kErased) return {};
  auto body = wire::decode_body(entry.body.bytes);
  if (!body) throw BrokenWorld("a stored body does not decode: " + body.error().sentence);
  return std::move(*body);
}

wire::ContactData contact_of(wire::EncodedEntry const& entry) {
  auto const form = entry.contact.form;
  if (form == wire::PartForm::kEmpty || form == wire::PartForm::kErased) return {};
  auto contact = wire::decode_contact(entry.contact.bytes);
  if (!contact) throw BrokenWorld("stored contact data does not decode: " + contact.error().sentence);
  return std::move(*contact);
}

object act_item(AssignmentFile const& file, ActInFile const& act, StaffNames const& names) {
  auto const& skeleton = act.entry.skeleton;
  auto const* record = file.state.act(act.entry.at);
  web::ItemFacts facts{
      .staff_name = name_of(names, skeleton.staff), .truth = {}, .receipt = act.coverage.receipt_number};
  if (record != nullptr) facts.truth = word_of(truth_of(*record, act.coverage.delivery));
  return web::item_view(act.entry.at, skeleton, body_of(act.entry.entry), record, facts);
}

/// Feed entries and acts in the one order that both ends agree on.
array timeline_of(AssignmentFile const& file, StaffNames const& names) {
  array timeline;
  auto act = file.acts.begin();
  for (auto const& entry : file.feed) {
    for (; act != file.acts.end() && file.journals.covers(entry.skeleton.basis, act->entry.at); ++act) {
      timeline.push_back(act_item(file, *act, names));
    }
    timeline.push_back(web::item_view(entry.at, entry.skeleton, body_of(entry.entry), nullptr, {}));
  }
  for (; act != file.acts.end(); ++act) timeline.push_back(act_item(file, *act, names));
  return timeline;
}

/// The words of the dispatch, changed by later updates of the case.
wire::Body words_of(AssignmentFile const& file) {
  wire::Body words;
  for (auto const& entry : file.feed) {
    if (entry.skeleton.kind != EntryKind::kDispatch && entry.skeleton.kind != EntryKind::kCaseUpdate) continue;
    for (auto& field : body_of(entry.entry).texts) {
      std::erase_if(words.texts, [&](auto const& known) { return known.tag == field.tag; });
      words.texts.push_back(std::move(field));
    }
  }
  return words;
}

value source_facts(wire::Body const& words) {
  auto const text = words.text(wire::TextTag::kSource);
  boost::system::error_code error;
  auto facts = boost::json::parse(text.empty() ? "{}" : text, error);
  return error ? value(object{}) : facts;
}

void add_what_may_be_done(object& view, Permissions const& permissions) {
  array allowed;
  for (auto const kind : permissions.allowed) allowed.push_back(value(web::word_of(kind)));
  object refused;
  for (auto const& [kind, code] : permissions.refused) {
    auto const text = rules::refusal_text(code);
    refused[web::word_of(kind)] =
        object{{"code", code}, {"sentence", object{{"zh", text ? text->zh : code}, {"en", text ? text->en : code}}}};
  }
  view["allowed"] = std::move(allowed);
  view["refused"] = std::move(refused);
}

}  // namespace

object summary_view(AssignmentRow const& row, Progress const& progress, TimeInterval now, StaffNames const& names) {
  auto const truth = truth_of(row, progress);
  object view{{"id", std::to_string(row.id.value)},
              {"number", row.number},
              {"title", row.title},
              {"place", row.place},
              {"category", web::word_of(row.category)},
              {"kind", web::word_of(row.kind)},
              {"urgent", row.urgent},
              {"stage", web::word_of(row.stage)},
              {"dispatched_at", web::moment(row.dispatched_at)},
              {"due", due_view(row.due, now)},
              {"truth", truth ? value(word_of(*truth)) : value(nullptr)},
              {"assigned_to", nullptr}};
  if (row.staff)
    view["assigned_to"] = object{{"id", std::to_string(row.staff.value)}, {"name", name_of(names, row.staff)}};
  return view;
}

object assignment_view(AssignmentFile const& file, Desk& desk, rules::RuleBook const& book, TimeInterval now,
                       StaffNames const& names) {
  auto view = summary_view(file.row, file.progress, now, names);
  auto const words = words_of(file);
  view["text"] = words.text(wire::TextTag::kText);
  view["source_facts"] = source_facts(words);
  view["acknowledged"] = file.state.acknowledged.has_value();
  view["contact"] = file.feed.empty() ? object{} : web::masked_contact(contact_of(file.feed.front().entry));
  view["clocks"] = web::clock_views(file.state, book, now);
  add_what_may_be_done(view, desk.permissions(file.state));
  view["timeline"] = timeline_of(file, names);
  return view;
}

value act_view(AssignmentFile const& file, Position at, StaffNames const& names) {
  auto const found =
      std::find_if(file.acts.begin(), file.acts.end(), [&](auto const& act) { return act.entry.at == at; });
  return found == file.acts.end() ? value(nullptr) : value(act_item(file, *found, names));
}

}  // namespace fieldnode::office
