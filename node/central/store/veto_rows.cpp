#include "node/central/store/veto_rows.h"

#include <fmt/format.h>

#include <algorithm>

#include "node/central/store/sequence.h"

namespace fieldnode::central {
namespace {

constexpr std::string_view kColumns =
    "id, unit, from_at, until_at, cause_epoch, cause_seq, reason, staff, at, standing, ruled_by, ruled_at, entry_epoch,"
    " entry_seq";

VetoProposal proposal_from(db::Row const& row) {
  return {.id = row.get<std::uint64_t>(0),
          .unit = row.get<UnitId>(1),
          .period = {row.get<UtcTime>(2), row.get<UtcTime>(3)},
          .cause = {row.get<Epoch>(4), row.get<std::uint64_t>(5)},
          .reason = row.get<std::string>(6),
          .staff = row.get<StaffId>(7),
          .at = row.get<UtcTime>(8),
          .standing = static_cast<VetoStanding>(row.get<std::uint8_t>(9)),
          .ruled_by = row.get<StaffId>(10),
          .ruled_at = row.get<std::optional<UtcTime>>(11),
          .entry = {row.get<Epoch>(12), row.get<std::uint64_t>(13)}};
}

}  // namespace

std::uint64_t VetoRows::add(VetoProposal const& proposal) {
  auto const id = next_number(connection_, "veto_proposal");
  connection_
      .prepare(
          "INSERT INTO veto_proposal (id, unit, from_at, until_at, cause_epoch, cause_seq, reason, staff, at, standing,"
          " ruled_by, ruled_at, entry_epoch, entry_seq) VALUES (:id, :unit, :from, :until, :cause_epoch, :cause_seq,"
          " :reason, :staff, :at, :standing, 0, NULL, 0, 0)")
      .bind(":id", id)
      .bind(":unit", proposal.unit)
      .bind(":from", proposal.period.from)
      .bind(":until", proposal.period.until)
      .bind(":cause_epoch", proposal.cause.epoch)
      .bind(":cause_seq", proposal.cause.seq)
      .bind(":reason", proposal.reason)
      .bind(":staff", proposal.staff)
      .bind(":at", proposal.at)
      .bind(":standing", static_cast<std::int64_t>(VetoStanding::kPending))
      .run();
  return id;
}

std::optional<VetoProposal> VetoRows::find(std::uint64_t id) {
  auto select = connection_.prepare(fmt::format("SELECT {} FROM veto_proposal WHERE id = :id", kColumns));
  auto const row = select.bind(":id", id).next();
  if (!row) return std::nullopt;
  return proposal_from(*row);
}

bool VetoRows::pending(UnitId unit, Position cause, rules::Period const& period) {
  return std::ranges::any_of(of_unit(unit), [&](VetoProposal const& proposal) {
    return proposal.standing == VetoStanding::kPending && proposal.cause == cause && proposal.period == period;
  });
}

void VetoRows::rule(VetoProposal const& ruled) {
  connection_
      .prepare(
          "UPDATE veto_proposal SET standing = :standing, ruled_by = :ruled_by, ruled_at = :ruled_at,"
          " entry_epoch = :epoch, entry_seq = :seq WHERE id = :id")
      .bind(":standing", static_cast<std::int64_t>(ruled.standing))
      .bind(":ruled_by", ruled.ruled_by)
      .bind(":ruled_at", ruled.ruled_at)
      .bind(":epoch", ruled.entry.epoch)
      .bind(":seq", ruled.entry.seq)
      .bind(":id", ruled.id)
      .run();
}

std::vector<VetoProposal> VetoRows::of_unit(UnitId unit) {
  auto select =
      connection_.prepare(fmt::format("SELECT {} FROM veto_proposal WHERE unit = :unit ORDER BY id DESC", kColumns));
  std::vector<VetoProposal> proposals;
  for (db::Row const row : select.bind(":unit", unit)) proposals.push_back(proposal_from(row));
  return proposals;
}

}  // namespace fieldnode::central
