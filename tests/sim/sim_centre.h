#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "node/central/decision_desk.h"
#include "node/central/dispatch_desk.h"
#include "node/central/exchange_service.h"
#include "node/central/rules_desk.h"
#include "node/central/store/sqlite_central_store.h"
#include "node/central/time_correction_desk.h"
#include "node/db/inline_writer.h"
#include "tests/sim/disk/sim_disk.h"
#include "tests/sim/sim_office.h"

namespace fieldnode::sim {

/// The city's time service, as far as the centre's clock sees it.
class SimTimeService final : public ClockHealth {
 public:
  [[nodiscard]] bool is_synchronised() const override { return vouches_; }
  void vouch(bool vouches) { vouches_ = vouches; }

 private:
  bool vouches_{true};
};

/// The centre's machine and, while it runs, its program without threads and sockets: the real door of the exchange, the
/// real desks, the store on a simulated disk.
class SimCentre {
 public:
  SimCentre(OfficeGround const& ground, std::uint64_t seed);

  void found();
  /// The unit's row and its feed.
  UnitId add_unit(std::string const& code);
  /// Puts a node in charge, revoking the one before it. A repeat changes nothing. Errors: those of the disk.
  [[nodiscard]] Result<void> enrol(UnitId unit, NodeId node, crypto::PublicKey const& key, Epoch journal);
  /// How many nodes it has enrolled.
  [[nodiscard]] std::uint64_t enrolments() const { return enrolments_; }

  [[nodiscard]] Result<void> start();
  void stop();
  void kill();
  void cut_power();
  void reboot(LossMode loss);
  /// As `fieldnode-central restore` does, on a new disk; starts it. Errors: those of `start`.
  [[nodiscard]] Result<void> restore(DiskImage const& backup);

  [[nodiscard]] bool runs() const { return program_ != nullptr; }
  [[nodiscard]] SimDisk& disk() { return disk_; }
  [[nodiscard]] SimClock& clock() { return clock_; }
  [[nodiscard]] SimTimeService& time_service() { return time_service_; }
  [[nodiscard]] engine::CityKey const& key() const { return city_.key; }
  void on_feed_growth(std::function<void(UnitId)> listener) { feed_grew_ = std::move(listener); }

  // Only while it runs.
  [[nodiscard]] central::CentralStore& store() { return program_->store; }
  [[nodiscard]] db::Connection& connection() { return program_->writer.connection(); }
  [[nodiscard]] lists::ContactVault& vault() { return program_->vault; }
  [[nodiscard]] central::ClockGuard& guard() { return program_->guard; }
  [[nodiscard]] central::DispatchDesk& dispatches() { return program_->dispatches; }
  [[nodiscard]] central::DecisionDesk& decisions() { return program_->decisions; }
  [[nodiscard]] central::RulesDesk& rules() { return program_->rules; }
  [[nodiscard]] central::TimeCorrectionDesk& time_corrections() { return program_->time_corrections; }
  /// As its outage beat does twice a minute.
  void beat();
  /// True when its disk has failed: it answers no one until it is started again.
  [[nodiscard]] bool in_safe_mode() const { return program_->writer.failure().has_value(); }
  [[nodiscard]] Result<void> resume() { return program_->writer.resume(); }

  /// One request as the sync port would hand it in. `held`: called while a poll is parked.
  [[nodiscard]] net::HttpResponse post(BytesView request, NodeId certificate, std::function<void()> const& held);

 private:
  struct Program {
    Program(SimCentre& machine, db::Connection connection);

    lists::ContactVault vault;
    db::InlineWriter writer;
    std::unique_ptr<db::ReadPool> readers;
    central::SqliteCentralStore store;
    central::ClockGuard guard;
    engine::ExchangeServer server;
    central::IdentityDesk identities;
    central::ExchangeService exchanges;
    central::DispatchDesk dispatches;
    central::DecisionDesk decisions;
    central::RulesDesk rules;
    central::TimeCorrectionDesk time_corrections;
    bool has_beaten{};
  };

  [[nodiscard]] Result<db::Connection> open();

  OfficeGround ground_;
  SeededRandom disk_chance_;
  SeededRandom chance_;
  central::CityIdentity city_;  ///< no certificates: TLS ends at the line
  lists::ContactVault::MasterKey master_key_;
  SimDisk disk_;
  SimClock clock_;
  SimTimeService time_service_;
  std::function<void(UnitId)> feed_grew_;
  std::uint64_t enrolments_{0};
  std::unique_ptr<Program> program_;
};

}  // namespace fieldnode::sim
