#pragma once

#include <optional>

#include "node/db/connection.h"
#include "sync/wire/exchange.h"

namespace fieldnode::office {

/// That the centre serves this node no more, and what it keeps aside of it: tables `revocation` and `aside_receipt`, in
/// the caller's transaction.
class Revocation {
 public:
  explicit Revocation(db::Connection& connection) : connection_(connection) {}

  /// When the centre first said so, by this node's estimate; nothing while the node is in service.
  [[nodiscard]] std::optional<UtcTime> told_at();
  /// The first word counts.
  void note(UtcTime told_at);

  void keep(wire::Receipt const& receipt);
  /// Acts of the journal up to this one are kept aside by the centre, as far as no other receipt covers them.
  [[nodiscard]] std::uint64_t handed_over(Epoch journal);
  /// The receipt that first covers the act.
  [[nodiscard]] std::optional<wire::Receipt> receipt_over(Position act);
  [[nodiscard]] std::vector<wire::Receipt> receipts();

 private:
  db::Connection& connection_;
};

}  // namespace fieldnode::office
