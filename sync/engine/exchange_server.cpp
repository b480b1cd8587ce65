#include "sync/engine/exchange_server.h"

#include <fmt/format.h>

#include <algorithm>

#include "sync/base/check.h"
#include "sync/engine/earlier_lists.h"
#include "sync/engine/feed_report.h"
#include "sync/engine/journal_opening.h"
#include "sync/engine/state_compare.h"
#include "sync/rules/judge.h"
#include "sync/wire/signing.h"

namespace fieldnode::engine {
namespace {

/// One journal answers one request with at most this many marks; the rest follow with the next receipts.
constexpr std::size_t kMarksPerReceipt = 64;

/// Whatever a node wishes for, one reply stays well below what a message may hold, in bytes and in entries.
constexpr std::size_t kReplyMostBytes = 1024 * 1024;

Refusal fork_at(std::uint64_t seq) {
  return refuse("journal_fork",
                fmt::format("Act {} of this journal is held here with other content: two copies of the node are "
                            "running, or it was rolled back. Nothing was taken in; an operator must choose one.",
                            seq));
}

Result<void> check_sender(UnitHeads const& heads, wire::ExchangeRequest const& request) {
  if (request.unit != heads.unit || request.node != heads.node) {
    return refuse("unknown_node", fmt::format("Node {} is not the node of this unit; enrol it again with a new code.",
                                              request.node.value));
  }
  if (heads.revoked) {
    return refuse(
        "node_revoked",
        "This node was revoked or replaced: it gets nothing more, and what it did is only set aside. Ask the centre.");
  }
  return {};
}

/// What the node signed over the acts that came; `walked` is where they lead. A run leaves the hash out.
Result<wire::SignedHead> signed_head(crypto::SignatureSuite const& suite, UnitHeads const& heads,
                                     wire::ExchangeRequest const& request, Hash const& walked) {
  if (request.head) {
    auto head = *request.head;
    if (head.hash == Hash{}) head.hash = walked;
    bool const fits = head.list == heads.journal.list && head.hash == walked &&
                      head.seq == request.first_act + request.acts.size() - 1;
    if (fits && wire::verify_head(head, suite, heads.node_key)) return head;
  }
  return refuse("bad_signature", "The acts are not signed by this unit's node; none was taken in.");
}

/// Walks the acts of one request: what is already held must be the same, what is new goes on from there.
class JournalWalk {
 public:
  JournalWalk(Ledger& ledger, wire::ChainState before) : ledger_(ledger), chain_(before) {}

  Result<ActArrival> step(wire::EncodedEntry const& entry) {
    auto skeleton = wire::decode_skeleton(entry.skeleton);
    if (!skeleton) return skeleton.error();
    auto const keys = keys_for(*skeleton, entry);
    if (!keys) return keys.error();
    auto const leaf = wire::leaf_of(entry, chain_.list, chain_.seq + 1, *keys);
    if (!leaf) return leaf.error();
    chain_.advance(*leaf);
    return ActArrival{chain_.seq, *leaf, chain_.hash, std::move(*skeleton), entry};
  }

  [[nodiscard]] Hash const& hash() const { return chain_.hash; }

 private:
  Result<std::optional<wire::SaltKeys>> keys_for(rules::Skeleton const& skeleton, wire::EncodedEntry const& entry) {
    auto const own = wire::own_keys(chain_.list.kind, chain_.seq + 1, skeleton.kind, entry);
    if (!own) return own.error();
    if (*own) opening_keys_ = *own;
    if (!skeleton.assignment && opening_keys_) return opening_keys_;
    return ledger_.journal_keys(skeleton.assignment);
  }

