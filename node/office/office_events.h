#pragma once

#include <span>

#include "node/net/event_stream.h"
#include "node/office/office_store.h"

namespace fieldnode::office {

/// Tells the browsers that listen what looks different now; of a confidential assignment only those who may see it.
/// Thread: any; nothing blocks.
class OfficeEvents {
 public:
  void listen(net::EventStream stream, Clearance clearance);
  void assignments_changed(std::span<Change const> changed);
  void status_changed();
  /// Each person's may be others now: whoever listens asks for their own.
  void warnings_changed();

 private:
  void publish(net::ServerEvent const& event, bool is_confidential);

  net::EventHub hub_;
};

}  // namespace fieldnode::office
