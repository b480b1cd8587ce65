#include "sync/wire/evidence.h"

#include <array>

#include "sync/base/check.h"
#include "sync/crypto/hash.h"
#include "sync/wire/evidence_fields.h"
#include "sync/wire/signed_form.h"

namespace fieldnode::wire {
namespace {

constexpr std::array<std::uint8_t, 4> kMagic{'F', 'N', 'E', 'V'};
constexpr std::size_t kPartNumbers = std::variant_size_v<EvidenceContent>;

Hash digest_of(BytesView part) { return crypto::hash_under("fieldnode/evidence-part/1", {part}); }

/// Number, length, fields.
void put_part(PackedOutput& output, EvidenceContent const& content) {
  PackedOutput fields;
  std::visit([&fields](auto const& part) { fields(part); }, content);
  output.put_varint(content.index() + 1);
  output.put_sized(fields.view());
}

template <std::size_t... kIndex>
EvidenceContent blank_content(std::size_t index, std::index_sequence<kIndex...>) {
  EvidenceContent content;
  ((index == kIndex ? static_cast<void>(content.emplace<kIndex>()) : void()), ...);
  return content;
}

EvidenceContent get_content(PackedInput& input) {
  auto const number = input.get_varint();
  if (number == 0 || number > kPartNumbers) input.fail("there is no part with the number " + std::to_string(number));
  auto content = blank_content(number - 1, std::make_index_sequence<kPartNumbers>());
  auto fields = input.get_block();
  std::visit([&fields](auto& part) { fields(part); }, content);
  // A field that nobody reads would be a place to hide something.
  if (fields.left() > 0) fields.fail(std::to_string(fields.left()) + " bytes follow the part's last field");
  return content;
}

/// One file on its way into parts.
class Reading {
 public:
  explicit Reading(BytesView file) : file_(file), input_(file) {}

  EvidenceReading run() {
    try {
      if (read_start()) read_parts();
    } catch (MalformedInput const& malformed) {
      stop(EvidenceStop::Why::kUnreadable, malformed.offset, malformed.why);
    }
    return std::move(reading_);
  }

 private:
  bool read_start() {
    for (auto const letter : kMagic) {
      if (!input_.take_if(letter)) return stop(EvidenceStop::Why::kNotEvidence, 0), false;
    }
    auto const at = input_.offset();
    auto const version = input_.get_varint();
    if (version > kEvidenceVersion) return stop(EvidenceStop::Why::kNewer, at), false;
    if (version < kEvidenceVersion) return stop(EvidenceStop::Why::kNotEvidence, at), false;
    return true;
  }

  void read_parts() {
    while (input_.left() > 0) {
      auto const begin = input_.offset();
      auto content = get_content(input_);
      auto const size = input_.offset() - begin;
      reading_.parts.push_back({begin, size, digest_of(file_.subspan(begin, size)), std::move(content)});
      if (reading_.parts.back().content.index() != kSealIndex) continue;
      if (input_.left() > 0) stop(EvidenceStop::Why::kBehindSeal, input_.offset());
      return;
    }
    stop(EvidenceStop::Why::kNoSeal, input_.offset());
  }

  void stop(EvidenceStop::Why why, std::size_t offset, std::string reason = {}) {
    reading_.stop = EvidenceStop{why, offset, reading_.parts.size() + 1, std::move(reason)};
  }

  BytesView file_;
  PackedInput input_;
  EvidenceReading reading_;
};

}  // namespace

EvidenceWriter::EvidenceWriter(EvidenceFront const& front) {
  PackedOutput start;
  start.put_bytes(kMagic);
  start.put_varint(kEvidenceVersion);
  bytes_ = start.take();
  add(front);
}

void EvidenceWriter::add(EvidenceContent const& content) {
  PackedOutput part;
  put_part(part, content);
  digests_.push_back(digest_of(part.view()));
  bytes_.insert(bytes_.end(), part.view().begin(), part.view().end());
}

Bytes EvidenceWriter::seal(crypto::SignatureSuite const& suite, crypto::SecretKey const& key) && {
  EvidenceSeal seal{static_cast<SuiteId>(suite.id()), std::move(digests_), {}};
  seal.signature = suite.sign(signed_bytes(seal), key);
  PackedOutput part;
  put_part(part, seal);
  bytes_.insert(bytes_.end(), part.view().begin(), part.view().end());
  return std::move(bytes_);
}

EvidenceReading read_evidence(BytesView file) { return Reading(file).run(); }

Bytes signed_bytes(EvidenceSeal const& seal) {
  auto out = signed_form("fieldnode/evidence/1");
  out.number(static_cast<std::uint64_t>(seal.suite)).number(kEvidenceVersion).number(seal.digests.size());
  for (auto const& digest : seal.digests) out.raw(digest);
  return out.take();
}

Result<void> verify_seal(EvidenceSeal const& seal, crypto::SignatureSuite const& suite, crypto::PublicKey const& key) {
  return verify_signed(seal, suite, key, "seal of the file");
}

}  // namespace fieldnode::wire
