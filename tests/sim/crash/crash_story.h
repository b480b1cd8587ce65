#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "tests/sim/crash/crash_city.h"

namespace fieldnode::sim {

/// Defects that a test plants to see whether the stops find them.
enum class Planted : std::uint8_t {
  kNone,
  kLyingDisk,           ///< answers a sync and does nothing
  kNoSync,              ///< the database does not wait for the disk
  kAnswerBeforeCommit,  ///< the centre signs a receipt although its commit failed
  kTwoTransactions,     ///< what is promised as one commit is two
  kToldEarly,           ///< a bundle is noted as taken in before it is
  kFilesNotFlushed,     ///< the program does not wait for the files beside its database
};

/// What somebody does on one disk, in steps. A step that returns without refusal has told somebody that it is done, so
/// it must last; each is one commit, but for the tale's `loose` tables, so that after a power cut the database is as
/// before or as after it. Every step may be repeated.
class CrashStory {
 public:
  virtual ~CrashStory() = default;

  [[nodiscard]] virtual std::size_t steps() const = 0;
  /// The first one opens what the story needs. Errors: any; or a BrokenWorld.
  [[nodiscard]] virtual Result<void> perform(std::size_t step) = 0;
  /// The power went: all that runs is gone.
  virtual void abandon() = 0;
  /// What of so many steps is gone beside the database; asked while nothing is open. Empty: nothing.
  [[nodiscard]] virtual std::string lost(std::size_t /*told*/) { return {}; }
  /// What the store's own check finds; empty: nothing, or nothing is open.
  [[nodiscard]] virtual std::string faults() = 0;
  /// What is missing after the last step; empty: nothing.
  [[nodiscard]] virtual std::string unfinished() = 0;
};

/// A story and the disk on which it begins.
struct CrashTale {
  std::string_view name;
  CrashCity const& city;
  DiskImage before;
  std::string file;  ///< the database that is looked at
  std::uint32_t application_id{};
  /// A new telling on `disk`; whatever else it needs has power all the time.
  std::function<std::unique_ptr<CrashStory>(CrashCity const& city, SimDisk& disk, Planted planted)> begin;
  /// The step from which on it is stopped; what comes before is stopped in another story.
  std::size_t stopped_from{0};
  /// Tables that change in commits of their own, before or behind the one that a step is; `faults` alone judges them.
  std::set<std::string> loose{};
};

}  // namespace fieldnode::sim
