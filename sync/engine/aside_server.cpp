#include "sync/engine/aside_server.h"

#include <fmt/format.h>

#include "sync/base/check.h"
#include "sync/engine/list_walk.h"
#include "sync/wire/signing.h"

namespace fieldnode::engine {
namespace {

wire::ListName journal_of(RevokedNode const& from, wire::ExchangeRequest const& request) {
  return {wire::ListKind::kJournal, from.unit, from.node, request.journal_epoch};
}

Refusal bad_signature() {
  return refuse("bad_signature", "The acts are not signed by the node that delivers them; none was kept.");
}

Result<void> check_signed_head(crypto::SignatureSuite const& suite, RevokedNode const& from,
                               wire::ExchangeRequest const& request) {
  bool const fits = request.head && request.head->list == journal_of(from, request) && !request.acts.empty() &&
                    request.head->seq == request.first_act + request.acts.size() - 1;
  if (fits && wire::verify_head(*request.head, suite, from.key)) return {};
  return bad_signature();
}

Refusal gap_after(std::uint64_t held, std::uint64_t first) {
  return refuse("journal_gap", fmt::format("Acts {} to {} are missing before act {}; send from act {}.", held + 1,
                                           first == 0 ? held : first - 1, first, held + 1));
}

std::size_t size_of(wire::EncodedEntry const& entry) {
  return entry.skeleton.size() + entry.body.bytes.size() + entry.contact.bytes.size();
}

/// Walks what came on from the held chain: what is held must be the same, what is new is given.
Result<std::vector<FeedArrival>> new_acts(AsideBook& book, ListHead const& held, wire::ExchangeRequest const& request) {
  if (request.first_act == 0 || request.first_act > held.seq + 1) return gap_after(held.seq, request.first_act);
  auto const before = book.hash_at(held.list, request.first_act - 1);
  check(before.has_value(), "a held act has no hash");
  ListWalk walk({held.list, request.first_act - 1, *before},
                [&](AssignmentId assignment) { return book.keys(held.list, assignment); });
  std::vector<FeedArrival> arrivals;
  for (auto const& entry : request.acts) {
    auto arrival = walk.step(entry);
    if (!arrival) return arrival.error();
    if (arrival->seq > held.seq) {
      arrivals.push_back(*std::move(arrival));
    } else if (book.hash_at(held.list, arrival->seq) != arrival->hash) {
      return refuse("journal_fork", fmt::format("Act {} of this journal is held here with other content; nothing more "
                                                "was kept.",
                                                arrival->seq));
    }
  }
  if (walk.chain().hash != request.head->hash) return bad_signature();
  return arrivals;
}

}  // namespace

Result<std::size_t> AsideServer::receive(AsideBook& book, RevokedNode const& from, wire::ExchangeRequest const& request,
                                         std::optional<UtcTime> received_at) const {
  if (request.unit != from.unit || request.node != from.node) {
    return refuse("unknown_node", "The delivery speaks for another node than the certificate that it came with.");
  }
  if (auto const believed = check_signed_head(suite_, from, request); !believed) return believed.error();
  auto const journal = journal_of(from, request);
  auto const held = book.head(journal);
  if (!held) return refuse("unknown_epoch", "This journal is another node's; nothing was kept.");
  auto const arrivals = new_acts(book, *held, request);
  if (!arrivals) return arrivals.error();
  if (auto const room = check_room(book, from.node, *arrivals); !room) return room.error();
  for (auto const& act : *arrivals) {
    book.keep(journal, {act.seq, act.leaf, act.hash, act.skeleton, act.entry}, received_at);
  }
  if (!arrivals->empty()) book.keep_signed_head(*request.head);
  return arrivals->size();
}

Result<void> AsideServer::check_room(AsideBook& book, NodeId node, std::vector<FeedArrival> const& arrivals) const {
  auto used = book.use(node);
  used.acts += arrivals.size();
  for (auto const& act : arrivals) used.bytes += size_of(act.entry);
  if (used.acts <= limits_.acts && used.bytes <= limits_.bytes) return {};
  return refuse("aside_full",
                fmt::format("Of a node that was revoked {} acts or {} MiB are kept at most, and these would "
                            "be more: they were not kept and stay at the node. Ask the centre.",
                            limits_.acts, limits_.bytes / (1024 * 1024)));
}

wire::ExchangeReply AsideServer::answer(AsideBook& book, RevokedNode const& from, wire::ExchangeRequest const& request,
                                        std::optional<UtcTime> received_at) const {
  auto const held = book.head(journal_of(from, request));
  check(held.has_value(), "a delivery that was kept has its journal");
  wire::ExchangeReply reply;
  auto& receipt = reply.receipt;
  receipt.suite = static_cast<wire::SuiteId>(suite_.id());
  receipt.key_id = city_.id;
  receipt.nonce = request.nonce;
  receipt.unit = from.unit;
  receipt.node = from.node;
  receipt.journal_epoch = held->list.epoch;
  receipt.journal_seq = held->seq;
  receipt.journal_hash = held->hash;
  receipt.received_at = received_at;
  receipt.aside = true;
  reply.have = held->seq;
  return reply;
}

void AsideServer::sign(wire::ExchangeReply& reply) const {
  wire::sign_receipt(reply.receipt, suite_, city_.keys.secret_key);
}

}  // namespace fieldnode::engine
