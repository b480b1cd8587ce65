#pragma once

#include <optional>
#include <vector>

#include "node/central/store/veto_book.h"
#include "node/db/connection.h"

namespace fieldnode::central {

/// The table `veto_proposal`, in the caller's transaction.
class VetoRows final : public VetoBook {
 public:
  explicit VetoRows(db::Connection& connection) : connection_(connection) {}

  std::uint64_t add(VetoProposal const& proposal) override;
  [[nodiscard]] std::optional<VetoProposal> find(std::uint64_t id) override;
  [[nodiscard]] bool pending(UnitId unit, Position cause, rules::Period const& period) override;
  void rule(VetoProposal const& ruled) override;

  /// The newest first.
  [[nodiscard]] std::vector<VetoProposal> of_unit(UnitId unit);

 private:
  db::Connection& connection_;
};

}  // namespace fieldnode::central
