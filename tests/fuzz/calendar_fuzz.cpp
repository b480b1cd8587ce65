#include "sync/base/bytes.h"
#include "sync/base/check.h"
#include "sync/rules/calendar_file.h"

using namespace fieldnode;

/// What is read as a notice can be laid over the built-in ones, and the calendar still counts every day once.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  static auto const kBuiltIn = rules::built_in_notices();
  auto const notice = rules::parse_notice(text_of({data, size}), "fuzz.json");
  if (!notice) return 0;
  auto notices = kBuiltIn;
  notices.push_back(*notice);
  rules::Calendar const calendar(notices);
  std::int64_t working = 0;
  for (auto day = calendar.first_day(); day < calendar.end_day(); day += std::chrono::days(1)) {
    check(calendar.working_days_before(day) == working, "a day was counted twice or not at all");
    if (calendar.is_working(day)) ++working;
  }
  check(calendar.version().ends_with(notice->name()), "a calendar names what it is made of");
  return 0;
}
