#include "sync/wire/signing.h"

#include "sync/crypto/hash.h"
#include "sync/wire/signed_form.h"

namespace fieldnode::wire {
namespace {

void put_moment(FixedBytes& out, std::optional<UtcTime> moment) {
  out.number(moment ? 1 : 0).number(moment ? static_cast<std::uint64_t>(ms_of(*moment)) : 0);
}

}  // namespace

Bytes signed_bytes(SignedHead const& head) {
  auto out = signed_form("fieldnode/head/1");
  out.number(static_cast<std::uint64_t>(head.suite)).number(static_cast<std::uint64_t>(head.list.kind));
  out.number(head.list.unit.value).number(head.list.node.value).number(head.list.epoch.value);
  out.number(head.seq).raw(head.hash);
  return out.take();
}

Bytes signed_bytes(Receipt const& receipt) {
  auto out = signed_form("fieldnode/receipt/1");
  out.number(static_cast<std::uint64_t>(receipt.suite)).number(receipt.key_id).raw(receipt.nonce);
  out.number(receipt.unit.value).number(receipt.node.value);
  out.number(receipt.journal_epoch.value).number(receipt.journal_seq).raw(receipt.journal_hash);
  out.number(receipt.feed_epoch.value).number(receipt.feed_head_seq).raw(receipt.feed_head_hash);
  out.number(receipt.answer_seq).raw(receipt.answer_hash).raw(receipt.previewed);
  put_moment(out, receipt.received_at);
  put_moment(out, receipt.sent_at);
  out.number(receipt.marks.size());
  for (auto const& mark : receipt.marks) {
    out.number(mark.seq).number(static_cast<std::uint64_t>(ms_of(mark.received_at)));
  }
  out.number(receipt.aside ? 1 : 0);
  return out.take();
}

SignedHead sign_head(ListName const& list, std::uint64_t seq, Hash const& hash, crypto::SignatureSuite const& suite,
                     crypto::SecretKey const& key) {
  SignedHead head{static_cast<SuiteId>(suite.id()), list, seq, hash, {}};
  head.signature = suite.sign(signed_bytes(head), key);
  return head;
}

void sign_receipt(Receipt& receipt, crypto::SignatureSuite const& suite, crypto::SecretKey const& key) {
  receipt.suite = static_cast<SuiteId>(suite.id());
  receipt.signature = suite.sign(signed_bytes(receipt), key);
}

Result<void> verify_head(SignedHead const& head, crypto::SignatureSuite const& suite, crypto::PublicKey const& key) {
  return verify_signed(head, suite, key, "journal's head");
}

Result<void> verify_receipt(Receipt const& receipt, crypto::SignatureSuite const& suite, crypto::PublicKey const& key) {
  return verify_signed(receipt, suite, key, "receipt");
}

Hash previewed_hash(std::vector<PreviewedLeaf> const& previews) {
  if (previews.empty()) return {};
  FixedBytes out;
  for (auto const& preview : previews) out.number(preview.seq).raw(preview.leaf);
  return crypto::hash_under("fieldnode/previewed/1", {out.view()});
}

// The signature is left out: a receipt has its name before it is signed, so that the name can be stored first.
std::uint64_t anchor_id(Receipt const& receipt) {
  auto const hash = crypto::hash_under("fieldnode/anchor/1", {signed_bytes(receipt)});
  std::uint64_t id = 0;
  for (std::size_t i = 0; i < 8; ++i) id = (id << 8) | hash[i];
  return id == 0 ? 1 : id;  // 0 means "no anchor"
}

}  // namespace fieldnode::wire
