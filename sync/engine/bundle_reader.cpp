#include "sync/engine/bundle_reader.h"

#include <algorithm>

namespace fieldnode::engine {
namespace {

constexpr auto kEnd = static_cast<std::uint8_t>(wire::BundleRecord::kEnd);
constexpr auto kMessage = static_cast<std::uint8_t>(wire::BundleRecord::kMessage);

bool is_known(std::uint8_t kind) {
  constexpr auto kLast = static_cast<std::uint8_t>(wire::BundleRecord::kFilePart);
  return kind >= kMessage && kind <= kLast;
}

Refusal unfinished() {
  return refuse("bundle_unfinished",
                "The bundle ends before its end: the stick was pulled out too early, or the copy is not done. Nothing "
                "of it was taken in; copy it once more, or have a new one made.");
}

Refusal interrupted() {
  return refuse("bundle_interrupted",
                "The bundle could not be read to its end a second time (was the stick pulled out?). What was taken in "
                "before stays and does no harm; take the same bundle in once more.");
}

Result<void> check_signature(crypto::SignatureSuite const& suite, wire::BundleHeader const& header, Hash const& content,
                             wire::Signature const& signature, crypto::PublicKey const& sender) {
  if (suite.verify(wire::signed_bytes(header, content), signature, sender)) return {};
  return wire::bundle_damaged();
}

}  // namespace

Result<BundleReader> BundleReader::open(BundleSource& source, crypto::SignatureSuite const& suite,
                                        KeyBook const& keys) {
  BundleReader reader(source);
  crypto::Sha256 content;
  if (auto const front = reader.read_front(content); !front) return front.error();
  auto const& header = reader.header_;
  if (static_cast<std::uint8_t>(header.suite) != suite.id()) {
    return refuse("foreign_suite", "The bundle is signed by another suite than the one that this program speaks.");
  }
  auto const found = keys(header);
  if (!found) return found.error();
  auto const signature = reader.read_records(content);
  if (!signature) return signature.error();
  auto const believed = check_signature(suite, header, content.finish(), *signature, found->sender);
  if (!believed) return believed.error();
  auto const key = bundle_key(found->own, found->sender, header);
  if (!key) return key.error();
  reader.key_ = *key;
  if (auto const again = reader.rewind(); !again) return again.error();
  return reader;
}

Result<void> BundleReader::read_front(crypto::Sha256& content) {
  auto lead = source_->take(wire::kBundleLeadBytes);
  if (!lead) return lead.error();
  if (lead->size() < wire::kBundleLeadBytes) return unfinished();
  auto const size = wire::bundle_header_size(*lead);
  if (!size) return size.error();
  auto const fields = exactly(*size);
  if (!fields) return fields.error();
  auto const header = wire::decode_bundle_header(*fields);
  if (!header) return header.error();
  header_ = *header;
  front_bytes_ = lead->size() + fields->size();
  front_ = crypto::sha256({*lead, *fields});
  content.add(*lead).add(*fields);
  return {};
}

Result<wire::Signature> BundleReader::read_records(crypto::Sha256& content) {
  std::uint64_t read = front_bytes_;
  while (true) {
    auto const bytes = exactly(wire::kBundleRecordLeadBytes);
    if (!bytes) return bytes.error();
    auto const lead = wire::decode_record_lead(*bytes);
    if (!lead) return lead.error();
    auto const record = exactly(lead->size);
    if (!record) return record.error();
    read += bytes->size() + record->size();
    if (read > wire::kBundleMaxBytes) return wire::bundle_damaged();
    if (lead->kind == kEnd) {
      wire::Signature signature{};
      auto const beyond = source_->take(1);
      if (!beyond) return beyond.error();
      if (record->size() != signature.size() || !beyond->empty()) return wire::bundle_damaged();
      std::ranges::copy(*record, signature.begin());
      return signature;
    }
    messages_ += lead->kind == kMessage ? 1 : 0;
    content.add(*bytes).add(*record);
  }
}

Result<void> BundleReader::rewind() {
  if (auto const again = source_->rewind(); !again) return again;
  auto const front = exactly(front_bytes_);
  if (!front) return front.error();
  if (crypto::sha256(*front) != front_) return interrupted();
  return {};
}

Result<std::optional<BundleItem>> BundleReader::next() {
  while (true) {
    auto const record = next_record();
    if (!record) return record.error();
    if (record->kind == kEnd) return std::optional<BundleItem>();
    auto const index = records_read_++;
    if (!is_known(record->kind)) continue;  // of a later version
    auto content = crypto::open(key_, record->sealed, wire::record_context(front_, index, record->kind));
    if (!content) return interrupted();
    return std::optional(BundleItem{static_cast<wire::BundleRecord>(record->kind), *std::move(content)});
  }
}

Result<BundleReader::Record> BundleReader::next_record() {
  auto const bytes = source_->take(wire::kBundleRecordLeadBytes);
  if (!bytes) return bytes.error();
  if (bytes->size() < wire::kBundleRecordLeadBytes) return interrupted();
  auto const lead = wire::decode_record_lead(*bytes);
  if (!lead) return interrupted();
  auto sealed = source_->take(lead->size);
  if (!sealed) return sealed.error();
  if (sealed->size() < lead->size) return interrupted();
  return Record{lead->kind, *std::move(sealed)};
}

Result<Bytes> BundleReader::exactly(std::size_t size) {
  auto bytes = source_->take(size);
  if (bytes && bytes->size() < size) return unfinished();
  return bytes;
}

}  // namespace fieldnode::engine
