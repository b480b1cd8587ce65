#include "node/office/warning_desk.h"

#include "node/db/transaction.h"
#include "node/office/warning_table.h"

namespace fieldnode::office {
namespace {

/// Clerks' acts wait for no more than this in between.
constexpr std::uint64_t kTellAtOnce = 1'000;

}  // namespace

WarningDesk::Reading WarningDesk::warnings_of(WarningReader const& reader) {
  auto const now = world_.time.now();
  auto const book = world_.store.rules()->current();
  auto const lease = world_.readers.lease();
  db::Snapshot const one_view(*lease);
  return {now, WarningDigests(*lease, now, book->policy, book->calendar).of(reader)};
}

Result<bool> WarningDesk::note_heard(StaffId staff, std::uint64_t telling) {
  return world_.writer.run([&](db::Connection& connection) -> Result<bool> {
    WarningTable table(connection);
    if (telling > table.last_telling())
      return refuse("bad_field", "Field 'telling' names one that there has not been.");
    return table.note_heard(staff, telling);
  });
}

Result<bool> WarningDesk::tell() {
  auto const at = rules::warning_time(world_.time.now());
  if (!WarningTable(*world_.readers.lease()).has_untold(at)) return false;
  std::uint64_t telling = 0;
  for (bool more = true; more;) {
    auto const told = world_.writer.run([&](db::Connection& connection) {
      WarningTable table(connection);
      if (telling == 0) telling = table.begin_telling();
      return table.tell(telling, at, kTellAtOnce);
    });
    if (!told) return told.error();
    more = *told;
  }
  return true;
}

WarningDesk::Outlook WarningDesk::outlook() {
  auto const at = rules::warning_time(world_.time.now());
  return {at, WarningTable(*world_.readers.lease()).next_change(at)};
}

}  // namespace fieldnode::office
