#pragma once

#include "node/office/centre_link.h"

namespace fieldnode::office {

/// Whether the connections for entries are moving something: an answer to a parked poll comes by itself, and only its
/// bytes show that it does. Thread: one.
class EntryTraffic {
 public:
  EntryTraffic(CentreLink const& link, Clock const& clock) : link_(link), clock_(clock) {}

  /// True from the first byte that moves until none has for two seconds.
  [[nodiscard]] bool flows();

 private:
  CentreLink const& link_;
  Clock const& clock_;
  std::uint64_t seen_{0};
  Milliseconds quiet_from_{0};
};

}  // namespace fieldnode::office
