#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "node/db/inline_writer.h"
#include "node/office/desk.h"
#include "node/office/exchanger.h"
#include "node/office/office_store.h"
#include "sync/base/random.h"
#include "tests/sim/disk/sim_disk.h"
#include "tests/sim/sim_clock.h"

namespace fieldnode::sim {

/// What is the same for all offices of a run.
struct OfficeGround {
  Timeline& timeline;
  crypto::SignatureSuite const& suite;
  rules::RuleBook const& book;
};

/// One office's machine: its disk, its clocks and, while it runs, the node's program as `OfficeData` would build it,
/// but for threads and sockets.
class SimOffice {
 public:
  SimOffice(OfficeGround const& ground, office::OfficeIdentity identity, crypto::KeyPair const& keys,
            std::uint64_t seed);
  /// A second machine with the same keys; its disk is empty yet.
  SimOffice(SimOffice const& original, std::uint64_t seed);

  /// Enrolment: the database is made. Once.
  void found();
  /// Errors: those of opening the database; `storage_damaged`.
  [[nodiscard]] Result<void> start();
  /// In good order.
  void stop();
  /// The process dies; what the machine holds in memory still reaches the disk.
  void kill();
  void cut_power();
  /// Power is back; nothing runs yet.
  void reboot(LossMode loss, UtcTime wall);
  /// Another disk with such content is put in; nothing runs yet.
  void put_in(DiskImage const& image, UtcTime wall);
  /// As `fieldnode epoch new` does, and `fieldnode restore` before anything is served. Only while it runs.
  [[nodiscard]] Result<void> begin_journal();
  /// A page has sent a file that an act is to name: its row. What it contains lies beside the database and is not
  /// simulated. Only while it runs.
  void hold_file(AssignmentId assignment, Hash const& address);

  [[nodiscard]] bool runs() const { return program_ != nullptr; }
  [[nodiscard]] SimDisk& disk() { return disk_; }
  [[nodiscard]] SimClock& clock() { return clock_; }
  [[nodiscard]] office::OfficeIdentity const& identity() const { return identity_; }

  // Only while it runs.
  [[nodiscard]] office::OfficeStore& store() { return program_->store; }
  [[nodiscard]] office::NodeTime& time() { return program_->time; }
  [[nodiscard]] db::Connection& connection() { return program_->writer.connection(); }
  [[nodiscard]] lists::ContactVault& vault() { return program_->vault; }
  [[nodiscard]] db::InlineWriter& writer() { return program_->writer; }
  [[nodiscard]] office::Desk& desk() { return program_->desk; }
  [[nodiscard]] office::Exchanger& exchanger() { return program_->exchanger; }
  [[nodiscard]] std::vector<AssignmentId> assignments();

 private:
  struct Program {
    Program(SimOffice& machine, db::Connection connection);
    [[nodiscard]] office::Exchanger::World exchanger_world(SimOffice& machine);

    lists::ContactVault vault;
    db::InlineWriter writer;
    std::unique_ptr<db::ReadPool> readers;
    office::NodeTime time;
    office::OfficeStore store;
    office::OutageWatch outages;
    office::TlsRenewal certificates;  ///< TLS ends at the line: no files, so nothing is ever renewed
    office::Exchanger exchanger;
    blobs::BlobStore blobs;  ///< only its rows: see hold_file
    office::Desk desk;
  };

  SimOffice(OfficeGround const& ground, office::OfficeIdentity identity, crypto::KeyPair const& keys,
            std::uint64_t seed, std::string machine);
  [[nodiscard]] Result<db::Connection> open();

  OfficeGround ground_;
  office::OfficeIdentity identity_;
  engine::NodeIdentity node_;
  SeededRandom disk_chance_;
  SeededRandom chance_;
  lists::ContactVault::MasterKey master_key_;
  SimDisk disk_;
  SimClock clock_;
  std::unique_ptr<Program> program_;
};

/// Another stream of chance for each purpose, so that a fault switched off changes little elsewhere.
[[nodiscard]] std::uint64_t stream_of(std::uint64_t seed, std::uint64_t purpose);

}  // namespace fieldnode::sim
