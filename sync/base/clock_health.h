#pragma once

namespace fieldnode {

/// Whether somebody keeps the machine's wall clock right. Beside `Clock`, which only says what it shows.
class ClockHealth {
 public:
  virtual ~ClockHealth() = default;
  /// True while a time service steers the clock and vouches for it. Thread: any.
  [[nodiscard]] virtual bool is_synchronised() const = 0;
};

/// The kernel's own word (adjtimex, STA_UNSYNC): what chrony, ntpd or systemd-timesyncd told it. It withdraws it by
/// itself when the service falls silent (after nine hours: 16 s may have added up) and when somebody sets the clock.
class KernelClockHealth final : public ClockHealth {
 public:
  [[nodiscard]] bool is_synchronised() const override;
};

}  // namespace fieldnode
