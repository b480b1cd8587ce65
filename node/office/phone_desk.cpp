#include "node/office/phone_desk.h"

#include <fmt/format.h>

#include <algorithm>

#include "node/db/transaction.h"
#include "node/office/clock_journal.h"
#include "node/office/time_row.h"
#include "sync/engine/phone_digits.h"
#include "sync/engine/phone_receipt.h"

namespace fieldnode::office {
namespace {

Refusal no_call() {
  return refuse("no_phone_call", "No call is open: type the challenge first that the centre's operator reads out.");
}

Refusal used() {
  return refuse("phone_challenge_used",
                "This challenge was answered before; what it proved stands. Ask the operator for a new one.");
}

Refusal tries_over() {
  return refuse("phone_tries_over",
                "The answer was wrong three times, so this challenge is spent. Ask the operator for a new one; nothing "
                "that was recorded here is lost.");
}

Refusal wrong_answer(std::uint32_t left) {
  return refuse("phone_answer_wrong",
                fmt::format("This is not the centre's answer to the code shown: code or answer was misheard, or it was "
                            "not the centre. Compare both with the operator; {} more {}.",
                            left, left == 1 ? "try" : "tries"));
}

PhoneProof proof_in_call(PhoneCall const& call) {
  return {.upto = call.upto, .at = *call.minute, .in_feed = false, .holds = {}, .own_code = {}};
}

PhoneProof proof_in_feed(rules::PhoneReceiptFact const& fact, std::optional<PhoneCall> const& call) {
  PhoneProof proof{
      .upto = fact.receipt.upto, .at = fact.at, .in_feed = true, .holds = fact.holds, .own_code = std::nullopt};
  if (call) proof.own_code = call->code == fact.receipt.code && call->upto == fact.receipt.upto;
  return proof;
}

}  // namespace

Result<PhoneCall> PhoneDesk::begin(std::string_view typed) {
  auto const challenge = engine::read_challenge(world_.identity.node, typed);
  if (!challenge) return challenge.error();
  std::lock_guard const lock(calling_);
  auto known = [&] {
    auto const lease = world_.readers.lease();
    return PhoneCallRows(*lease).find(*challenge);
  }();
  if (!known) return make_call(*challenge);
  if (known->minute) return used();
  if (known->wrong >= engine::kPhoneTriesMost) return tries_over();
  return *std::move(known);
}

Result<PhoneCall> PhoneDesk::make_call(std::uint64_t challenge) {
  journal_clocks(world_.store, world_.time);
  auto const journal = world_.store.snapshot().journal;
  PhoneCall call{.challenge = challenge,
                 .upto = {journal.list.epoch, journal.seq},
                 .code = engine::phone_code(journal, challenge),
                 .shown = engine::read_clocks(world_.clock),
                 .shown_at = world_.time.now().estimate};
  auto const kept = world_.writer.run([&](db::Connection& connection) { PhoneCallRows(connection).add(call); });
  if (!kept) return kept.error();
  return call;
}

Result<PhoneCall> PhoneDesk::answer(std::string_view typed) {
  std::lock_guard const lock(calling_);
  auto call = last_call();
  if (!call) return no_call();
  auto const answer = engine::read_answer(world_.identity.node, typed);
  if (!answer) return answer.error();
  auto const city = world_.store.snapshot().city.keys.newest().key;
  auto const key = engine::phone_key(world_.identity.keys, city, world_.identity.node);
  if (!key) return key.error();
  wire::ListName const journal{wire::ListKind::kJournal, world_.identity.unit, world_.identity.node, call->upto.epoch};
  auto const right = engine::phone_answer(*key, {journal, call->upto.seq, call->challenge, call->code}, answer->minute);
  bool const is_right = answer->mac == right;
  if (call->minute) return is_right && *call->minute == answer->minute ? Result<PhoneCall>(*call) : no_call();
  if (call->wrong >= engine::kPhoneTriesMost) return tries_over();
  return is_right ? take_right(*std::move(call), answer->minute) : take_wrong(*std::move(call));
}

Result<PhoneCall> PhoneDesk::take_wrong(PhoneCall call) {
  ++call.wrong;
  auto const kept = world_.writer.run([&](db::Connection& connection) { PhoneCallRows(connection).update(call); });
  if (!kept) return kept.error();
  if (call.wrong >= engine::kPhoneTriesMost) return tries_over();
  return wrong_answer(engine::kPhoneTriesMost - call.wrong);
}

Result<PhoneCall> PhoneDesk::take_right(PhoneCall call, UtcTime minute) {
  call.minute = minute;
  world_.time.learn(engine::ToldMoment{.anchor = call.challenge, .minute = minute, .asked = call.shown});
  auto const stamp = world_.time.stamp();
  auto const kept = world_.writer.run([&](db::Connection& connection) {
    PhoneCallRows(connection).update(call);
    keep_time(connection, stamp.state);
  });
  if (!kept) return kept.error();
  return call;
}

std::optional<PhoneCall> PhoneDesk::last_call() {
  auto const lease = world_.readers.lease();
  return PhoneCallRows(*lease).last();
}

PhoneState PhoneDesk::state() {
  auto const lease = world_.readers.lease();
  db::Snapshot const one_view(*lease);
  lists::EntryLists lists(*lease, world_.vault, world_.identity.unit);
  PhoneCallRows calls(*lease);
  PhoneState state{.call = calls.last(), .proofs = {}, .journal_seq = lists.head(wire::ListKind::kJournal)->seq};
  auto const facts = lists.unit_facts().phone_receipts;
  for (auto const& call : calls.all()) {
    bool const in_feed = std::ranges::any_of(
        facts, [&](rules::PhoneReceiptFact const& fact) { return fact.receipt.challenge == call.challenge; });
    if (call.minute && !in_feed) state.proofs.push_back(proof_in_call(call));
  }
  for (auto fact = facts.rbegin(); fact != facts.rend(); ++fact) {
    state.proofs.push_back(proof_in_feed(*fact, calls.find(fact->receipt.challenge)));
  }
  return state;
}

}  // namespace fieldnode::office
