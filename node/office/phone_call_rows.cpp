#include "node/office/phone_call_rows.h"

#include <fmt/format.h>

namespace fieldnode::office {
namespace {

constexpr std::string_view kSelect =
    "SELECT challenge, upto_epoch, upto_seq, code, boot, since_boot, awake, wall, shown_at, wrong, minute"
    " FROM phone_call";

PhoneCall call_from(db::Row const& row) {
  return {.challenge = row.get<std::uint64_t>(0),
          .upto = {row.get<Epoch>(1), row.get<std::uint64_t>(2)},
          .code = row.get<std::uint64_t>(3),
          .shown = {row.get<std::string>(4), row.get<Milliseconds>(5), row.get<Milliseconds>(6), row.get<UtcTime>(7)},
          .shown_at = row.get<UtcTime>(8),
          .wrong = row.get<std::uint32_t>(9),
          .minute = row.get<std::optional<UtcTime>>(10)};
}

std::optional<PhoneCall> only(db::Statement& select) {
  auto const row = select.next();
  return row ? std::optional(call_from(*row)) : std::nullopt;
}

}  // namespace

std::optional<PhoneCall> PhoneCallRows::last() {
  auto select = connection_.prepare(fmt::format("{} ORDER BY number DESC LIMIT 1", kSelect));
  return only(select);
}

std::optional<PhoneCall> PhoneCallRows::find(std::uint64_t challenge) {
  auto select = connection_.prepare(fmt::format("{} WHERE challenge = :challenge", kSelect));
  select.bind(":challenge", challenge);
  return only(select);
}

std::vector<PhoneCall> PhoneCallRows::all() {
  std::vector<PhoneCall> calls;
  auto select = connection_.prepare(fmt::format("{} ORDER BY number DESC", kSelect));
  for (db::Row const row : select) calls.push_back(call_from(row));
  return calls;
}

void PhoneCallRows::add(PhoneCall const& call) {
  connection_
      .prepare(
          "INSERT INTO phone_call (challenge, upto_epoch, upto_seq, code, boot, since_boot, awake, wall, shown_at)"
          " VALUES (:challenge, :upto_epoch, :upto_seq, :code, :boot, :since_boot, :awake, :wall, :shown_at)")
      .bind(":challenge", call.challenge)
      .bind(":upto_epoch", call.upto.epoch)
      .bind(":upto_seq", call.upto.seq)
      .bind(":code", call.code)
      .bind(":boot", call.shown.boot_id)
      .bind(":since_boot", call.shown.since_boot)
      .bind(":awake", call.shown.awake)
      .bind(":wall", call.shown.wall)
      .bind(":shown_at", call.shown_at)
      .run();
}

void PhoneCallRows::update(PhoneCall const& call) {
  connection_.prepare("UPDATE phone_call SET wrong = :wrong, minute = :minute WHERE challenge = :challenge")
      .bind(":wrong", call.wrong)
      .bind(":minute", call.minute)
      .bind(":challenge", call.challenge)
      .run();
}

}  // namespace fieldnode::office
