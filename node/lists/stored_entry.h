#pragma once

#include <optional>

#include "sync/base/bytes.h"
#include "sync/base/ids.h"
#include "sync/rules/entry.h"
#include "sync/wire/entry.h"

namespace fieldnode::lists {

/// A stored entry with everything about its place.
struct StoredEntry {
  Position at{};
  Hash leaf{};
  Hash hash{};
  rules::Skeleton skeleton;
  wire::EncodedEntry entry;
  friend bool operator==(StoredEntry const&, StoredEntry const&) = default;
};

/// What a new entry says; the list gives the place, the number within the assignment and the chain.
struct NewEntry {
  rules::Skeleton skeleton;  ///< `number` is filled in
  wire::Body body;
  wire::ContactData contact;
  /// The inner hash of words that were redacted where the entry stood first: there is no body any more.
  std::optional<Hash> redacted{};
};

}  // namespace fieldnode::lists
