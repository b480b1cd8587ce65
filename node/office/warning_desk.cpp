#include "node/office/warning_desk.h"

#include "node/db/transaction.h"
#include "node/office/warning_table.h"

namespace fieldnode::office {

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
  return world_.writer.run([&](db::Connection& connection) {
    WarningTable(connection).tell(at);
    return true;
  });
}

WarningDesk::Outlook WarningDesk::outlook() {
  auto const at = rules::warning_time(world_.time.now());
  return {at, WarningTable(*world_.readers.lease()).next_change(at)};
}

}  // namespace fieldnode::office