  Ledger& ledger_;
  wire::ChainState chain_;
  std::optional<wire::SaltKeys> opening_keys_;
};

/// The acts of a request that are new, and the signature that holds for them.
struct SignedActs {
  std::vector<ActArrival> acts;
  wire::SignedHead head{};
};

/// A signature that does not fit comes before a fork: what is not signed accuses nobody.
Result<SignedActs> new_acts(crypto::SignatureSuite const& suite, Ledger& ledger, UnitHeads const& heads,
                            wire::ExchangeRequest const& request) {
  if (request.first_act == 0 || request.first_act > heads.journal.seq + 1) {
    return refuse("journal_gap",
                  fmt::format("Acts {} to {} are missing before act {}; send from act {}.", heads.journal.seq + 1,
                              request.first_act - 1, request.first_act, heads.journal.seq + 1));
  }
  auto const before = ledger.journal_hash_at(request.first_act - 1);
  check(before.has_value(), "a held act has no hash");
  JournalWalk walk(ledger, {heads.journal.list, request.first_act - 1, *before});
  SignedActs arrived;
  std::optional<Refusal> fork;
  for (auto const& entry : request.acts) {
    auto arrival = walk.step(entry);
    if (!arrival) return arrival.error();
    if (arrival->seq > heads.journal.seq) {
      arrived.acts.push_back(std::move(*arrival));
    } else if (!fork && ledger.journal_hash_at(arrival->seq) != arrival->hash) {
      fork = fork_at(arrival->seq);
    }
  }
  auto head = signed_head(suite, heads, request, walk.hash());
  if (!head) return head.error();
  if (fork) return *std::move(fork);
  arrived.head = *std::move(head);
  return arrived;
}

/// The last feed entry that the maker of the act knew, by the gapless feed or by preview.
Position known_to(rules::Skeleton const& act) { return {act.basis.epoch, std::max(act.basis.seq, act.previewed)}; }

/// What certainly bounds the moment of an act, whatever its node says: after the anchor that it embeds and after the
/// entries that it was made on, before now.
TimeInterval proven_bracket(Ledger& ledger, rules::Skeleton const& act, UtcTime now) {
  UtcTime earliest{};
  if (auto const anchored = ledger.anchor_sent_at(act.time.anchor)) earliest = *anchored;
  if (auto const made_on = ledger.feed_entry_time(known_to(act))) earliest = std::max(earliest, *made_on);
  return {std::min(earliest, now), now};
}

rules::Judgement judge_arrival(Ledger& ledger, ActArrival const& arrival, UtcTime now) {
  // What was judged before a restore keeps its judgement: the feed has the word on it, or it was admitted.
  Position const at{ledger.heads().journal.list.epoch, arrival.seq};
  if (ledger.epochs().was_judged(at)) return {};
  auto act = arrival.skeleton;
  if (!act.origin) act.origin = at;  // another copy of the node may have appended it again, and been here first
  auto const held = ledger.assignment(act.assignment);
  auto const state = held.value_or(rules::AssignmentState{});
  auto const shelf = ledger.rules();
  auto const& book = *shelf->current();
  return rules::classify(state, act,
                         {.policy = book.policy,
                          .calendar = book.calendar,
                          .side = rules::Side::kCentre,
                          .now = proven_bracket(ledger, act, now),
                          .feeds = &shelf->feeds(),
                          .calendar_then = &shelf->calendar_then(known_to(act))});
}

/// The entry that tells both ends what became of the act.
void append_ruling(Ledger& ledger, AssignmentId assignment, Position act, rules::Judgement const& judgement,
                   UtcTime now) {
  switch (judgement.ruling) {
    case rules::Ruling::kAdmit:
      return;
    case rules::Ruling::kRefuse:
      return ledger.append_entry(rules::EntryKind::kRefusal, assignment, rules::RefusalOfAct{act, judgement.why.code},
                                 now);
    case rules::Ruling::kConflict:
      return ledger.append_entry(rules::EntryKind::kConflict, assignment, rules::Conflict{act}, now);
    case rules::Ruling::kSetAside:
      return ledger.append_entry(rules::EntryKind::kSetAside, assignment, rules::SetAside{act, judgement.why.code},
                                 now);
  }
}

/// Keeps one act and, where it is not admitted, says so in the very next feed entry.
void admit(Ledger& ledger, ActArrival const& act, UtcTime now, Admission& admission) {
  auto const judgement = judge_arrival(ledger, act, now);
  ledger.append_act(act);
  ++admission.admitted;
  if (judgement.ruling == rules::Ruling::kAdmit) return;
  Position const at{ledger.heads().journal.list.epoch, act.seq};
  append_ruling(ledger, act.skeleton.assignment, at, judgement, now);
  ++admission.ruled_against;
}

/// Gives the hash that the receipt carries over them and over the ends of the earlier feeds' runs.
Hash add_previews(Ledger& ledger, wire::ExchangeReply& reply, std::vector<FeedLeaf> previews) {
  std::vector<wire::PreviewedLeaf> leaves;
  for (auto const& run : reply.earlier_feeds) {
    if (run.entries.empty()) continue;
    auto const last = run.first + run.entries.size() - 1;
    auto const hash = ledger.epochs().hash_at(wire::ListKind::kFeed, {run.list.epoch, last});
    check(hash.has_value(), "a run's last entry is held");
    leaves.push_back({last, *hash});
  }
  for (auto& preview : previews) {
    leaves.push_back({preview.seq, preview.leaf});
    reply.previews.push_back({preview.seq, std::move(preview.entry)});
  }
  return wire::previewed_hash(leaves);
}

}  // namespace

ExchangeServer::ExchangeServer(crypto::SignatureSuite const& suite, CityKey const& city) : suite_(suite), city_(city) {}

Result<Admission> ExchangeServer::receive(Ledger& ledger, wire::ExchangeRequest const& request, UtcTime now) const {
  if (auto const known = check_sender(ledger.heads(), request); !known) return known.error();
  if (auto const open = admit_journal(ledger, suite_, ledger.heads(), request); !open) return open.error();
  if (auto const heard = FeedReport(suite_, city_, ledger).hear(request, now); !heard) return heard.error();
  auto const heads = ledger.heads();
  Admission admission;
  if (ledger.epochs().awaits_report()) return admission;
  bool const differs = request.state && hear_claim(ledger, *request.state, now);
  if (request.acts.empty()) {
    admission.nothing_new = !differs && !request.journals_held && request.feed.epoch == heads.feed.list.epoch &&
                            request.feed.seq == heads.feed.seq;
    return admission;
  }
  auto const arrived = new_acts(suite_, ledger, heads, request);
  if (!arrived) return arrived.error();
  for (auto const& act : arrived->acts) admit(ledger, act, now, admission);
  if (!arrived->acts.empty()) ledger.keep_signed_head(arrived->head);
  return admission;
}

wire::ExchangeReply ExchangeServer::answer(Ledger& ledger, wire::ExchangeRequest const& request,
                                           std::optional<UtcTime> received_at, std::optional<UtcTime> now,
                                           std::vector<FeedLeaf> previews) const {
  auto const heads = ledger.heads();
  wire::ExchangeReply reply;
  auto& receipt = reply.receipt;
  receipt.suite = static_cast<wire::SuiteId>(suite_.id());
  receipt.key_id = city_.id;
  receipt.nonce = request.nonce;
  receipt.unit = heads.unit;
  receipt.node = heads.node;
  receipt.journal_epoch = heads.journal.list.epoch;
  receipt.journal_seq = heads.journal.seq;
  receipt.journal_hash = heads.journal.hash;
  receipt.feed_epoch = heads.feed.list.epoch;
  receipt.feed_head_seq = heads.feed.seq;
  receipt.feed_head_hash = heads.feed.hash;
  reply.have = heads.journal.seq;

  auto const budget = std::min<std::size_t>(request.byte_budget, kReplyMostBytes);
  answer_feed(ledger, heads, request, budget, reply);
  answer_journals(ledger, request, kReplyMostBytes, reply);
  if (request.state) reply.state = judge_claim(ledger, *request.state);
  receipt.previewed = add_previews(ledger, reply, std::move(previews));

  if (received_at && now) {
    // Never earlier than an earlier receipt: a centre whose clock was set back repeats the last time it signed.
    receipt.sent_at = std::max(*now, heads.last_sent_at.value_or(*now));
    receipt.received_at = std::min(*received_at, *receipt.sent_at);
    ledger.mark_held(*now);
    receipt.marks = ledger.marks_after(request.marked_seq, kMarksPerReceipt);
    ledger.keep_receipt(receipt);
  }
  return reply;
}

void ExchangeServer::sign(wire::ExchangeReply& reply) const {
  wire::sign_receipt(reply.receipt, suite_, city_.keys.secret_key);
}

}  // namespace fieldnode::engine
