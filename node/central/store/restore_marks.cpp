#include "node/central/store/restore_marks.h"

#include <cstdint>

namespace fieldnode::central {
namespace {

/// Far more than a city gives in the life of a backup: an id that was lost and comes back with a feed must be free.
constexpr std::uint64_t kNumbersLeftOut = 1'000'000;

}  // namespace

void mark_restored(db::Connection& connection) {
  connection.execute("UPDATE unit SET awaits_report = 1 WHERE node <> 0");
  connection.prepare("UPDATE sequence SET last = last + :left_out").bind(":left_out", kNumbersLeftOut).run();
}

}  // namespace fieldnode::central
