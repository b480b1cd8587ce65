#include "sync/engine/bundle_writer.h"

#include <algorithm>

namespace fieldnode::engine {

Result<BundleWriter> BundleWriter::begin(wire::BundleHeader header, Keys const& keys,
                                         crypto::SignatureSuite const& suite, Random& random, BundleSink& sink) {
  header.suite = static_cast<wire::SuiteId>(suite.id());
  random.fill(header.salt);
  BundleWriter writer(header, keys.own, suite, random, sink);
  auto const key = bundle_key(keys.own, keys.receiver, header);
  if (!key) return key.error();
  writer.key_ = *key;
  auto const front = wire::encode_bundle_front(header);
  writer.front_ = crypto::sha256(front);
  if (auto const put = writer.put(front); !put) return put.error();
  return writer;
}

Result<void> BundleWriter::add(wire::BundleRecord kind, BytesView content) {
  if (content.size() > room()) {
    return refuse("bundle_too_large",
                  "The bundle would be larger than a stick's file system takes (4 GiB); ask for a smaller one.");
  }
  auto const number = static_cast<std::uint8_t>(kind);
  auto const sealed = crypto::seal(key_, content, wire::record_context(front_, records_++, number), *random_);
  if (auto const put_lead = put(wire::encode_record_lead({number, sealed.size()})); !put_lead) return put_lead;
  return put(sealed);
}

std::uint64_t BundleWriter::room() const {
  constexpr std::uint64_t kEndBytes = wire::kBundleRecordLeadBytes + sizeof(wire::Signature);
  constexpr std::uint64_t kAround = kEndBytes + wire::kBundleRecordLeadBytes + crypto::kSealOverheadBytes;
  return wire::kBundleMaxBytes - std::min(wire::kBundleMaxBytes, bytes_ + kAround);
}

Result<void> BundleWriter::finish() {
  auto const signature = suite_->sign(wire::signed_bytes(header_, content_.finish()), own_->secret_key);
  auto const end = static_cast<std::uint8_t>(wire::BundleRecord::kEnd);
  auto bytes = wire::encode_record_lead({end, signature.size()});
  bytes.insert(bytes.end(), signature.begin(), signature.end());
  bytes_ += bytes.size();
  return sink_->put(bytes);
}

Result<void> BundleWriter::put(BytesView bytes) {
  content_.add(bytes);
  bytes_ += bytes.size();
  return sink_->put(bytes);
}

}  // namespace fieldnode::engine
