#include "node/office/entry_traffic.h"

#include <utility>

namespace fieldnode::office {
namespace {

constexpr Milliseconds kStill{2'000};

}  // namespace

bool EntryTraffic::flows() {
  auto const bytes = link_.entry_bytes();
  auto const now = clock_.since_boot();
  if (std::exchange(seen_, bytes) != bytes) quiet_from_ = now + kStill;
  return now < quiet_from_;
}

}  // namespace fieldnode::office
