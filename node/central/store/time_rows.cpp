#include "node/central/store/time_rows.h"

#include <fmt/format.h>

namespace fieldnode::central {
namespace {

constexpr std::string_view kColumns =
    "id, unit, from_at, until_at, reason, staff, proposed_at, standing, ruled_by, ruled_at, done";

/// Receipts go by their anchors; times told by telephone by the numbers of their challenges, and they stand in the
/// feed.
constexpr std::string_view kAnchors = R"sql(
SELECT receipt.anchor AS anchor, node.unit AS unit, receipt.sent_at AS at
FROM receipt JOIN node ON node.id = receipt.node WHERE receipt.repealed = 0
UNION ALL
SELECT challenge, unit, noted_at FROM phone_challenge WHERE receipt_seq > 0 AND repealed = 0)sql";

constexpr std::string_view kWithin = "at >= :from AND at < :until AND (:unit = 0 OR unit = :unit)";

TimeCorrectionProposal proposal_from(db::Row const& row) {
  return {.id = row.get<std::uint64_t>(0),
          .span = {row.get<UnitId>(1), row.get<UtcTime>(2), row.get<UtcTime>(3)},
          .reason = row.get<std::string>(4),
          .staff = row.get<StaffId>(5),
          .proposed_at = row.get<UtcTime>(6),
          .standing = static_cast<CorrectionStanding>(row.get<std::uint8_t>(7)),
          .ruled_by = row.get<StaffId>(8),
          .ruled_at = row.get<std::optional<UtcTime>>(9),
          .done = row.get<bool>(10)};
}

db::Statement& bound(db::Statement& statement, SignedSpan const& span) {
  return statement.bind(":from", span.from).bind(":until", span.until).bind(":unit", span.unit);
}

}  // namespace

std::uint64_t TimeRows::add(TimeCorrectionProposal const& proposal) {
  auto insert = connection_.prepare(
      "INSERT INTO time_correction (unit, from_at, until_at, reason, staff, proposed_at, standing)"
      " VALUES (:unit, :from, :until, :reason, :staff, :at, :standing) RETURNING id");
  return bound(insert, proposal.span)
      .bind(":reason", proposal.reason)
      .bind(":staff", proposal.staff)
      .bind(":at", proposal.proposed_at)
      .bind(":standing", static_cast<std::uint8_t>(proposal.standing))
      .one<std::uint64_t>();
}

std::optional<TimeCorrectionProposal> TimeRows::find(std::uint64_t id) {
  auto select = connection_.prepare(fmt::format("SELECT {} FROM time_correction WHERE id = :id", kColumns));
  auto const row = select.bind(":id", id).next();
  return row ? std::optional(proposal_from(*row)) : std::nullopt;
}

std::optional<TimeCorrectionProposal> TimeRows::find_waiting(TimeCorrectionProposal const& like) {
  auto select = connection_.prepare(
      fmt::format("SELECT {} FROM time_correction WHERE standing = 1 AND unit = :unit AND from_at = :from"
                  " AND until_at = :until AND reason = :reason AND staff = :staff",
                  kColumns));
  auto const row = bound(select, like.span).bind(":reason", like.reason).bind(":staff", like.staff).next();
  return row ? std::optional(proposal_from(*row)) : std::nullopt;
}

void TimeRows::update(TimeCorrectionProposal const& proposal) {
  connection_
      .prepare(
          "UPDATE time_correction SET standing = :standing, ruled_by = :ruled_by, ruled_at = :ruled_at, done = :done"
          " WHERE id = :id")
      .bind(":standing", static_cast<std::uint8_t>(proposal.standing))
      .bind(":ruled_by", proposal.ruled_by)
      .bind(":ruled_at", proposal.ruled_at)
      .bind(":done", proposal.done)
      .bind(":id", proposal.id)
      .run();
}

std::vector<TimeCorrectionProposal> TimeRows::all() {
  std::vector<TimeCorrectionProposal> proposals;
  auto select = connection_.prepare(fmt::format("SELECT {} FROM time_correction ORDER BY id DESC", kColumns));
  for (db::Row const row : select) proposals.push_back(proposal_from(row));
  return proposals;
}

std::vector<std::uint64_t> TimeRows::anchors_in(SignedSpan const& span) {
  std::vector<std::uint64_t> anchors;
  auto select = connection_.prepare(fmt::format("SELECT anchor FROM ({}) WHERE {} ORDER BY at", kAnchors, kWithin));
  for (db::Row const row : bound(select, span)) anchors.push_back(row.get<std::uint64_t>(0));
  return anchors;
}

std::vector<UnitId> TimeRows::units_in(SignedSpan const& span) {
  std::vector<UnitId> units;
  auto select =
      connection_.prepare(fmt::format("SELECT DISTINCT unit FROM ({}) WHERE {} ORDER BY unit", kAnchors, kWithin));
  for (db::Row const row : bound(select, span)) units.push_back(row.get<UnitId>(0));
  return units;
}

SpanCounts TimeRows::counts_of(SignedSpan const& span) {
  auto select =
      connection_.prepare(fmt::format("SELECT count(*), count(DISTINCT unit) FROM ({}) WHERE {}", kAnchors, kWithin));
  auto const row = bound(select, span).next();
  return {row->get<std::uint64_t>(0), row->get<std::uint64_t>(1)};
}

void TimeRows::repeal(SignedSpan const& span) {
  auto receipts = connection_.prepare(
      "UPDATE receipt SET repealed = 1 WHERE sent_at >= :from AND sent_at < :until"
      " AND node IN (SELECT id FROM node WHERE unit = :unit)");
  bound(receipts, span).run();
  auto calls = connection_.prepare(
      "UPDATE phone_challenge SET repealed = 1"
      " WHERE receipt_seq > 0 AND noted_at >= :from AND noted_at < :until AND unit = :unit");
  bound(calls, span).run();
  connection_
      .prepare(fmt::format("UPDATE unit SET last_sent_at = (SELECT max(at) FROM ({}) AS kept WHERE kept.unit = :unit)"
                           " WHERE id = :unit",
                           kAnchors))
      .bind(":unit", span.unit)
      .run();
}

}  // namespace fieldnode::central
