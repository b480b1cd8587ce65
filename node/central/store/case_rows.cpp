#include "node/central/store/case_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "node/central/store/limits_text.h"
#include "node/central/store/refusal_rows.h"
#include "node/central/store/telephone.h"

namespace fieldnode::central {
namespace {

/// A case with its refusal in force; a condition follows.
std::string selecting() {
  return fmt::format(
      "SELECT city_case.id, number, title, city_case.text, place, category, kind, urgent, confidential, limits,"
      " created_at, state, source, external_id, opened_at, closed_at, target_at, facts, content_hash, contact_hash,"
      " closed_at_source, updates, coalesce(merged_into, 0), {} FROM city_case"
      " LEFT JOIN case_refusal ON case_refusal.id = city_case.refusal",
      RefusalRows::kColumns);
}

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
  record.merged_into = row.get<CaseId>(22);
  if (!row.is_null(23)) record.refusal = RefusalRows::read(row, 23);
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

/// Of the caller's telephone; empty when the contact names none, and nothing when there is no contact.
std::optional<Bytes> telephone_hash(lists::ContactVault const& vault, CaseContact const& contact) {
  if (contact.empty()) return std::nullopt;
  auto const named = std::ranges::find(contact, wire::ContactTag::kTelephone, &wire::ContactField::tag);
  auto const digits = named == contact.end() ? std::string() : dialled_digits(named->text);
  if (digits.empty()) return Bytes();
  auto const hash = vault.keyed_hash("fieldnode/caller-telephone/1", bytes_of(digits));
  return Bytes(hash.begin(), hash.end());
}

Bytes packed(CaseContact const& contact) {
  auto encoded = wire::encode_entry(rules::Skeleton{.kind = rules::EntryKind::kNote, .payload = rules::Note{}}, {},
                                    wire::ContactData{.fields = contact, .keys = {}});
  if (!encoded) throw BrokenWorld("a case's contact data cannot be stored: " + encoded.error().sentence);
  return std::move(encoded->contact.bytes);
}

std::vector<CaseRecord> all(db::Statement& select) {
  std::vector<CaseRecord> records;
  for (db::Row const row : select) records.push_back(case_from(row));
  return records;
}

std::optional<CaseRecord> only(db::Statement& select) {
  auto const row = select.next();
  if (!row) return std::nullopt;
  return case_from(*row);
}

/// What a filter adds to a condition: only what it asks for, so that an index on it is used.
std::string asked(CaseFilter const& filter) {
  std::string conditions;
  if (filter.state) conditions += " AND state = :state";
  if (filter.category != rules::Category::kNone) conditions += " AND category = :category";
  return conditions;
}

void bind_asked(db::Statement& select, CaseFilter const& filter) {
  if (filter.state) select.bind(":state", static_cast<std::uint8_t>(*filter.state));
  if (filter.category != rules::Category::kNone) select.bind(":category", static_cast<std::uint8_t>(filter.category));
}

std::int64_t bound_before(CaseFilter const& filter) {
  return filter.before ? static_cast<std::int64_t>(filter.before.value) : std::numeric_limits<std::int64_t>::max();
}

}  // namespace

void CaseRows::add(CaseRecord const& record, CaseContact const& contact) {
  write(
      "INSERT INTO city_case (id, number, title, text, place, words, category, kind, urgent, confidential, limits,"
      " contact, telephone_hash, created_at, state, source, external_id, opened_at, closed_at, target_at, facts,"
      " content_hash, contact_hash, closed_at_source, updates) VALUES (:id, :number, :title, :text, :place,"
      " lower(:number || char(10) || :title || char(10) || :place), :category, :kind, :urgent, :confidential, :limits,"
      " :contact, :telephone_hash, :created_at, :state, :source, :external_id, :opened_at, :closed_at, :target_at,"
      " :facts, :content_hash, :contact_hash, :closed_at_source, :updates)",
      record, contact);
}

void CaseRows::update(CaseRecord const& record, CaseContact const& contact) {
  // Without its key a contact that is taken out is gone from older copies of the file too.
  if (contact.empty()) vault_.destroy(connection_, kNoUnit, vault_place(record.id));
  // The state is the projection's; an update names it only to say that it stays.
  write(
      "UPDATE city_case SET number = :number, title = :title, text = :text, place = :place,"
      " words = lower(:number || char(10) || :title || char(10) || :place), category = :category, kind = :kind,"
      " urgent = :urgent, confidential = :confidential, limits = :limits, contact = :contact,"
      " telephone_hash = :telephone_hash, created_at = :created_at, state = :state, source = :source,"
      " external_id = :external_id, opened_at = :opened_at, closed_at = :closed_at, target_at = :target_at,"
      " facts = :facts, content_hash = :content_hash, contact_hash = :contact_hash,"
      " closed_at_source = :closed_at_source, updates = :updates WHERE id = :id",
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
      .bind(":telephone_hash", telephone_hash(vault_, contact))
      .bind(":created_at", record.created_at)
      .bind(":state", static_cast<std::uint8_t>(record.state));
  bind_source(statement, record.source);
  statement.run();
}

std::optional<CaseRecord> CaseRows::find(CaseId id) {
  auto select = connection_.prepare(selecting() + " WHERE city_case.id = :id");
  return only(select.bind(":id", id));
}

std::optional<CaseRecord> CaseRows::find_imported(std::string_view system, std::string_view external_id) {
  auto select = connection_.prepare(selecting() + " WHERE source = :source AND external_id = :external_id");
  return only(select.bind(":source", system).bind(":external_id", external_id));
}

std::optional<CaseName> CaseRows::find_name(CaseId id) {
  auto select = connection_.prepare("SELECT number, title FROM city_case WHERE id = :id");
  auto const row = select.bind(":id", id).next();
  if (!row) return std::nullopt;
  return CaseName{.id = id, .number = row->get<std::string>(0), .title = row->get<std::string>(1)};
}

std::vector<CaseRecord> CaseRows::merged_into(CaseId id) {
  auto select = connection_.prepare(selecting() + " WHERE merged_into = :id ORDER BY city_case.id");
  return all(select.bind(":id", id));
}

void CaseRows::merge(CaseId from, CaseId into) {
  connection_.prepare("UPDATE city_case SET merged_into = :into WHERE id = :from OR merged_into = :from")
      .bind(":from", from)
      .bind(":into", into)
      .run();
}

CaseContact CaseRows::contact_of(CaseId id) {
  auto select = connection_.prepare("SELECT contact FROM city_case WHERE id = :id AND contact IS NOT NULL");
  auto const sealed = select.bind(":id", id).maybe<Bytes>();
  if (!sealed) return {};
  auto contact = wire::decode_contact(vault_.open(connection_, kNoUnit, vault_place(id), *sealed));
  if (!contact) throw BrokenWorld("a case's contact data does not decode: " + contact.error().sentence);
  return std::move(contact->fields);
}

CaseRows::Found CaseRows::page(CaseFilter const& filter) {
  return filter.words.empty() ? listed(filter) : searched(filter);
}

CaseRows::Found CaseRows::listed(CaseFilter const& filter) {
  auto select = connection_.prepare(fmt::format(
      "{} WHERE city_case.id < :before{} ORDER BY city_case.id DESC LIMIT :limit", selecting(), asked(filter)));
  select.bind(":before", bound_before(filter)).bind(":limit", static_cast<std::int64_t>(filter.limit));
  bind_asked(select, filter);
  auto count = connection_.prepare(fmt::format("SELECT count(*) FROM city_case WHERE id > 0{}", asked(filter)));
  bind_asked(count, filter);
  return {.cases = all(select), .total = count.one<std::uint64_t>()};
}

CaseRows::Found CaseRows::searched(CaseFilter const& filter) {
  Found found;
  std::vector<CaseId> ids;
  auto select = connection_.prepare(
      fmt::format("SELECT id FROM city_case INDEXED BY case_by_words WHERE instr(words, lower(:words)) > 0{}"
                  " ORDER BY id DESC",
                  asked(filter)));
  select.bind(":words", filter.words);
  bind_asked(select, filter);
  for (db::Row const row : select) {
    ++found.total;
    bool const is_here = row.get<std::int64_t>(0) < bound_before(filter) && ids.size() < filter.limit;
    if (is_here) ids.push_back(row.get<CaseId>(0));
  }
  for (auto const id : ids) found.cases.push_back(find(id).value());
  return found;
}

std::map<CaseState, std::uint64_t> CaseRows::counts() {
  std::map<CaseState, std::uint64_t> counts;
  auto select = connection_.prepare("SELECT state, count(*) FROM city_case GROUP BY state");
  for (db::Row const row : select) {
    counts.emplace(static_cast<CaseState>(row.get<std::uint8_t>(0)), row.get<std::uint64_t>(1));
  }
  return counts;
}

void CaseRows::fill_in_hashes() {
  std::vector<std::pair<CaseId, Bytes>> found;
  auto select = connection_.prepare(
      "SELECT id, contact FROM city_case WHERE contact IS NOT NULL AND telephone_hash IS NULL ORDER BY id");
  for (db::Row const row : select) {
    auto const id = row.get<CaseId>(0);
    // One that does not open is told when somebody asks for it; it must not keep the city shut.
    auto const plain = vault_.try_open(connection_, kNoUnit, vault_place(id), row.get<BytesView>(1));
    auto const contact = plain ? wire::decode_contact(*plain) : Result<wire::ContactData>(wire::ContactData{});
    found.emplace_back(id, contact ? telephone_hash(vault_, contact->fields).value_or(Bytes()) : Bytes());
  }
  for (auto const& [id, hash] : found) {
    connection_.prepare("UPDATE city_case SET telephone_hash = :hash WHERE id = :id")
        .bind(":hash", hash)
        .bind(":id", id)
        .run();
  }
}

}  // namespace fieldnode::central
