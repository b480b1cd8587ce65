#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sync/base/bytes.h"
#include "sync/base/ids.h"
#include "sync/base/result.h"
#include "sync/rules/entry.h"

/// Entries and their bytes. An entry's bytes are made once, then stored, sent and verified as received.
/// Source: PROTOCOL, "Entries".
namespace fieldnode::wire {

/// Names of the free texts in a body. Numbers are never reused; an unknown tag is kept.
enum class TextTag : std::uint8_t {
  kNumber = 1,  ///< the case's number as printed on paper
  kTitle = 2,
  kText = 3,  ///< what the citizen said
  kPlace = 4,
  kNote = 5,          ///< internal handling note
  kPublicAnswer = 6,  ///< answer meant for the citizen, kept apart from the note (R2)
  kGround = 7,
  kBasis = 8,
  kReason = 9,
  kDocumentNumber = 10,
  kName = 11,      ///< of a staff member, a unit
  kDocument = 12,  ///< a policy or calendar text as signed
  kSource = 13,    ///< facts in the source's words, JSON object of strings
  kSpokeWith = 14,
};

struct TextField {
  TextTag tag{};
  std::string text;
  friend bool operator==(TextField const&, TextField const&) = default;
};

/// A file's address and description; the bytes travel apart. Units: `size` bytes.
struct BlobRef {
  Hash address{};
  std::uint64_t size{};
  std::uint8_t attachment_class{};  ///< R2: 1 identity, 2 evidence of contact, 3 evidence of handling
  std::string name;
  friend bool operator==(BlobRef const&, BlobRef const&) = default;
};

struct Body {
  std::vector<TextField> texts;
  std::vector<BlobRef> blobs;
  [[nodiscard]] bool empty() const { return texts.empty() && blobs.empty(); }
  /// Empty when the tag is absent.
  [[nodiscard]] std::string text(TextTag tag) const;
  friend bool operator==(Body const&, Body const&) = default;
};

enum class ContactTag : std::uint8_t { kName = 1, kTelephone = 2, kAddress = 3, kOther = 4, kNumberUsed = 5 };

struct ContactField {
  ContactTag tag{};
  std::string text;
  friend bool operator==(ContactField const&, ContactField const&) = default;
};

using SaltKey = std::array<std::uint8_t, 16>;
using Salt = std::array<std::uint8_t, 16>;

/// The two keys from which every salt of an assignment (or of an epoch's unit-wide entries) follows.
struct SaltKeys {
  SaltKey body{};
  SaltKey contact{};
  friend bool operator==(SaltKeys const&, SaltKeys const&) = default;
};

/// The citizen's data, and in a dispatch or an opening the salt keys. Sealed at rest, never in a log or an index.
struct ContactData {
  std::vector<ContactField> fields;
  std::optional<SaltKeys> keys;
  [[nodiscard]] bool empty() const { return fields.empty() && !keys; }
  friend bool operator==(ContactData const&, ContactData const&) = default;
};

/// How a body or a contact part stands in an entry.
/// kEmpty: nothing was said, inner hash is 32 zero bytes. kWhole: the bytes; the salt follows from the keys.
/// kErased: only the inner hash is left. kSalted: the bytes with their salt written out (after a redact took the key).
enum class PartForm : std::uint8_t { kEmpty = 0, kWhole = 1, kErased = 2, kSalted = 3 };

struct Part {
  PartForm form{};
  Bytes bytes;   ///< kWhole, kSalted
  Hash inner{};  ///< kErased
  Salt salt{};   ///< kSalted
  friend bool operator==(Part const&, Part const&) = default;
};

/// What is stored and sent. Two forms of one entry (whole, erased) have the same leaf.
struct EncodedEntry {
  Bytes skeleton;
  Part body;
  Part contact;
  friend bool operator==(EncodedEntry const&, EncodedEntry const&) = default;
};

enum class ListKind : std::uint8_t { kJournal = 1, kFeed = 2 };

/// Which list an entry belongs to. A feed has no node (0).
struct ListName {
  ListKind kind{};
  UnitId unit{};
  NodeId node{};
  Epoch epoch{};
  friend bool operator==(ListName const&, ListName const&) = default;
};

/// Limits of one entry. Units: bytes.
inline constexpr std::size_t kSkeletonMaxBytes = 16 * 1024;
inline constexpr std::size_t kBodyMaxBytes = 256 * 1024;
inline constexpr std::size_t kContactMaxBytes = 16 * 1024;

/// Errors: `entry_too_large` names the part.
[[nodiscard]] Result<EncodedEntry> encode_entry(rules::Skeleton const& skeleton, Body const& body,
                                                ContactData const& contact);

/// Errors: `malformed_entry` with the offset. A newer version's trailing fields are skipped here and kept in the bytes;
/// an unknown kind gives UnknownPayload.
[[nodiscard]] Result<rules::Skeleton> decode_skeleton(BytesView bytes);
[[nodiscard]] Result<Body> decode_body(BytesView bytes);
[[nodiscard]] Result<ContactData> decode_contact(BytesView bytes);

/// The entry as one string of bytes for the store: forms, lengths, parts. encode/decode are inverse.
[[nodiscard]] Bytes pack_entry(EncodedEntry const& entry);
[[nodiscard]] Result<EncodedEntry> unpack_entry(BytesView bytes);

/// Salt of a part: HMAC(key, list, epoch, seq), cut to 16 bytes.
[[nodiscard]] Salt salt_of(SaltKey const& key, ListName const& list, std::uint64_t seq);

/// leaf = H(skeleton || inner(body) || inner(contact)). `keys` may be absent when no part is kWhole.
/// Errors: `missing_salt_keys`.
[[nodiscard]] Result<Hash> leaf_of(EncodedEntry const& entry, ListName const& list, std::uint64_t seq,
                                   std::optional<SaltKeys> const& keys);

/// The same entry with body and/or contact reduced to their inner hashes; the leaf does not change.
struct Erase {
  bool body{};
  bool contact{};
};
[[nodiscard]] Result<EncodedEntry> erased(EncodedEntry const& entry, Erase what, ListName const& list,
                                          std::uint64_t seq, std::optional<SaltKeys> const& keys);

/// The same entry with the salt of its body written out, so that the body stays verifiable when the body key is
/// destroyed (redact); the leaf does not change. A body that is not kWhole stays as it is. Errors: `missing_salt_keys`.
[[nodiscard]] Result<EncodedEntry> with_body_salt(EncodedEntry const& entry, ListName const& list, std::uint64_t seq,
                                                  std::optional<SaltKeys> const& keys);
/// The same for both parts: such an entry is checked by an end that does not have the keys. Errors:
/// `missing_salt_keys`.
[[nodiscard]] Result<EncodedEntry> with_salts(EncodedEntry const& entry, ListName const& list, std::uint64_t seq,
                                              std::optional<SaltKeys> const& keys);

/// Whether an entry brings salt keys in its contact part: the opening of a list, which is its first entry, and in a
/// feed dispatches and redacts. Whatever stands in the contact part of others has no say.
[[nodiscard]] bool brings_keys(ListKind list, std::uint64_t seq, rules::EntryKind kind);

/// The salt keys that an entry brings; such an entry is itself salted with them. Nothing for other entries and erased
/// ones. Errors: `malformed_entry`.
[[nodiscard]] Result<std::optional<SaltKeys>> own_keys(ListKind list, std::uint64_t seq, rules::EntryKind kind,
                                                       EncodedEntry const& entry);

/// hash_0 of a list, and hash_n = H(hash_{n-1} || leaf_n), both under their domain tags.
[[nodiscard]] Hash chain_start(ListName const& list);
[[nodiscard]] Hash chain_next(Hash const& previous, Hash const& leaf);

}  // namespace fieldnode::wire
