#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "sync/base/ids.h"
#include "sync/rules/entry.h"

namespace fieldnode::central {

enum class VetoStanding : std::uint8_t { kPending = 1, kConfirmed = 2, kDenied = 3 };

/// A veto that one person proposes and another one confirms (Q7).
struct VetoProposal {
  std::uint64_t id{};
  UnitId unit{};
  rules::Period period{};
  Position cause{};
  std::string reason;
  StaffId staff{};
  UtcTime at{};
  VetoStanding standing{VetoStanding::kPending};
  StaffId ruled_by{};
  std::optional<UtcTime> ruled_at{};
  Position entry{};  ///< the veto in the feed, once confirmed
};

/// The city's proposals inside one transaction on their unit. Implementations: SQLite, PostgreSQL.
class VetoBook {
 public:
  virtual ~VetoBook() = default;
  /// Gives its id.
  virtual std::uint64_t add(VetoProposal const& proposal) = 0;
  [[nodiscard]] virtual std::optional<VetoProposal> find(std::uint64_t id) = 0;
  /// One on this note and period waits for its second person.
  [[nodiscard]] virtual bool pending(UnitId unit, Position cause, rules::Period const& period) = 0;
  /// Writes what became of it.
  virtual void rule(VetoProposal const& ruled) = 0;
};

/// Supervision of one of the platform's own people (Q1). It stands in no feed: no unit is concerned.
struct OperatorNote {
  std::string request;  ///< id made by the page
  StaffId about{};
  rules::SupervisionGround ground{};
  std::string text;
  StaffId staff{};
  UtcTime at{};
  friend bool operator==(OperatorNote const&, OperatorNote const&) = default;
};

}  // namespace fieldnode::central
