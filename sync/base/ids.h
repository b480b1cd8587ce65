#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace fieldnode {

/// A number that cannot be mistaken for another kind of number. 0 means "none".
template <class Tag>
struct Id {
  std::uint64_t value{};

  [[nodiscard]] explicit operator bool() const { return value != 0; }
  friend auto operator<=>(Id const&, Id const&) = default;
};

using CaseId = Id<struct CaseTag>;
using AssignmentId = Id<struct AssignmentTag>;
using UnitId = Id<struct UnitTag>;
using NodeId = Id<struct NodeTag>;
using StaffId = Id<struct StaffTag>;
/// 64 random bits that name one unbroken run of a journal or a feed.
using Epoch = Id<struct EpochTag>;

/// A place in a journal or a feed. Shape: seq counts from 1 within the epoch; 0 is "before the first".
struct Position {
  Epoch epoch{};
  std::uint64_t seq{};

  friend auto operator<=>(Position const&, Position const&) = default;
};

}  // namespace fieldnode

template <class Tag>
struct std::hash<fieldnode::Id<Tag>> {
  std::size_t operator()(fieldnode::Id<Tag> const& id) const noexcept { return std::hash<std::uint64_t>{}(id.value); }
};
