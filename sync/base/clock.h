#pragma once

#include <string>

#include "sync/base/time.h"

namespace fieldnode {

/// The machine's clocks. Nothing else in the project may ask the machine for the time.
class Clock {
 public:
  virtual ~Clock() = default;

  /// The wall clock: may be wrong by years and may step at any moment.
  [[nodiscard]] virtual UtcTime wall() const = 0;
  /// Time since boot, suspend included. Units: milliseconds; comparable only under one `boot_id`.
  [[nodiscard]] virtual Milliseconds since_boot() const = 0;
  /// The same without the time that the machine slept; comparable only under one `boot_id`.
  [[nodiscard]] virtual Milliseconds awake() const = 0;
  /// Names the boot under which `since_boot` counts; another boot, another id.
  [[nodiscard]] virtual std::string boot_id() const = 0;
};

/// CLOCK_REALTIME, CLOCK_BOOTTIME, CLOCK_MONOTONIC and the kernel's boot id.
class SystemClock final : public Clock {
 public:
  SystemClock();
  [[nodiscard]] UtcTime wall() const override;
  [[nodiscard]] Milliseconds since_boot() const override;
  [[nodiscard]] Milliseconds awake() const override;
  [[nodiscard]] std::string boot_id() const override;

 private:
  std::string boot_id_;
};

}  // namespace fieldnode
