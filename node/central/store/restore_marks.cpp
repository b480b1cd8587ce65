#include "node/central/store/restore_marks.h"

#include <chrono>
#include <cstdint>

namespace fieldnode::central {
namespace {

/// Far more than a city gives in the life of a backup, where the clock is no help.
constexpr std::int64_t kNumbersLeftOut = 1'000'000;
/// More than this program can give. By the clock and not by the backup alone, since one backup may be put back twice,
/// and what was given in between is lost like the rest.
constexpr std::int64_t kNumbersASecond = 1'000;
constexpr UtcTime kFirstNumber = utc_from_ms(1'735'689'600'000);  // 2025-01-01

/// Whatever was given before `now` lies below.
std::int64_t free_number(UtcTime now) {
  return std::chrono::floor<std::chrono::seconds>(now - kFirstNumber).count() * kNumbersASecond;
}

}  // namespace

void mark_restored(db::Connection& connection, UtcTime now) {
  // Any number but 0 waits. The moment says which messages of nodes are of before; 1, as programs wrote that did not
  // ask this, is before all of them.
  connection.prepare("UPDATE unit SET awaits_report = max(:now, 1) WHERE node <> 0").bind(":now", now).run();
  // Where none was given before the backup, there is no row yet.
  connection.execute(
      "INSERT INTO sequence (name, last) VALUES ('unit', 0), ('node', 0), ('case', 0), ('assignment', 0)"
      " ON CONFLICT DO NOTHING");
  connection.prepare("UPDATE sequence SET last = max(last + :left_out, :free)")
      .bind(":left_out", kNumbersLeftOut)
      .bind(":free", free_number(now))
      .run();
}

}  // namespace fieldnode::central
