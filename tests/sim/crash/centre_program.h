#pragma once

#include <memory>

#include "node/central/store/sqlite_central_store.h"
#include "node/db/inline_writer.h"
#include "sync/engine/long_answer.h"
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
  kHalfAPreview,        ///< of what goes ahead of the feed only half goes at once
};

/// The centre's program as it runs while the power is on.
class CentreProgram {
 public:
  CentreProgram(SimDisk& disk, CrashCity const& city, Random& random, test::TestClock& clock, bool synchronous = true);

  [[nodiscard]] central::SqliteCentralStore& store() { return store_; }
  [[nodiscard]] db::Writer& writer() { return writer_; }
  [[nodiscard]] db::ReadPool& readers() { return *readers_; }
  [[nodiscard]] lists::ContactVault& vault() { return vault_; }
  void plant(ExchangeDefect defect) { defect_ = defect; }
  /// From now on an answer is the first part of what the plan gives, as over a line that breaks behind it; nothing: the
  /// whole feed in one.
  void plan_answers(std::optional<engine::AnswerPlan> plan) { plan_ = plan; }

  /// A case of that title, given to the city's one unit. Errors: those of the desk.
  [[nodiscard]] Result<AssignmentId> dispatch(std::string const& id, std::string title,
                                              std::vector<rules::OwnLimit> const& limits = {});

  /// One request as `ExchangeService` runs it. Errors: the wire's, the engine's, the storage's.
  [[nodiscard]] Result<Bytes> handle(BytesView request);
  /// What `fieldnode-central verify` finds; empty: nothing.
  [[nodiscard]] std::string faults();
  [[nodiscard]] Result<void> note_stop();

 private:
  [[nodiscard]] Result<wire::ExchangeRequest> take_in(BytesView bytes);
  [[nodiscard]] Result<void> receive(central::UnitWork& work, wire::ExchangeRequest const& request);
  [[nodiscard]] Result<void> admit(wire::ExchangeRequest const& request, wire::ExchangeReply& reply);
  [[nodiscard]] wire::ExchangeReply answer(central::UnitWork& work, wire::ExchangeRequest const& request, UtcTime now);

  CrashCity const& city_;
  Random& random_;
  test::TestClock& clock_;
  lists::ContactVault vault_;
  db::InlineWriter writer_;
  std::unique_ptr<db::ReadPool> readers_;
  central::SqliteCentralStore store_;
  engine::ExchangeServer server_;
  ExchangeDefect defect_{};
  std::optional<engine::AnswerPlan> plan_;
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
