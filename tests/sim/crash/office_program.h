#pragma once

#include <memory>
#include <string>

#include "node/db/inline_writer.h"
#include "node/office/exchanger.h"
#include "node/office/office_store.h"
#include "sync/engine/exchange_client.h"
#include "tests/sim/crash/crash_city.h"
#include "tests/support/test_clock.h"

namespace fieldnode::sim {

/// The office's database on a simulated disk. Errors: a BrokenWorld.
[[nodiscard]] db::Connection open_office_file(SimDisk& disk, std::string const& file = kOfficeFile);

/// What a node does before it serves, each a commit of its own, if there is anything to do: brings the tables up to
/// date, notes that it runs, makes rows of an older program anew, names the rules by which it counts.
void migrate_office(db::Connection& connection);
void make_office_rows_anew(db::Connection& connection, CrashCity const& city, Random& random);
void fill_office_digests(db::Connection& connection, CrashCity const& city, Random& random);
void name_office_rules(db::Connection& connection, CrashCity const& city, Random& random);

/// The office's program as it runs while the power is on.
class OfficeProgram {
 public:
  /// `synchronous`: false plants a database that does not wait for the disk.
  OfficeProgram(SimDisk& disk, CrashCity const& city, Random& random, test::TestClock& clock, bool synchronous = true,
                std::string const& file = kOfficeFile);

  [[nodiscard]] office::OfficeStore& store() { return store_; }
  [[nodiscard]] db::Connection& connection() { return writer_.connection(); }
  [[nodiscard]] db::Writer& writer() { return writer_; }
  [[nodiscard]] db::ReadPool& readers() { return *readers_; }
  [[nodiscard]] lists::ContactVault& vault() { return vault_; }
  [[nodiscard]] office::NodeTime& time() { return time_; }
  [[nodiscard]] engine::NodeIdentity const& node() const { return node_; }

  /// One act of clerk 7 under this id. Errors: the store's.
  [[nodiscard]] Result<void> act(std::string const& id, AssignmentId assignment, rules::EntryKind kind,
                                 rules::Payload payload, std::string const& note = {},
                                 std::vector<wire::BlobRef> files = {});
  [[nodiscard]] Result<void> exchange(engine::Transport& transport);
  /// What `fieldnode verify` finds; empty: nothing.
  [[nodiscard]] std::string faults();
  /// The stop of a program that was told to stop.
  [[nodiscard]] Result<void> note_stop();

 private:
  CrashCity const& city_;
  engine::NodeIdentity node_;
  lists::ContactVault vault_;
  db::InlineWriter writer_;
  std::unique_ptr<db::ReadPool> readers_;
  office::OfficeStore store_;
  office::NodeTime time_;
  office::TimedJournal journal_;
  engine::ExchangeClient client_;
};

}  // namespace fieldnode::sim
