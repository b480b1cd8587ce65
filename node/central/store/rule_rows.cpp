#include "node/central/store/rule_rows.h"

#include <fmt/format.h>

namespace fieldnode::central {
namespace {

constexpr std::string_view kProposalColumns =
    "id, kind, version, document, staff, proposed_at, standing, ruled_by, ruled_at";

RuleText text_in(db::Row const& row, int first) {
  return {.kind = static_cast<rules::EntryKind>(row.get<std::uint16_t>(first)),
          .version = row.get<std::string>(first + 1),
          .document = row.get<std::string>(first + 2)};
}

RuleRecord record_in(db::Row const& row) {
  return {.number = row.get<std::uint64_t>(0),
          .text = text_in(row, 1),
          .staff = row.get<StaffId>(4),
          .second = row.get<StaffId>(5),
          .published_at = row.get<UtcTime>(6)};
}

RuleProposal proposal_in(db::Row const& row) {
  return {.id = row.get<std::uint64_t>(0),
          .text = text_in(row, 1),
          .staff = row.get<StaffId>(4),
          .proposed_at = row.get<UtcTime>(5),
          .standing = static_cast<RuleStanding>(row.get<std::uint8_t>(6)),
          .ruled_by = row.get<StaffId>(7),
          .ruled_at = row.get<std::optional<UtcTime>>(8)};
}

}  // namespace

std::vector<RuleRecord> RuleRows::after(std::uint64_t number) {
  auto select = connection_.prepare(
      "SELECT number, kind, version, document, staff, second, published_at FROM rule WHERE number > :number"
      " ORDER BY number");
  std::vector<RuleRecord> records;
  for (db::Row const row : select.bind(":number", number)) records.push_back(record_in(row));
  return records;
}

rules::Shelf RuleRows::shelf() {
  auto shelf = std::make_shared<rules::RuleShelf>(rules_.first());
  for (auto const& record : published()) {
    auto const edition = rules::read_edition(record.text.kind, record.text.document, record.text.version);
    // Read when it was published; an older program that is started on this city may not know all of it.
    if (edition) shelf->add({{}, record.number}, rules_.revised(shelf->current(), *edition));
  }
  return shelf;
}

RuleRecord RuleRows::publish(RuleText const& text, StaffId staff, StaffId second, UtcTime at) {
  auto const last = connection_.prepare("SELECT coalesce(max(number), 0) FROM rule").one<std::uint64_t>();
  RuleRecord const record{.number = last + 1, .text = text, .staff = staff, .second = second, .published_at = at};
  connection_
      .prepare(
          "INSERT INTO rule (number, kind, version, document, staff, second, published_at)"
          " VALUES (:number, :kind, :version, :document, :staff, :second, :published_at)")
      .bind(":number", record.number)
      .bind(":kind", static_cast<std::uint16_t>(text.kind))
      .bind(":version", text.version)
      .bind(":document", text.document)
      .bind(":staff", staff)
      .bind(":second", second)
      .bind(":published_at", at)
      .run();
  return record;
}

std::vector<RuleProposal> RuleRows::waiting() {
  auto select =
      connection_.prepare(fmt::format("SELECT {} FROM rule_proposal WHERE standing = 1 ORDER BY id", kProposalColumns));
  std::vector<RuleProposal> proposals;
  for (db::Row const row : select) proposals.push_back(proposal_in(row));
  return proposals;
}

std::optional<RuleProposal> RuleRows::find_proposal(std::uint64_t id) {
  auto select = connection_.prepare(fmt::format("SELECT {} FROM rule_proposal WHERE id = :id", kProposalColumns));
  auto const row = select.bind(":id", id).next();
  if (!row) return std::nullopt;
  return proposal_in(*row);
}

RuleProposal RuleRows::propose(RuleText const& text, StaffId staff, UtcTime at) {
  connection_
      .prepare(
          "INSERT INTO rule_proposal (kind, version, document, staff, proposed_at, standing, ruled_by, ruled_at)"
          " VALUES (:kind, :version, :document, :staff, :proposed_at, 1, 0, NULL)")
      .bind(":kind", static_cast<std::uint16_t>(text.kind))
      .bind(":version", text.version)
      .bind(":document", text.document)
      .bind(":staff", staff)
      .bind(":proposed_at", at)
      .run();
  return {.id = static_cast<std::uint64_t>(connection_.last_insert_rowid()),
          .text = text,
          .staff = staff,
          .proposed_at = at,
          .standing = RuleStanding::kWaits,
          .ruled_by = {},
          .ruled_at = {}};
}

void RuleRows::rule_proposal(std::uint64_t id, RuleStanding standing, StaffId staff, UtcTime at) {
  connection_.prepare("UPDATE rule_proposal SET standing = :standing, ruled_by = :staff, ruled_at = :at WHERE id = :id")
      .bind(":standing", static_cast<std::uint8_t>(standing))
      .bind(":staff", staff)
      .bind(":at", at)
      .bind(":id", id)
      .run();
}

std::vector<UnitId> RuleRows::units_behind() {
  auto select = connection_.prepare(
      "SELECT unit.id FROM unit WHERE (SELECT count(*) FROM rule) >"
      " (SELECT count(*) FROM list CROSS JOIN entry ON entry.list = list.id"
      "  WHERE list.unit = unit.id AND list.kind = 2 AND entry.assignment = 0 AND entry.kind IN (84, 85))"
      " ORDER BY unit.id");
  std::vector<UnitId> units;
  for (db::Row const row : select) units.push_back(row.get<UnitId>(0));
  return units;
}

}  // namespace fieldnode::central
