#pragma once

#include <vector>

#include "node/central/store/time_book.h"
#include "node/db/connection.h"

namespace fieldnode::central {

/// Table `time_correction`, and what of `receipt` and `phone_challenge` it takes back, in the caller's transaction.
class TimeRows final : public TimeBook {
 public:
  explicit TimeRows(db::Connection& connection) : connection_(connection) {}

  std::uint64_t add(TimeCorrectionProposal const& proposal) override;
  [[nodiscard]] std::optional<TimeCorrectionProposal> find(std::uint64_t id) override;
  [[nodiscard]] std::optional<TimeCorrectionProposal> find_waiting(TimeCorrectionProposal const& like) override;
  void update(TimeCorrectionProposal const& proposal) override;
  /// The newest first.
  [[nodiscard]] std::vector<TimeCorrectionProposal> all();

  /// Not taken back yet, in the order of their times.
  [[nodiscard]] std::vector<std::uint64_t> anchors_in(SignedSpan const& span);
  [[nodiscard]] std::vector<UnitId> units_in(SignedSpan const& span);
  [[nodiscard]] SpanCounts counts_of(SignedSpan const& span);
  /// Of one unit: its anchors there are none any more, and the next receipt may say an earlier time than they did.
  void repeal(SignedSpan const& span);

 private:
  db::Connection& connection_;
};

}  // namespace fieldnode::central
