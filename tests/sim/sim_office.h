#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "node/db/inline_writer.h"
#include "node/office/exchanger.h"
#include "node/office/office_store.h"
#include "sync/engine/exchange_client.h"
#include "tests/support/test_clock.h"

namespace fieldnode::sim {

/// A real office on SQLite in memory. `crash` throws away everything that is not in the database.
class SimOffice {
 public:
  SimOffice(crypto::SignatureSuite const& suite, rules::RuleBook const& book, test::TestClock& clock, Random& random,
            office::OfficeIdentity identity, crypto::KeyPair const& keys);

  [[nodiscard]] office::OfficeStore& store() { return *store_; }
  [[nodiscard]] db::Connection& connection() { return writer_.connection(); }
  [[nodiscard]] lists::ContactVault& vault() { return vault_; }
  [[nodiscard]] std::vector<AssignmentId> assignments();

  /// Some act on `id`, drawn; nothing when the rules refused it.
  std::optional<lists::StoredEntry> act(AssignmentId id);
  [[nodiscard]] Result<engine::ExchangeOutcome> exchange(engine::Transport& transport,
                                                         engine::ExchangeOptions const& options);
  void crash();
  /// The disk forgets the last act, as one does that ignores a sync. A defect to be planted.
  void forget_last_act();

 private:
  [[nodiscard]] office::NewAct draw_act(AssignmentId id);

  crypto::SignatureSuite const& suite_;
  rules::RuleBook const& book_;
  test::TestClock& clock_;
  Random& random_;
  office::OfficeIdentity identity_;
  engine::NodeIdentity node_;
  lists::ContactVault vault_;
  db::InlineWriter writer_;
  std::unique_ptr<db::ReadPool> readers_;
  std::unique_ptr<office::OfficeStore> store_;
  std::unique_ptr<office::NodeTime> time_;
  std::unique_ptr<office::TimedJournal> journal_;
  std::unique_ptr<engine::ExchangeClient> client_;
};

}  // namespace fieldnode::sim
