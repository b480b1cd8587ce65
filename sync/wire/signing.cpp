#include "sync/wire/signing.h"

#include "sync/crypto/hash.h"
#include "sync/wire/fixed_bytes.h"

namespace fieldnode::wire {
namespace {

void put_domain(FixedBytes& out, std::string_view domain) {
  auto const size = static_cast<std::uint8_t>(domain.size());
  out.raw({&size, 1}).raw(bytes_of(domain));
}

void put_moment(FixedBytes& out, std::optional<UtcTime> moment) {
  out.number(moment ? 1 : 0).number(moment ? static_cast<std::uint64_t>(ms_of(*moment)) : 0);
}

template <class Signed>
Result<void> verify(Signed const& object, crypto::SignatureSuite const& suite, crypto::PublicKey const& key,
                    std::string const& what) {
  if (static_cast<std::uint8_t>(object.suite) != suite.id()) {
    return refuse("foreign_suite", "The " + what + " is signed by suite " +
                                       std::to_string(static_cast<int>(object.suite)) + ", this program speaks " +
                                       std::to_string(suite.id()) + "; both ends need the same.");
  }
  if (!suite.verify(signed_bytes(object), object.signature, key)) {
    return refuse("bad_signature", "The signature of the " + what +
                                       " does not fit: it was changed on the way, or the other end is not who it "
                                       "claims to be. Check its enrolment.");
  }
  return {};
}

}  // namespace

Bytes signed_bytes(SignedHead const& head) {
  FixedBytes out;
  put_domain(out, "fieldnode/head/1");
  out.number(static_cast<std::uint64_t>(head.suite)).number(static_cast<std::uint64_t>(head.list.kind));
  out.number(head.list.unit.value).number(head.list.node.value).number(head.list.epoch.value);
  out.number(head.seq).raw(head.hash);
  return out.take();
}

Bytes signed_bytes(Receipt const& receipt) {
  FixedBytes out;
  put_domain(out, "fieldnode/receipt/1");
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
  return verify(head, suite, key, "journal's head");
}

Result<void> verify_receipt(Receipt const& receipt, crypto::SignatureSuite const& suite, crypto::PublicKey const& key) {
  return verify(receipt, suite, key, "receipt");
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
