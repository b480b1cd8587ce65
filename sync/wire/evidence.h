#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "sync/crypto/suite.h"
#include "sync/wire/exchange.h"
#include "sync/wire/node_statement.h"

/// A file of evidence: one case, to be checked by whoever has neither database. A row of parts, each with its length,
/// the last of which seals all others. Source: EVIDENCE.md.
namespace fieldnode::wire {

inline constexpr std::uint32_t kEvidenceVersion = 1;

/// Which end made the file.
enum class EvidenceSide : std::uint8_t { kOffice = 1, kCentre = 2 };

/// The first part: what the file is about and who made it.
struct EvidenceFront {
  EvidenceSide side{};
  CaseId case_id{};
  std::string city;
  std::uint64_t city_key_id{};
  crypto::PublicKey city_key{};  ///< as the maker knows it; whoever checks should have it from elsewhere
  NodeId node{};                 ///< kOffice: whose key seals; kCentre: none, the city's does
  UtcTime made_at{};             ///< by the maker's clock
  std::string program;
  friend bool operator==(EvidenceFront const&, EvidenceFront const&) = default;
};

/// What follows, up to the next unit, is of this unit; `assignments`: those of the case.
struct EvidenceUnit {
  UnitId id{};
  std::string code;
  std::string name;
  std::vector<AssignmentId> assignments;
  friend bool operator==(EvidenceUnit const&, EvidenceUnit const&) = default;
};

/// Whose key signs a journal. `by_city`: false where the maker has no word of the city on it; the signature is empty.
struct EvidenceNode {
  bool by_city{};
  NodeStatement statement;
  friend bool operator==(EvidenceNode const&, EvidenceNode const&) = default;
};

/// A list begins. `head`: where it ends in this file, signed by the file's maker. `run_end`: how far it counts, where
/// another list of its kind was registered after it.
struct EvidenceList {
  SignedHead head;
  std::optional<std::uint64_t> run_end;
  friend bool operator==(EvidenceList const&, EvidenceList const&) = default;
};

/// The next entry of the list, to be read. Shape: no part of it is kWhole, the contact part never shows anything.
struct EvidenceEntry {
  std::uint64_t seq{};
  EncodedEntry entry;
  friend bool operator==(EvidenceEntry const&, EvidenceEntry const&) = default;
};

/// The next entries of the list, on which the file is silent: salted hashes.
struct EvidenceLeaves {
  std::uint64_t first{};
  std::vector<Hash> leaves;
  friend bool operator==(EvidenceLeaves const&, EvidenceLeaves const&) = default;
};

/// The centre has the word of a node on its journal.
struct EvidenceHead {
  SignedHead head;
  friend bool operator==(EvidenceHead const&, EvidenceHead const&) = default;
};

struct EvidenceReceipt {
  Receipt receipt;
  friend bool operator==(EvidenceReceipt const&, EvidenceReceipt const&) = default;
};

/// When the receipt was sent that an act names as its anchor.
struct AnchorTime {
  NodeId node{};
  std::uint64_t anchor{};
  UtcTime sent_at{};
  friend bool operator==(AnchorTime const&, AnchorTime const&) = default;
};
/// When the feed entry was made that an act was made on, whatever that entry is about.
struct EntryTime {
  Position at{};
  UtcTime made_at{};
  friend bool operator==(EntryTime const&, EntryTime const&) = default;
};
/// When the centre first held the acts of a journal up to one.
struct HeldTime {
  Position upto{};
  UtcTime at{};
  friend bool operator==(HeldTime const&, HeldTime const&) = default;
};
/// kCentre: times that the city knows of its own; its seal is its word on them.
struct EvidenceTimes {
  std::vector<AnchorTime> anchors;
  std::vector<EntryTime> entries;
  std::vector<HeldTime> held;
  friend bool operator==(EvidenceTimes const&, EvidenceTimes const&) = default;
};

/// How the city's key gave way to the one that the front names. Follows the front.
struct EvidenceKeyStep {
  CityKeyStep step;
  friend bool operator==(EvidenceKeyStep const&, EvidenceKeyStep const&) = default;
};

/// The last part: a hash of each part before it, and the maker's signature over them all.
struct EvidenceSeal {
  SuiteId suite{};
  std::vector<Hash> digests;
  Signature signature{};
  friend bool operator==(EvidenceSeal const&, EvidenceSeal const&) = default;
};

/// Shape: in the order of their numbers on file, 1 to 11; the seal is number 10 whatever came later.
using EvidenceContent =
    std::variant<EvidenceFront, EvidenceUnit, EvidenceNode, EvidenceList, EvidenceEntry, EvidenceLeaves, EvidenceHead,
                 EvidenceReceipt, EvidenceTimes, EvidenceSeal, EvidenceKeyStep>;
inline constexpr std::size_t kSealIndex = 9;

/// A part as it stands in a file. Units: bytes. `digest`: of those bytes, under the part's own domain.
struct EvidencePart {
  std::size_t offset{};
  std::size_t size{};
  Hash digest{};
  EvidenceContent content;
};

/// Writes a file. At most kLeavesMost leaves go into one part, so that a fault is found to some kilobytes.
inline constexpr std::size_t kLeavesMost = 256;
class EvidenceWriter {
 public:
  explicit EvidenceWriter(EvidenceFront const& front);

  /// Shape: no front and no seal.
  void add(EvidenceContent const& content);
  /// The whole file. `key`: of the maker that the front names.
  [[nodiscard]] Bytes seal(crypto::SignatureSuite const& suite, crypto::SecretKey const& key) &&;

 private:
  Bytes bytes_;
  std::vector<Hash> digests_;
};

/// Where and why reading stopped.
struct EvidenceStop {
  enum class Why : std::uint8_t { kNotEvidence = 1, kNewer = 2, kUnreadable = 3, kNoSeal = 4, kBehindSeal = 5 };
  Why why{};
  std::size_t offset{};
  std::size_t part{};  ///< which part, from 1
  std::string reason;  ///< kUnreadable: of the archive, in English
};

/// Everything that could be read, and why not the rest. Cost: linear; memory of the order of the file.
struct EvidenceReading {
  std::vector<EvidencePart> parts;
  std::optional<EvidenceStop> stop;
};
[[nodiscard]] EvidenceReading read_evidence(BytesView file);

/// The bytes that the seal's signature covers.
[[nodiscard]] Bytes signed_bytes(EvidenceSeal const& seal);
/// Errors: `foreign_suite`, `bad_signature`.
[[nodiscard]] Result<void> verify_seal(EvidenceSeal const& seal, crypto::SignatureSuite const& suite,
                                       crypto::PublicKey const& key);

}  // namespace fieldnode::wire
