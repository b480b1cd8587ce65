#pragma once

#include <memory>

#include "node/central/store/sqlite_central_store.h"
#include "node/db/inline_writer.h"
#include "sync/engine/transport.h"
#include "tests/sim/crash/crash_city.h"
#include "tests/support/test_clock.h"

namespace fieldnode::sim {

/// The centre's database on a simulated disk. Errors: a BrokenWorld.
[[nodiscard]] db::Connection open_centre_file(SimDisk& disk);
void migrate_centre(db::Connection& connection);

/// What an exchange may do wrong, planted.
enum class ExchangeDefect : std::uint8_t {
  kNone,
  kAnswerBeforeCommit,  ///< the receipt is signed although the commit failed
  kTwoTransactions,     ///< acts are judged in one, the receipt is kept in another
};

/// The centre's program as it runs while the power is on.
class CentreProgram {
 public:
  CentreProgram(SimDisk& disk, CrashCity const& city, Random& random, test::TestClock& clock, bool synchronous = true);

  [[nodiscard]] central::SqliteCentralStore& store() { return store_; }
  void plant(ExchangeDefect defect) { defect_ = defect; }

  /// One request as `ExchangeService` runs it. Errors: the wire's, the engine's, the storage's.
  [[nodiscard]] Result<Bytes> handle(BytesView request);
  /// What `fieldnode-central verify` finds; empty: nothing.
  [[nodiscard]] std::string faults();
  [[nodiscard]] Result<void> note_stop();

 private:
  [[nodiscard]] Result<wire::ExchangeRequest> take_in(BytesView bytes);
  [[nodiscard]] Result<void> receive(central::UnitWork& work, wire::ExchangeRequest const& request);
  [[nodiscard]] Result<void> admit(wire::ExchangeRequest const& request, wire::ExchangeReply& reply);

  CrashCity const& city_;
  test::TestClock& clock_;
  lists::ContactVault vault_;
  db::InlineWriter writer_;
  std::unique_ptr<db::ReadPool> readers_;
  central::SqliteCentralStore store_;
  engine::ExchangeServer server_;
  ExchangeDefect defect_{};
};

/// The cable from an office to a centre that may be without power.
class Cable final : public engine::Transport {
 public:
  explicit Cable(CentreProgram& centre) : centre_(centre) {}

  [[nodiscard]] Result<void> exchange(BytesView request, std::chrono::seconds wait,
                                      engine::ReplySink const& take) override;

 private:
  CentreProgram& centre_;
};

}  // namespace fieldnode::sim
