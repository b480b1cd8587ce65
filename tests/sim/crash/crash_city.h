#pragma once

#include <memory>

#include "node/central/store/schema.h"
#include "node/office/identity.h"
#include "sync/crypto/suite.h"
#include "sync/engine/exchange_server.h"
#include "sync/rules/rule_book.h"
#include "tests/sim/disk/sim_disk.h"
#include "tests/support/test_clock.h"

namespace fieldnode::sim {

inline constexpr char const* kOfficeFile = "office.db";
inline constexpr char const* kCentreFile = "centre.db";
inline constexpr char const* kUnitCode = "BH";
/// What stands in the header of each program's database.
inline std::uint32_t const kOfficeId = db::OpenOptions{}.application_id;
inline constexpr std::uint32_t kCentreId = central::kCentralFile;
/// 2026-03-02 09:00 in +08:00, a Monday.
inline constexpr UtcTime kMonday = utc_from_ms(1'772'413'200'000);

/// A centre and the office of its one unit after their first days, as the power went: two assignments are known at both
/// ends, the first of them acknowledged and delivered. Every crash story begins here.
struct CrashCity {
  /// Signs with what costs nothing, or with what the programs sign with.
  explicit CrashCity(std::unique_ptr<crypto::SignatureSuite> signatures = crypto::simulated_suite());

  rules::RuleBook book{rules::built_in_rule_book()};
  std::unique_ptr<crypto::SignatureSuite> suite;
  engine::CityKey key;
  crypto::KeyPair node_keys;
  office::OfficeIdentity identity;
  AssignmentId lamp{};     ///< acknowledged
  AssignmentId manhole{};  ///< nobody has touched it
  DiskImage office;
  DiskImage centre;
};

/// The clocks of a machine that came up again two hours after the power went.
[[nodiscard]] inline test::TestClock clock_after_cut() {
  test::TestClock clock(kMonday);
  clock.reboot(std::chrono::hours(2), kMonday + std::chrono::hours(2));
  return clock;
}

}  // namespace fieldnode::sim
