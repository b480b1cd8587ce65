#pragma once

#include <memory>
#include <string>
#include <vector>

#include "node/central/decision_desk.h"
#include "node/central/dispatch_desk.h"
#include "node/central/store/sqlite_central_store.h"
#include "node/db/inline_writer.h"
#include "sync/engine/exchange_server.h"
#include "tests/support/test_clock.h"

namespace fieldnode::sim {

/// Defects that a test plants to see whether its checks find them.
enum class Planted { kNone, kSeqReused, kActsBeforeIgnored, kRefusalSkipped };

/// A real centre on SQLite in memory; the city of one unit. Restarting it is making its objects anew: whatever is not
/// in the database is lost.
class SimCentre {
 public:
  SimCentre(crypto::SignatureSuite const& suite, rules::RuleBook const& book, test::TestClock const& clock,
            Random& random, Planted planted);

  [[nodiscard]] UnitId unit() const { return unit_; }
  [[nodiscard]] engine::CityKey const& key() const { return key_; }
  [[nodiscard]] central::CentralStore& store() { return *store_; }
  void enrol(NodeId node, crypto::PublicKey const& key, Epoch journal_epoch);

  /// One request as the program would handle it. Errors: as the engine's and the wire's.
  [[nodiscard]] Result<Bytes> handle(BytesView request);

  AssignmentId dispatch_new_case();
  /// Some decision that fits the state of `id`, drawn; false when it was refused.
  bool decide(AssignmentId id);

 private:
  [[nodiscard]] central::DecisionForm draw_decision(AssignmentId id);
  [[nodiscard]] std::string request_id();

  crypto::SignatureSuite const& suite_;
  test::TestClock const& clock_;
  Random& random_;
  Planted planted_;
  engine::CityKey key_;
  lists::ContactVault vault_;
  db::InlineWriter writer_;
  std::unique_ptr<db::ReadPool> readers_;
  std::unique_ptr<central::SqliteCentralStore> store_;
  UnitId unit_{};
};

}  // namespace fieldnode::sim
