#pragma once

#include <optional>

#include "node/central/store/time_records.h"

namespace fieldnode::central {

/// The city's proposals to take times back, inside one transaction. Implementations: SQLite, PostgreSQL.
class TimeBook {
 public:
  virtual ~TimeBook() = default;
  /// Gives its id.
  virtual std::uint64_t add(TimeCorrectionProposal const& proposal) = 0;
  [[nodiscard]] virtual std::optional<TimeCorrectionProposal> find(std::uint64_t id) = 0;
  /// One that waits and says the same, of the same person.
  [[nodiscard]] virtual std::optional<TimeCorrectionProposal> find_waiting(TimeCorrectionProposal const& like) = 0;
  /// Writes what became of it.
  virtual void update(TimeCorrectionProposal const& proposal) = 0;
};

}  // namespace fieldnode::central
