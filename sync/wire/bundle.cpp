#include "sync/wire/bundle.h"

#include <algorithm>

#include "sync/base/check.h"
#include "sync/wire/archive.h"
#include "sync/wire/fixed_bytes.h"
#include "sync/wire/signed_form.h"

namespace fieldnode::wire {

template <class Archive>
void serialize(Archive& archive, BundleHeader& header) {
  archive(header.suite, header.way, header.unit, header.node, header.journal_epoch);
  archive.fixed(header.city_key_id);
  archive(header.number, header.answers, header.created_on, header.salt);
}

namespace {

constexpr std::array<std::uint8_t, 4> kMagic{'F', 'N', 'B', 'N'};

}  // namespace

Bytes encode_bundle_front(BundleHeader const& header) {
  PackedOutput fields;
  fields(header);
  auto const size = fields.view().size();
  check(size <= kBundleHeaderMaxBytes, "a bundle's header is small");
  Bytes front(kMagic.begin(), kMagic.end());
  front.push_back(kBundleVersion);
  front.push_back(static_cast<std::uint8_t>(size >> 8U));
  front.push_back(static_cast<std::uint8_t>(size));
  front.insert(front.end(), fields.view().begin(), fields.view().end());
  return front;
}

Result<std::size_t> bundle_header_size(BytesView lead) {
  check(lead.size() == kBundleLeadBytes, "a bundle's lead has a fixed size");
  if (!std::ranges::equal(lead.first(kMagic.size()), kMagic)) {
    return refuse("not_a_bundle", "This is no bundle of fieldnode; choose a file that `bundle export` has written.");
  }
  auto const version = lead[kMagic.size()];
  if (version > kBundleVersion) {
    return refuse("newer_bundle", "The bundle has format " + std::to_string(version) + ", this program reads " +
                                      std::to_string(kBundleVersion) + " at most; upgrade this end first.");
  }
  auto const size = static_cast<std::size_t>(lead[5]) << 8U | lead[6];
  if (version == 0 || size > kBundleHeaderMaxBytes) return bundle_damaged();
  return size;
}

Result<BundleHeader> decode_bundle_header(BytesView bytes) {
  auto const header = decoded(bytes, "bundle_damaged", "bundle's header", [](PackedInput& input) {
    BundleHeader read;
    input(read);
    return read;
  });
  bool const known = header && (header->way == BundleWay::kToCentre || header->way == BundleWay::kToNode) &&
                     header->unit && header->node;
  if (!known) return bundle_damaged();
  return header;
}

Bytes encode_record_lead(RecordLead const& lead) {
  check(lead.size <= kBundleRecordMaxBytes, "whoever writes a bundle cuts it into records");
  Bytes bytes{lead.kind};
  for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<std::uint8_t>(lead.size >> shift));
  return bytes;
}

Result<RecordLead> decode_record_lead(BytesView bytes) {
  check(bytes.size() == kBundleRecordLeadBytes, "a record's lead has a fixed size");
  RecordLead lead{bytes[0], 0};
  for (auto const byte : bytes.subspan(1)) lead.size = lead.size << 8U | byte;
  if (lead.size > kBundleRecordMaxBytes) return bundle_damaged();
  return lead;
}

Bytes signed_bytes(BundleHeader const& header, Hash const& content) {
  auto out = signed_form("fieldnode/bundle/1");
  out.number(static_cast<std::uint64_t>(header.suite)).raw(content);
  return out.take();
}

Bytes record_context(Hash const& front, std::uint64_t index, std::uint8_t kind) {
  FixedBytes out;
  out.raw(bytes_of("fieldnode/bundle-record/1")).raw(front).number(index).number(kind);
  return out.take();
}

Refusal bundle_damaged() {
  return refuse("bundle_damaged",
                "The bundle was changed on its way or on the stick; nothing of it was taken in. Copy it once more, or "
                "have a new one made.");
}

}  // namespace fieldnode::wire
