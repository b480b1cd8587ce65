#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "sync/base/random.h"

/// What can go wrong. Source: reliability.md, "Faults".
namespace fieldnode::sim {

enum class Fault : std::uint8_t {
  // network, one exchange
  kRequestLost,
  kReplyLost,
  kRequestDoubled,
  kOldRequestReplayed,
  kOldReplyReplayed,
  kReplyOvertaken,
  kRequestCut,
  kReplyCut,
  kRequestChanged,
  kReplyChanged,
  kHalfOpen,
  kThinLink,
  kLongRoundTrip,
  kHeldByCentre,
  kCaptivePortal,
  kLoginRedirect,
  kRogueCa,
  kCertificateExpired,
  kServerError,
  kTooManyRequests,
  kTooLarge,
  kUnauthorized,
  kCentreBusy,
  kPausedInExchange,
  kSleptInExchange,
  // network, for a time
  kLinkDown,
  kLongOffline,
  kUrgentPreview,
  // time
  kWallForward,
  kWallBack,
  kWallYears,
  kDeadRtc1970,
  kDeadRtcBuildDate,
  kJumpWhileOff,
  kPowerOffGap,
  kDrift,
  kSuspend,
  kMachinePaused,
  kYearEnd,
  kCentreClockUnvouched,
  kCentreClockJump,
  kCentreClockWrong,
  kRulesPublishedLate,
  // storage
  kProcessKilled,
  kPowerCut,
  kPowerFlickers,
  kCrashAtDiskCall,
  kWritesLost,
  kWritesTorn,
  kWritesReordered,
  kDiskFull,
  kDiskFreed,
  kSyncFails,
  kReadFails,
  kCentreKilled,
  kCentrePowerCut,
  kCentreDiskFails,
  kCentreDown,
  // restored and copied
  kNodeRestored,
  kNodeCopied,
  kNodeReplaced,
  kCentreRestored,
  // page and people
  kDoubleClick,
  kBrowserKilled,
  kSecondStation,
  kActIdReused,
  kOperatorDoubleClick,
  kTakenBackMeanwhile,
  kReturnAndExtension,
  kResolvedDuringReturn,
  kRedacted,
  kCount
};

inline constexpr std::size_t kFaultCount = static_cast<std::size_t>(Fault::kCount);

[[nodiscard]] std::string_view name_of(Fault fault);
[[nodiscard]] std::optional<Fault> fault_named(std::string_view name);

using FaultSet = std::bitset<kFaultCount>;
using FaultCounts = std::array<std::uint64_t, kFaultCount>;

[[nodiscard]] FaultSet every_fault();
/// Swarm: each of `from` with even chance, so that some seeds see a fault alone and others many at once.
[[nodiscard]] FaultSet drawn_faults(FaultSet const& from, Random& random);

/// Which faults may strike in this run, and how often each did.
class Faults {
 public:
  explicit Faults(FaultSet on) : on_(on) {}

  [[nodiscard]] bool is_on(Fault fault) const { return !stopped_ && on_.test(static_cast<std::size_t>(fault)); }
  /// True, and counted, once in `one_in` times on average while it is on.
  [[nodiscard]] bool strikes(Fault fault, Random& chance, std::uint64_t one_in);
  /// One of `among` that is on; nothing where none is. Not counted.
  [[nodiscard]] std::optional<Fault> draw(std::span<Fault const> among, Random& chance) const;
  void note(Fault fault) { ++counts_[static_cast<std::size_t>(fault)]; }
  void stop() { stopped_ = true; }
  [[nodiscard]] bool stopped() const { return stopped_; }
  [[nodiscard]] FaultCounts const& counts() const { return counts_; }

 private:
  FaultSet on_;
  bool stopped_{false};
  FaultCounts counts_{};
};

}  // namespace fieldnode::sim
