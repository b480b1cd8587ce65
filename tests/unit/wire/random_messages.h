#pragma once

#include "sync/wire/exchange.h"
#include "tests/unit/wire/random_entries.h"

namespace fieldnode::wire {

inline Hash random_hash(Random& random) {
  Hash hash;
  random.fill(hash);
  return hash;
}

inline Receipt random_receipt(Random& random) {
  RandomFiller fill(random);
  Receipt receipt;
  receipt.suite = SuiteId::kEd25519;
  fill(receipt.key_id, receipt.nonce, receipt.unit, receipt.node, receipt.journal_epoch, receipt.journal_seq);
  fill(receipt.journal_hash, receipt.feed_epoch, receipt.feed_head_seq, receipt.feed_head_hash);
  fill(receipt.received_at, receipt.sent_at, receipt.aside, receipt.signature);
  receipt.answer_seq = receipt.feed_head_seq;
  receipt.answer_hash = receipt.feed_head_hash;
  if (fill.coin()) fill(receipt.answer_seq, receipt.answer_hash);
  if (fill.coin()) fill(receipt.previewed);
  for (auto count = random.below(4); count > 0; --count) {
    auto& mark = receipt.marks.emplace_back();
    fill(mark.seq, mark.received_at);
  }
  return receipt;
}

inline SignedHead random_head(Random& random) {
  SignedHead head{SuiteId::kEd25519, random_list(random), random.bits64(), random_hash(random), {}};
  random.fill(head.signature);
  return head;
}

inline ListRun random_run(Random& random, std::size_t entries) {
  ListRun run{random_list(random), random.bits64(), random.bits64(), {}};
  while (run.entries.size() < entries) run.entries.push_back(random_entry(random));
  return run;
}

inline StateClaim random_claim(Random& random) {
  RandomFiller fill(random);
  StateClaim claim;
  fill(claim.feed, claim.journal, claim.digest, claim.after);
  claim.differing.assign(random.below(3), AssignmentId{random.bits64()});
  return claim;
}

inline crypto::PublicKey random_key(Random& random) { return random_hash(random); }

inline Signature random_signature(Random& random) {
  Signature signature{};
  random.fill(signature);
  return signature;
}

inline CityKeyStep random_step(Random& random) {
  return {SuiteId::kEd25519,
          KeyChange::kCompromised,
          random.bits64(),
          random_key(random),
          random.bits64(),
          random_key(random),
          utc_from_ms(static_cast<std::int64_t>(random.below(1U << 30U))),
          random_signature(random),
          random_signature(random)};
}

inline IdentityClaim random_identity_claim(Random& random) {
  RandomFiller fill(random);
  IdentityClaim claim{random.bits64(), fill.coin(), fill.coin(), {}};
  if (fill.coin()) {
    claim.renewal = CertificateRequest{SuiteId::kEd25519, NodeId{random.bits64()}, "PEM", random_signature(random)};
  }
  return claim;
}

inline IdentityNews random_identity_news(Random& random) {
  RandomFiller fill(random);
  IdentityNews news;
  if (fill.coin()) {
    news.word = NodeStatement{.suite = SuiteId::kEd25519, .key_id = random.bits64(), .key = random_key(random)};
  }
  if (fill.coin()) news.certificate = "PEM";
  if (fill.coin()) {
    news.root = CityRoot{SuiteId::kEd25519, random.bits64(), random_key(random), random_signature(random)};
  }
  while (news.steps.size() < random.below(3)) news.steps.push_back(random_step(random));
  return news;
}

/// What stands in the tagged blocks, each or none.
inline void fill_blocks(ExchangeRequest& request, Random& random) {
  RandomFiller fill(random);
  if (fill.coin()) request.state = random_claim(random);
  if (fill.coin()) request.handed_back = HandedBack{random_run(random, 2), {random_receipt(random)}};
  if (fill.coin()) request.journals_held = {{random_list(random), random.bits64(), random_hash(random)}};
  if (fill.coin()) fill(request.link_bytes_per_second);
  for (std::uint64_t seq = 0, count = random.below(4); count > 0; --count) {
    request.previewed_seqs.push_back(seq += 1 + random.below(1000));
  }
  if (fill.coin()) request.identity = random_identity_claim(random);
}

inline void fill_blocks(ExchangeReply& reply, Random& random) {
  RandomFiller fill(random);
  if (fill.coin())
    reply.earlier_journals =
        EarlierJournals{{random_run(random, 2), random_run(random, 0)}, true, {random_head(random)}};
  if (fill.coin()) {
    reply.state = StateVerdict{fill.coin(), {{AssignmentId{random.bits64()}, random_hash(random)}}, fill.coin()};
  }
  if (fill.coin()) reply.report_wanted = ReportWanted{{random_list(random), random.bits64(), random_hash(random)}};
  if (fill.coin()) reply.earlier_feeds = {random_run(random, 1)};
  if (fill.coin()) reply.identity = random_identity_news(random);
}

inline ExchangeRequest without_blocks(ExchangeRequest request) {
  request.state.reset();
  request.handed_back.reset();
  request.journals_held.reset();
  request.link_bytes_per_second = 0;
  request.previewed_seqs.clear();
  request.identity.reset();
  return request;
}

inline ExchangeReply without_blocks(ExchangeReply reply) {
  reply.earlier_journals.reset();
  reply.state.reset();
  reply.report_wanted.reset();
  reply.earlier_feeds.clear();
  reply.identity.reset();
  return reply;
}

inline ExchangeRequest random_request(Random& random, std::size_t acts) {
  RandomFiller fill(random);
  ExchangeRequest request;
  fill(request.nonce, request.unit, request.node, request.journal_epoch, request.feed, request.feed_hash);
  fill(request.marked_seq, request.first_act, request.wait_seconds, request.byte_budget);
  fill(request.clock.wall, request.clock.earliest, request.clock.latest);
  fill(request.status.version, request.status.program, request.status.undelivered, request.status.disk_free_bytes);
  if (fill.coin()) request.head = random_head(random);
  if (fill.coin()) request.greatest = random_receipt(random);
  while (request.acts.size() < acts) request.acts.push_back(random_entry(random));
  fill_blocks(request, random);
  return request;
}

inline ExchangeReply random_reply(Random& random, std::size_t entries) {
  RandomFiller fill(random);
  ExchangeReply reply;
  reply.receipt = random_receipt(random);
  fill(reply.have, reply.first_entry, reply.more, reply.next_seconds, reply.hold_off_seconds);
  while (reply.feed.size() < entries) {
    auto& item = reply.feed.emplace_back();
    item.held = fill.coin();
    if (!item.held) item.entry = random_entry(random);
  }
  while (reply.previews.size() < entries / 2) reply.previews.push_back({random.bits64(), random_entry(random)});
  fill_blocks(reply, random);
  return reply;
}

}  // namespace fieldnode::wire
