#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sync/base/ids.h"
#include "sync/base/time.h"
#include "sync/engine/journal.h"
#include "sync/rules/replay.h"

/// What the centre keeps of calls that prove a moment. Source: PROTOCOL, "Phone receipt".
namespace fieldnode::central {

struct ChallengeRecord {
  UnitId unit{};
  std::uint64_t challenge{};
  NodeId node{};
  std::string request;
  StaffId staff{};
  UtcTime made_at{};
  UtcTime expires_at{};
  Position receipt{};                 ///< the entry that took a code under it; seq 0: none yet
  std::optional<UtcTime> noted_at{};  ///< the moment of that entry
  bool repealed{};                    ///< that moment was taken back
  bool checked{};                     ///< its code was compared with the journal
};

/// A code that can be compared now, because the journal is held that far.
struct PhoneDue {
  UnitId unit{};
  Position receipt{};
  rules::PhoneReceipt said;
  engine::ListHead journal;  ///< up to the act that was named
};

/// A unit's phone receipts and who took them.
struct PhoneLog {
  struct Line {
    rules::PhoneReceiptFact fact;
    StaffId staff{};
  };
  std::vector<Line> receipts;               ///< the newest first
  std::vector<ChallengeRecord> challenges;  ///< without a code yet, the newest first
};

}  // namespace fieldnode::central
