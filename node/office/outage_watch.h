#pragma once

#include <optional>

#include "node/db/read_pool.h"
#include "node/db/writer.h"
#include "node/office/node_time.h"
#include "node/office/office_store.h"
#include "node/office/outage_run.h"

namespace fieldnode::office {

/// Remembers since when the centre could not be reached, over restarts too, and journals it once it is reached again:
/// the office's half of what makes an outage proven. Thread: that of the exchanges.
class OutageWatch {
 public:
  struct World {
    db::Writer& writer;
    db::ReadPool& readers;
    OfficeStore& store;
    NodeTime& time;
    Clock const& clock;
  };
  explicit OutageWatch(World world) : world_(world) {}

  /// An attempt failed. What is no outage changes nothing. Errors: the writer's.
  [[nodiscard]] Result<void> failed(Refusal const& why);
  /// An exchange succeeded: the outages that were long enough are acts now, in the commit that forgets them.
  /// Errors: the writer's; they are tried again at the next exchange.
  [[nodiscard]] Result<void> reached();

 private:
  [[nodiscard]] engine::BootMoment here() const { return {world_.clock.boot_id(), world_.clock.since_boot()}; }
  void load();
  [[nodiscard]] Result<void> keep();

  World world_;
  bool loaded_{};
  bool anything_kept_{};          ///< the table has rows
  std::optional<OutageRun> run_;  ///< the one that goes on
  Milliseconds kept_at_{};        ///< when it was written last, by the boot clock
};

}  // namespace fieldnode::office
