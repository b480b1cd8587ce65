#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "sync/crypto/suite.h"
#include "sync/wire/exchange.h"

/// The outside of a bundle: one half of an exchange in a sealed, signed, numbered file. What is in its records are
/// whole messages, and attachments (`bundle_files.h`). Source: PROTOCOL, "Bundle".
namespace fieldnode::wire {

inline constexpr std::uint8_t kBundleVersion = 1;

enum class BundleWay : std::uint8_t { kToCentre = 1, kToNode = 2 };

/// What stands in clear: who made it, for whom, which one it is. The signature covers it.
struct BundleHeader {
  SuiteId suite{};
  BundleWay way{};
  UnitId unit{};
  NodeId node{};
  Epoch journal_epoch{};  ///< of the node's live journal, as the sender knows it
  std::uint64_t city_key_id{};
  std::uint64_t number{};   ///< counts the sender's bundles to this receiver from 1; 0: the sender could not note it
  std::uint64_t answers{};  ///< number of the bundle that it answers; 0: it was not asked for
  UtcTime created_on{};     ///< by the sender's clock, for people; nothing rests on it
  std::array<std::uint8_t, 32> salt{};
  friend bool operator==(BundleHeader const&, BundleHeader const&) = default;
};

/// Units: bytes. A file system of old sticks takes files below 4 GiB; a record is held in memory as a whole.
inline constexpr std::size_t kBundleLeadBytes = 7;  ///< magic, version, length of the header
inline constexpr std::size_t kBundleHeaderMaxBytes = 1024;
inline constexpr std::size_t kBundleRecordLeadBytes = 5;  ///< kind, length
inline constexpr std::size_t kBundleRecordMaxBytes = 2 * 1024 * 1024;
inline constexpr std::uint64_t kBundleMaxBytes = 0xffff'ffff;

/// What a record is. A reader goes past kinds that it does not know, so that a later version may add some.
enum class BundleRecord : std::uint8_t { kEnd = 0, kMessage = 1, kFileStates = 2, kFilePart = 3 };

/// Magic, version, length, header: how a bundle begins.
[[nodiscard]] Bytes encode_bundle_front(BundleHeader const& header);
/// The length of the header that follows `lead`, the first kBundleLeadBytes of a file.
/// Errors: `not_a_bundle`, `newer_bundle`.
[[nodiscard]] Result<std::size_t> bundle_header_size(BytesView lead);
/// Errors: `bundle_damaged`.
[[nodiscard]] Result<BundleHeader> decode_bundle_header(BytesView bytes);

struct RecordLead {
  std::uint8_t kind{};
  std::size_t size{};
};
[[nodiscard]] Bytes encode_record_lead(RecordLead const& lead);
/// Errors: `bundle_damaged` when the record is longer than any may be.
[[nodiscard]] Result<RecordLead> decode_record_lead(BytesView bytes);

/// The bytes that the signature at the end covers. `content`: SHA-256 of everything before the end record.
[[nodiscard]] Bytes signed_bytes(BundleHeader const& header, Hash const& content);

/// What a record's seal is bound to: this bundle, this place in it. `front`: SHA-256 of the front.
[[nodiscard]] Bytes record_context(Hash const& front, std::uint64_t index, std::uint8_t kind);

/// The file was changed on its way or on the stick.
[[nodiscard]] Refusal bundle_damaged();

}  // namespace fieldnode::wire
