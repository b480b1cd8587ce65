#include "sync/base/clock.h"

#include <time.h>

#include <fstream>

#include "sync/base/result.h"

namespace fieldnode {
namespace {

Milliseconds read_clock(clockid_t id) {
  timespec t{};
  if (clock_gettime(id, &t) != 0) {
    throw BrokenWorld("the kernel did not answer clock_gettime");
  }
  return std::chrono::duration_cast<Milliseconds>(std::chrono::seconds(t.tv_sec) + std::chrono::nanoseconds(t.tv_nsec));
}

}  // namespace

SystemClock::SystemClock() {
  std::ifstream file("/proc/sys/kernel/random/boot_id");
  if (!std::getline(file, boot_id_) || boot_id_.empty()) {
    throw BrokenWorld("cannot read /proc/sys/kernel/random/boot_id: without it a reboot cannot be told from a pause");
  }
}

UtcTime SystemClock::wall() const { return UtcTime(read_clock(CLOCK_REALTIME)); }
Milliseconds SystemClock::since_boot() const { return read_clock(CLOCK_BOOTTIME); }
Milliseconds SystemClock::awake() const { return read_clock(CLOCK_MONOTONIC); }
std::string SystemClock::boot_id() const { return boot_id_; }

}  // namespace fieldnode
