#include "node/office/office_witness.h"

#include <algorithm>

#include "node/office/anchors.h"

namespace fieldnode::office {
namespace {

/// What was told is a minute; the moment lies in it.
constexpr Milliseconds kToMinutesEnd = std::chrono::minutes(1) - Milliseconds(1);

/// The centre has compared the journal, or has noted another code than the one that was said here.
bool is_ruled_on(PhoneCall const& call, rules::UnitState const& unit) {
  return std::ranges::any_of(unit.phone_receipts, [&](rules::PhoneReceiptFact const& fact) {
    return fact.receipt.challenge == call.challenge && (fact.holds || fact.receipt.code != call.code);
  });
}

}  // namespace

OfficeWitness::OfficeWitness(db::Connection& connection, lists::EntryLists& lists, rules::UnitState const& unit)
    : ListWitness(lists), connection_(connection), told_(PhoneCallRows(connection).all()) {
  std::erase_if(told_, [&](PhoneCall const& call) { return !call.minute || is_ruled_on(call, unit); });
}

std::optional<UtcTime> OfficeWitness::anchor_sent_at(std::uint64_t anchor) {
  if (auto const sent = Anchors(connection_).sent_at(anchor)) return sent;
  auto const call = std::ranges::find(told_, anchor, &PhoneCall::challenge);
  return call == told_.end() ? std::nullopt : call->minute;
}

std::optional<UtcTime> OfficeWitness::received_at(Position act) {
  auto const marked = marked_at(act);
  auto const told = told_by(act);
  return marked && told ? std::min(*marked, *told) : (marked ? marked : told);
}

std::optional<UtcTime> OfficeWitness::marked_at(Position act) {
  return connection_
      .prepare("SELECT received_at FROM mark WHERE journal_epoch = :epoch AND seq >= :seq ORDER BY seq LIMIT 1")
      .bind(":epoch", act.epoch)
      .bind(":seq", act.seq)
      .maybe<UtcTime>();
}

std::optional<UtcTime> OfficeWitness::told_by(Position act) const {
  std::optional<UtcTime> earliest;
  for (auto const& call : told_) {
    if (call.upto.epoch != act.epoch || act.seq > call.upto.seq) continue;
    auto const at_last = *call.minute + kToMinutesEnd;
    if (!earliest || at_last < *earliest) earliest = at_last;
  }
  return earliest;
}

}  // namespace fieldnode::office
