#pragma once

#include <span>

#include "node/net/event_stream.h"
#include "sync/base/ids.h"

namespace fieldnode::office {

/// Tells the browsers that listen what looks different now. Thread: any; nothing blocks.
class OfficeEvents {
 public:
  void listen(net::EventStream stream) { hub_.subscribe("office", std::move(stream)); }
  void assignments_changed(std::span<AssignmentId const> changed);
  void status_changed();

 private:
  net::EventHub hub_;
};

}  // namespace fieldnode::office
