#include "node/central/phone_desk.h"

#include <fmt/format.h>

#include <algorithm>

#include "node/central/request_log.h"
#include "sync/engine/phone_digits.h"
#include "sync/engine/phone_receipt.h"

namespace fieldnode::central {
namespace {

Refusal no_node() {
  return refuse("no_node", "No program serves this unit now, so no journal can be proven; enrol one first.");
}

Refusal unknown_challenge() {
  return refuse("phone_challenge_unknown",
                "This challenge was not drawn for the program that serves the unit now; draw a new one.");
}

Refusal expired() {
  return refuse("phone_challenge_expired",
                "The challenge is more than ten minutes old and nothing was noted; draw a new one and begin again.");
}

Refusal used() {
  return refuse("phone_challenge_used",
                "Another code was noted under this challenge before; draw a new one and begin again.");
}

Refusal wrong_code() {
  return refuse("phone_code_wrong",
                "The journal is here up to that act, and gives another code: it was misheard, or is of another moment. "
                "Nothing was noted; have it read out again.");
}

/// What stands in the feed already, when the same code is typed again.
Result<NotedCode> noted_before(UnitWork& work, ChallengeRecord const& record, rules::PhoneReceipt const& said) {
  auto const entry = work.feed_skeleton(record.receipt);
  if (!entry) throw BrokenWorld("a phone receipt that was noted is not in its unit's feed");
  if (std::get<rules::PhoneReceipt>(entry->payload) != said) return used();
  return NotedCode{record.receipt, entry->time.interval.earliest, said.upto.seq, {}, {}};
}

/// Says in the feed, once, whether the code holds.
Result<void> settle(UnitWork& work, std::uint64_t challenge, bool holds, UtcTime now) {
  auto record = work.find_challenge(challenge);
  if (!record || record->checked) return {};
  auto const said = work.append({.kind = rules::EntryKind::kPhoneCheck,
                                 .payload = rules::PhoneCheck{record->receipt, holds},
                                 .at = now,
                                 .body = {},
                                 .contact = {}});
  if (!said) return said.error();
  record->checked = true;
  work.put_challenge(*record);
  return {};
}

}  // namespace

Result<DrawnChallenge> PhoneDesk::draw(StaffId who, std::string_view request_id, UnitId unit, UtcTime now) {
  auto const node = node_of(unit);
  if (!node) return node.error();
  ChallengeRecord drawn{.unit = unit,
                        .node = node->id,
                        .request = std::string(request_id),
                        .staff = who,
                        .made_at = now,
                        .expires_at = now + engine::kPhoneChallengeLife};
  auto const content = RequestContent("draw_phone_challenge").add(who.value).add(unit.value).finish();
  auto const done = store_.with_unit(unit, [&](UnitWork& work) -> Result<void> {
    auto const earlier = earlier_request(work.cases(), request_id, content);
    if (!earlier) return earlier.error();
    if (*earlier) {
      drawn = work.find_challenge(request_id).value();
      return {};
    }
    do {
      drawn.challenge = engine::draw_phone_challenge(random_);
    } while (work.find_challenge(drawn.challenge));
    work.put_challenge(drawn);
    work.cases().keep_request(
        {.id = drawn.request, .content = content, .case_id = {}, .assignment = {}, .entry = {}, .at = now});
    return {};
  });
  if (!done) return done.error();
  return DrawnChallenge{drawn.challenge, engine::challenge_digits(drawn.node, drawn.challenge), drawn.expires_at};
}

Result<NotedCode> PhoneDesk::take(StaffId who, UnitId unit, TypedCode const& typed, UtcTime now) {
  auto const node = node_of(unit);
  if (!node) return node.error();
  auto const code = engine::read_code(node->id, typed.digits);
  if (!code) return code.error();
  auto const key = engine::phone_key(city_keys_, node->public_key, node->id);
  if (!key) return key.error();
  rules::PhoneReceipt const said{{node->journal_epoch, code->upto}, typed.challenge, code->code};
  auto const holds = compared(unit, said);
  if (holds == false) return wrong_code();

  auto noted = Result<NotedCode>(NotedCode{});
  auto const done = store_.with_unit(unit, [&](UnitWork& work) -> Result<void> {
    if (work.unit().node != node->id) return unknown_challenge();
    noted = note(work, who, said, now);
    if (!noted) return noted.error();
    return holds ? settle(work, typed.challenge, *holds, now) : Result<void>{};
  });
  if (!done) return done.error();
  auto const minute = engine::minute_of(noted->at);
  wire::ListName const journal{wire::ListKind::kJournal, unit, node->id, node->journal_epoch};
  auto const mac = engine::phone_answer(*key, {journal, said.upto.seq, said.challenge, said.code}, minute);
  noted->answer = engine::answer_digits(node->id, {minute, mac});
  noted->holds = holds;
  return noted;
}

Result<NotedCode> PhoneDesk::note(UnitWork& work, StaffId who, rules::PhoneReceipt const& said, UtcTime now) {
  auto record = work.find_challenge(said.challenge);
  if (!record || record->node != work.unit().node) return unknown_challenge();
  if (record->receipt.seq != 0) return noted_before(work, *record, said);
  if (now > record->expires_at) return expired();
  // As with receipts: no time that the unit is told lies before one that it was told.
  auto const at = std::max(now, work.unit().last_sent_at.value_or(now));
  auto const entry = work.append(
      {.kind = rules::EntryKind::kPhoneReceipt, .payload = said, .staff = who, .at = at, .body = {}, .contact = {}});
  if (!entry) return entry.error();
  record->receipt = *entry;
  record->noted_at = at;
  work.put_challenge(*record);
  work.note_told(at);
  return NotedCode{*entry, at, said.upto.seq, {}, {}};
}

Result<NodeRecord> PhoneDesk::node_of(UnitId unit) {
  if (!store_.find_unit(unit)) {
    return refuse("unknown_unit", fmt::format("There is no unit with the id {} in this city.", unit.value));
  }
  auto node = store_.node_serving(unit);
  if (!node || node->revoked_at) return no_node();
  return *std::move(node);
}

std::optional<bool> PhoneDesk::compared(UnitId unit, rules::PhoneReceipt const& said) {
  auto const journal = store_.journal_at(unit, said.upto);
  return journal ? std::optional(belongs(said, *journal)) : std::nullopt;
}

bool PhoneDesk::belongs(rules::PhoneReceipt const& said, engine::ListHead const& journal) {
  std::lock_guard const one_at_a_time(comparing_);
  return engine::phone_code(journal, said.challenge) == said.code;
}

Result<std::size_t> PhoneDesk::compare_due(UtcTime now) {
  auto const due = store_.phone_codes_due();
  for (auto const& one : due) {
    bool const holds = belongs(one.said, one.journal);
    auto const done =
        store_.with_unit(one.unit, [&](UnitWork& work) { return settle(work, one.said.challenge, holds, now); });
    if (!done) return done.error();
  }
  return due.size();
}

}  // namespace fieldnode::central
