#pragma once

#include <optional>

#include "node/db/read_pool.h"
#include "node/db/writer.h"
#include "node/office/node_time.h"
#include "node/office/office_store.h"
#include "node/office/warning_digest.h"

namespace fieldnode::office {

/// Where people learn which limits press, and where it is kept what they were told. Thread: any.
class WarningDesk {
 public:
  struct World {
    OfficeStore& store;  ///< by whose rules limits are counted
    NodeTime& time;
    db::Writer& writer;
    db::ReadPool& readers;
  };
  explicit WarningDesk(World world) : world_(world) {}

  /// `now`: what was known of the present when it was read.
  struct Reading {
    rules::TimeEvidence now;
    WarningsOfOne warnings;
  };
  [[nodiscard]] Reading warnings_of(WarningReader const& reader);

  /// The person has heard of all up to that telling. False: they had before, on this screen or another.
  /// Errors: `bad_field` for a telling that there was not; those of the writer.
  [[nodiscard]] Result<bool> note_heard(StaffId staff, std::uint64_t telling);

  /// Makes one telling of all that is to be told now, in as many jobs as it takes. False where there is nothing; then
  /// nothing is written. Errors: those of the writer.
  [[nodiscard]] Result<bool> tell();

  /// What warnings go by, and the next moment at which they will be others if nobody does anything.
  struct Outlook {
    UtcTime at{};
    std::optional<UtcTime> next;
  };
  [[nodiscard]] Outlook outlook();

 private:
  World world_;
};

}  // namespace fieldnode::office
