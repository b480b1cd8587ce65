#include "node/central/import_record.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "node/central/dispatch.h"
#include "node/central/dispatch_desk.h"
#include "sync/crypto/hash.h"
#include "sync/rules/civil.h"

namespace fieldnode::central {
namespace {

namespace json = boost::json;

void add_fact(json::object& facts, std::string_view name, std::string_view value) {
  if (!value.empty()) facts[name] = value;
}

void add_fact(json::object& facts, std::string_view name, std::optional<UtcTime> const& at) {
  if (at) facts[name] = rules::format_moment(*at);
}

void add_point(json::object& facts, std::optional<ImportedPoint> const& point) {
  if (!point) return;
  facts["lat"] = fmt::format("{:.6f}", point->lat_e6 / 1e6);
  facts["lon"] = fmt::format("{:.6f}", point->lon_e6 / 1e6);
}

std::string flags_text(std::vector<RowFlag> const& flags) {
  std::vector<std::string_view> names;
  for (auto const flag : flags) names.push_back(name_of(flag));
  return fmt::format("{}", fmt::join(names, ", "));
}

/// A column of the source keeps its word where it has one of our names.
std::string facts_text(std::string_view system, ImportedCase const& imported) {
  json::object facts;
  add_fact(facts, "source", system);
  add_fact(facts, "external_id", imported.external_id);
  add_fact(facts, "opened_at", imported.opened_at);
  add_fact(facts, "target_at", imported.target_at);
  add_fact(facts, "closed_at", imported.closed_at);
  add_fact(facts, "channel", imported.channel);
  add_fact(facts, "unit", imported.unit_name);
  add_fact(facts, "neighbourhood", imported.place.neighbourhood);
  add_point(facts, imported.place.point);
  for (auto const& [name, value] : imported.facts) add_fact(facts, name, value);
  add_fact(facts, "flags", flags_text(imported.flags));
  return json::serialize(facts);
}

std::string place_text(ImportedPlace const& place) {
  if (!place.joined.empty()) return place.joined;
  if (place.street.empty() || place.neighbourhood.empty()) return place.street + place.neighbourhood;
  return fmt::format("{}, {}", place.street, place.neighbourhood);
}

std::string contact_text(CaseContact const& contact, wire::ContactTag tag) {
  auto const found = std::ranges::find(contact, tag, &wire::ContactField::tag);
  return found == contact.end() ? std::string() : found->text;
}

}  // namespace

ContactHashKey contact_hash_key(crypto::SealKey const& master_key) {
  return crypto::derive_under("fieldnode imported contact", master_key, {});
}

CaseSource source_of(std::string_view system, ImportedCase const& imported, ContactHashKey const& key) {
  auto const content = canonical_form(imported);
  // The id makes equal telephone numbers of two cases hash differently.
  auto const contact = canonical_form(imported.contact) + imported.external_id;
  return {.system = std::string(system),
          .external_id = imported.external_id,
          .opened_at = imported.opened_at,
          .closed_at = imported.closed_at,
          .target_at = imported.target_at,
          .facts = facts_text(system, imported),
          .content_hash = crypto::hash_under("fieldnode imported case", {bytes_of(content)}),
          .contact_hash = crypto::hmac_sha256(key, {bytes_of(contact)}),
          .is_history = imported.is_closed};
}

CaseRecord record_of(ImportedCase const& imported, CaseSource source, CaseId id, UtcTime now) {
  return {.id = id,
          .number = case_number(id, now),
          .title = imported.title,
          .text = imported.text,
          .place = place_text(imported.place),
          .category = imported.category,
          .kind = imported.kind,
          .limits = {},
          .created_at = now,
          .state = imported.is_closed ? CaseState::kClosed : CaseState::kNew,
          .source = std::move(source)};
}

CaseRecord changed_record(CaseRecord const& known, ImportedCase const& imported, CaseSource source) {
  // What the centre once gave to a unit ends by the centre's own word, not by the source's.
  source.is_history = known.source->is_history && imported.is_closed;
  source.updates = known.source->updates + 1;
  CaseRecord record = known;
  record.title = imported.title;
  record.text = imported.text;
  record.place = place_text(imported.place);
  record.category = imported.category;
  record.kind = imported.kind;
  record.source = std::move(source);
  return record;
}

CaseContact contact_of(ImportedContact const& contact) {
  CaseContact fields;
  auto const add = [&fields](wire::ContactTag tag, std::string const& text) {
    if (!text.empty()) fields.push_back({tag, text});
  };
  add(wire::ContactTag::kName, contact.name);
  add(wire::ContactTag::kTelephone, contact.phone);
  add(wire::ContactTag::kAddress, contact.address);
  return fields;
}

wire::Body changed_words(CaseRecord const& before, CaseRecord const& now) {
  using wire::TextTag;
  auto const old_words = words_of(before);
  auto const new_words = words_of(now);
  wire::Body changed;
  for (auto const tag : {TextTag::kTitle, TextTag::kText, TextTag::kPlace, TextTag::kSource}) {
    auto text = new_words.text(tag);
    if (text != old_words.text(tag)) changed.texts.push_back({tag, std::move(text)});
  }
  return changed;
}

CaseContact changed_contact(CaseContact const& before, CaseContact const& now) {
  using wire::ContactTag;
  if (before == now) return {};
  CaseContact changed;
  for (auto const tag : {ContactTag::kName, ContactTag::kTelephone, ContactTag::kAddress}) {
    auto text = contact_text(now, tag);
    if (!text.empty() || !contact_text(before, tag).empty()) changed.push_back({tag, std::move(text)});
  }
  return changed;
}

Result<void> require_room(CaseRecord const& record, CaseContact const& contact) {
  auto const encoded = wire::encode_entry({.kind = rules::EntryKind::kDispatch, .payload = rules::Dispatch{}},
                                          words_of(record), {.fields = contact, .keys = wire::SaltKeys{}});
  if (!encoded) return encoded.error();
  return {};
}

}  // namespace fieldnode::central
