#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "sync/wire/evidence.h"

/// What is wrong with a file of evidence: where, and in words.
namespace fieldnode::engine {

struct BothLanguages {
  std::string zh;
  std::string en;
  friend bool operator==(BothLanguages const&, BothLanguages const&) = default;
};

/// Units: bytes of the file. `part` counts from 1; 0: the file as a whole.
struct EvidenceFault {
  std::string_view code;
  std::size_t part{};
  std::size_t offset{};
  std::size_t size{};
  BothLanguages what;
};

/// What whoever reads the file has to know although nothing is wrong with it.
struct EvidenceNote {
  std::string_view code;
  BothLanguages what;
};

/// More faults than these tell a reader nothing new.
inline constexpr std::size_t kFaultsMost = 100;

/// Collects faults by the place of their part.
class EvidenceFaults {
 public:
  explicit EvidenceFaults(std::vector<wire::EvidencePart> const& parts) : parts_(parts) {}

  /// `index` counts parts from 0. Beyond kFaultsMost it changes nothing.
  void add(std::string_view code, std::size_t index, BothLanguages what);
  /// Where no whole part is to blame.
  void add_at(EvidenceFault fault);
  void note(std::string_view code, BothLanguages what) { notes_.push_back({code, std::move(what)}); }

  [[nodiscard]] bool none() const { return faults_.empty(); }
  [[nodiscard]] bool is_full() const { return faults_.size() >= kFaultsMost; }
  /// What the part is, and of which list where it stands in one.
  [[nodiscard]] BothLanguages name_of_part(std::size_t index) const;
  [[nodiscard]] std::vector<EvidenceFault> take_faults() { return std::move(faults_); }
  [[nodiscard]] std::vector<EvidenceNote> take_notes() { return std::move(notes_); }

 private:
  std::vector<wire::EvidencePart> const& parts_;
  std::vector<EvidenceFault> faults_;
  std::vector<EvidenceNote> notes_;
};

/// "entry 7 of the feed 00000000000000ab of unit 5".
[[nodiscard]] BothLanguages name_of(wire::ListName const& list);
[[nodiscard]] BothLanguages name_of(wire::ListName const& list, std::uint64_t seq);
/// What a part is, for whoever reads a fault in it.
[[nodiscard]] BothLanguages name_of(wire::EvidenceContent const& content);
/// One after the other, in each language.
[[nodiscard]] BothLanguages operator+(BothLanguages left, BothLanguages const& right);

}  // namespace fieldnode::engine
