#include "node/central/store/case_rows.h"

#include <fmt/format.h>

#include <limits>

#include "node/central/store/limits_text.h"

namespace fieldnode::central {
namespace {

constexpr std::string_view kColumns =
    "id, number, title, text, place, category, kind, urgent, confidential, limits, created_at, state, source,"
    " external_id, opened_at, closed_at, target_at, facts, content_hash, contact_hash, closed_at_source, updates";

/// The vault binds a sealed contact to a place; a case that no unit has yet has this one.
constexpr UnitId kNoUnit{};
AssignmentId vault_place(CaseId id) { return AssignmentId{id.value}; }

CaseSource source_from(db::Row const& row) {
  return {.system = row.get<std::string>(12),
          .external_id = row.get<std::string>(13),
          .opened_at = row.get<UtcTime>(14),
          .closed_at = row.get<std::optional<UtcTime>>(15),
          .target_at = row.get<std::optional<UtcTime>>(16),
          .facts = row.get<std::string>(17),
          .content_hash = row.get<Hash>(18),
          .contact_hash = row.get<Hash>(19),
          .is_history = row.get<bool>(20),
          .updates = row.get<std::uint32_t>(21)};
}

CaseRecord case_from(db::Row const& row) {
  CaseRecord record{.id = row.get<CaseId>(0),
                    .number = row.get<std::string>(1),
                    .title = row.get<std::string>(2),
                    .text = row.get<std::string>(3),
                    .place = row.get<std::string>(4),
                    .category = static_cast<rules::Category>(row.get<std::uint8_t>(5)),
                    .kind = static_cast<rules::CaseKind>(row.get<std::uint8_t>(6)),
                    .urgent = row.get<bool>(7),
                    .confidential = row.get<bool>(8),
                    .limits = limits_of(row.get<std::string_view>(9)),
                    .created_at = row.get<UtcTime>(10),
                    .state = static_cast<CaseState>(row.get<std::uint8_t>(11)),
                    .source = {}};
  if (!row.is_null(12)) record.source = source_from(row);
  return record;
}

void bind_source(db::Statement& statement, std::optional<CaseSource> const& source) {
  auto const known = source.value_or(CaseSource{});
  auto const text_or_null = [&](std::string const& text) {
    return source ? std::optional<std::string>(text) : std::nullopt;
  };
  auto const hash_or_null = [&](Hash const& hash) {
    return source ? std::optional<Bytes>(Bytes(hash.begin(), hash.end())) : std::nullopt;
  };
  statement.bind(":source", text_or_null(known.system))
      .bind(":external_id", text_or_null(known.external_id))
      .bind(":opened_at", source ? std::optional(known.opened_at) : std::nullopt)
      .bind(":closed_at", known.closed_at)
      .bind(":target_at", known.target_at)
      .bind(":facts", known.facts)
      .bind(":content_hash", hash_or_null(known.content_hash))
      .bind(":contact_hash", hash_or_null(known.contact_hash))
      .bind(":closed_at_source", known.is_history)
      .bind(":updates", known.updates);
}

Bytes packed(CaseContact const& contact) {
  auto encoded = wire::encode_entry(rules::Skeleton{.kind = rules::EntryKind::kNote, .payload = rules::Note{}}, {},
                                    wire::ContactData{.fields = contact, .keys = {}});
  if (!encoded) throw BrokenWorld("a case's contact data cannot be stored: " + encoded.error().sentence);
  return std::move(encoded->contact.bytes);
}

}  // namespace

void CaseRows::add(CaseRecord const& record, CaseContact const& contact) {
  write(
      "INSERT INTO city_case (id, number, title, text, place, category, kind, urgent, confidential, limits, contact,"
      " created_at, state, source, external_id, opened_at, closed_at, target_at, facts, content_hash, contact_hash,"
      " closed_at_source, updates) VALUES (:id, :number, :title, :text, :place, :category, :kind, :urgent,"
      " :confidential, :limits, :contact, :created_at, :state, :source, :external_id, :opened_at, :closed_at,"
      " :target_at, :facts, :content_hash, :contact_hash, :closed_at_source, :updates)",
      record, contact);
}

void CaseRows::update(CaseRecord const& record, CaseContact const& contact) {
  // The state is the projection's; an update names it only to say that it stays.
  write(
      "UPDATE city_case SET number = :number, title = :title, text = :text, place = :place, category = :category,"
      " kind = :kind, urgent = :urgent, confidential = :confidential, limits = :limits, contact = :contact,"
      " created_at = :created_at, state = :state, source = :source, external_id = :external_id,"
      " opened_at = :opened_at, closed_at = :closed_at, target_at = :target_at, facts = :facts,"
      " content_hash = :content_hash, contact_hash = :contact_hash, closed_at_source = :closed_at_source,"
      " updates = :updates WHERE id = :id",
      record, contact);
}

void CaseRows::write(std::string_view sql, CaseRecord const& record, CaseContact const& contact) {
  std::optional<Bytes> sealed;
  if (!contact.empty()) sealed = vault_.seal(connection_, kNoUnit, vault_place(record.id), packed(contact));
  auto statement = connection_.prepare(sql);
  statement.bind(":id", record.id)
      .bind(":number", record.number)
      .bind(":title", record.title)
      .bind(":text", record.text)
      .bind(":place", record.place)
      .bind(":category", static_cast<std::uint8_t>(record.category))
      .bind(":kind", static_cast<std::uint8_t>(record.kind))
      .bind(":urgent", record.urgent)
      .bind(":confidential", record.confidential)
      .bind(":limits", text_of(record.limits))
      .bind(":contact", sealed)
      .bind(":created_at", record.created_at)
      .bind(":state", static_cast<std::uint8_t>(record.state));
  bind_source(statement, record.source);
  statement.run();
}

std::optional<CaseRecord> CaseRows::find(CaseId id) {
  auto select = connection_.prepare(fmt::format("SELECT {} FROM city_case WHERE id = :id", kColumns));
  auto const row = select.bind(":id", id).next();
  if (!row) return std::nullopt;
  return case_from(*row);
}

std::optional<CaseRecord> CaseRows::find_imported(std::string_view system, std::string_view external_id) {
  auto select = connection_.prepare(
      fmt::format("SELECT {} FROM city_case WHERE source = :source AND external_id = :external_id", kColumns));
  auto const row = select.bind(":source", system).bind(":external_id", external_id).next();
  if (!row) return std::nullopt;
  return case_from(*row);
}

CaseContact CaseRows::contact_of(CaseId id) {
  auto select = connection_.prepare("SELECT contact FROM city_case WHERE id = :id AND contact IS NOT NULL");
  auto const sealed = select.bind(":id", id).maybe<Bytes>();
  if (!sealed) return {};
  auto contact = wire::decode_contact(vault_.open(connection_, kNoUnit, vault_place(id), *sealed));
  if (!contact) throw BrokenWorld("a case's contact data does not decode: " + contact.error().sentence);
  return std::move(contact->fields);
}

CasePage CaseRows::page(CaseFilter const& filter) {
  auto select =
      connection_.prepare(fmt::format("SELECT {} FROM city_case WHERE (:state = 0 OR state = :state) AND id < "
                                      ":before ORDER BY id DESC LIMIT :limit",
                                      kColumns));
  std::uint8_t const state = filter.state ? static_cast<std::uint8_t>(*filter.state) : 0;
  select.bind(":state", state)
      .bind(":before",
            filter.before ? static_cast<std::int64_t>(filter.before.value) : std::numeric_limits<std::int64_t>::max())
      .bind(":limit", static_cast<std::int64_t>(filter.limit) + 1);
  CasePage page;
  for (db::Row const row : select) {
    if (page.cases.size() == filter.limit) {
      page.next = page.cases.back().id;
      break;
    }
    page.cases.push_back(case_from(row));
  }
  auto count = connection_.prepare("SELECT count(*) FROM city_case WHERE :state = 0 OR state = :state");
  page.total = count.bind(":state", state).one<std::uint64_t>();
  return page;
}

std::uint64_t CaseRows::count(CaseState state) {
  return connection_.prepare("SELECT count(*) FROM city_case WHERE state = :state")
      .bind(":state", static_cast<std::uint8_t>(state))
      .one<std::uint64_t>();
}

}  // namespace fieldnode::central
