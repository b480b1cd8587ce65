#include "node/central/store/phone_rows.h"

#include <fmt/format.h>

namespace fieldnode::central {
namespace {

constexpr std::string_view kColumns =
    "unit, challenge, node, request, staff, made_at, expires_at, receipt_epoch, receipt_seq, noted_at, repealed, "
    "checked";

ChallengeRecord record_from(db::Row const& row) {
  return {.unit = row.get<UnitId>(0),
          .challenge = row.get<std::uint64_t>(1),
          .node = row.get<NodeId>(2),
          .request = row.get<std::string>(3),
          .staff = row.get<StaffId>(4),
          .made_at = row.get<UtcTime>(5),
          .expires_at = row.get<UtcTime>(6),
          .receipt = {row.get<Epoch>(7), row.get<std::uint64_t>(8)},
          .noted_at = row.get<std::optional<UtcTime>>(9),
          .repealed = row.get<bool>(10),
          .checked = row.get<bool>(11)};
}

std::optional<ChallengeRecord> only(db::Statement& select) {
  auto const row = select.next();
  return row ? std::optional(record_from(*row)) : std::nullopt;
}

std::vector<ChallengeRecord> all(db::Statement& select) {
  std::vector<ChallengeRecord> records;
  for (db::Row const row : select) records.push_back(record_from(row));
  return records;
}

}  // namespace

std::optional<ChallengeRecord> PhoneRows::find(UnitId unit, std::uint64_t challenge) {
  auto select = connection_.prepare(
      fmt::format("SELECT {} FROM phone_challenge WHERE unit = :unit AND challenge = :challenge", kColumns));
  select.bind(":unit", unit).bind(":challenge", challenge);
  return only(select);
}

std::optional<ChallengeRecord> PhoneRows::find_request(std::string_view request) {
  auto select = connection_.prepare(fmt::format("SELECT {} FROM phone_challenge WHERE request = :request", kColumns));
  select.bind(":request", request);
  return only(select);
}

void PhoneRows::put(ChallengeRecord const& record) {
  connection_
      .prepare(
          "INSERT INTO phone_challenge (unit, challenge, node, request, staff, made_at, expires_at, receipt_epoch,"
          " receipt_seq, noted_at, checked) VALUES (:unit, :challenge, :node, :request, :staff, :made_at, :expires_at,"
          " :receipt_epoch, :receipt_seq, :noted_at, :checked) ON CONFLICT (unit, challenge) DO UPDATE SET"
          " receipt_epoch = excluded.receipt_epoch, receipt_seq = excluded.receipt_seq, noted_at = excluded.noted_at,"
          " checked = excluded.checked")
      .bind(":unit", record.unit)
      .bind(":challenge", record.challenge)
      .bind(":node", record.node)
      .bind(":request", record.request)
      .bind(":staff", record.staff)
      .bind(":made_at", record.made_at)
      .bind(":expires_at", record.expires_at)
      .bind(":receipt_epoch", record.receipt.epoch)
      .bind(":receipt_seq", record.receipt.seq)
      .bind(":noted_at", record.noted_at)
      .bind(":checked", record.checked)
      .run();
}

std::vector<ChallengeRecord> PhoneRows::unchecked() {
  auto select = connection_.prepare(fmt::format(
      "SELECT {} FROM phone_challenge WHERE receipt_seq > 0 AND checked = 0 ORDER BY unit, challenge", kColumns));
  return all(select);
}

std::vector<ChallengeRecord> PhoneRows::open(UnitId unit) {
  auto select = connection_.prepare(fmt::format(
      "SELECT {} FROM phone_challenge WHERE unit = :unit AND receipt_seq = 0 ORDER BY made_at DESC, challenge",
      kColumns));
  select.bind(":unit", unit);
  return all(select);
}

}  // namespace fieldnode::central
