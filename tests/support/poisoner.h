#pragma once

#include <algorithm>
#include <vector>

#include "tests/unit/wire/random_entries.h"

/// Entries that no program of today makes: any kind, also of the other end and those that nobody knows yet, any
/// numbers, parts that decode to nothing. Well formed is only the skeleton. Source: I13.
namespace fieldnode::test {

class Poisoner {
 public:
  /// The number of no kind: acts lie below 64, the centre's entries above.
  static constexpr std::uint8_t kFutureAct = 63;
  static constexpr std::uint8_t kFutureEntry = 127;

  /// `assignments`: those of which the other end has salt keys; an entry on another one has no parts.
  Poisoner(Random& random, std::vector<AssignmentId> assignments)
      : random_(random), assignments_(std::move(assignments)) {}

  [[nodiscard]] wire::EncodedEntry draw() {
    auto skeleton = wire::random_skeleton(random_, any_kind());
    if (random_.below(4) != 0) skeleton.assignment = any(assignments_);
    if (random_.below(8) == 0) skeleton.assignment = {};
    bool const has_parts = !skeleton.assignment || std::ranges::count(assignments_, skeleton.assignment) > 0;
    if (!has_parts) return wire::encode_entry(skeleton, {}, {}).value();
    auto entry = wire::encode_entry(skeleton, wire::random_body(random_), wire::random_contact(random_)).value();
    if (random_.below(4) == 0) entry.skeleton.at(1) = random_.below(2) == 0 ? kFutureAct : kFutureEntry;
    if (random_.below(4) == 0) random_.fill(entry.body.bytes);
    if (random_.below(4) == 0) random_.fill(entry.contact.bytes);
    return entry;
  }

 private:
  /// None of those by which a feed gives and takes salt keys: after a wrong one nothing could be read any more.
  rules::EntryKind any_kind() {
    auto kind = any(wire::known_kinds());
    while (wire::brings_keys(wire::ListKind::kFeed, 2, kind)) kind = any(wire::known_kinds());
    return kind;
  }

  template <class T>
  [[nodiscard]] T any(std::vector<T> const& of) {
    return of.at(random_.below(of.size()));
  }

  Random& random_;
  std::vector<AssignmentId> assignments_;
};

}  // namespace fieldnode::test
