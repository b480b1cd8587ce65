#include "node/office/office_events.h"

#include <fmt/format.h>

namespace fieldnode::office {
namespace {

/// Beyond this a page reads its list anew rather than follow one by one.
constexpr std::size_t kSingleEventsMost = 50;

}  // namespace

void OfficeEvents::assignments_changed(std::span<AssignmentId const> changed) {
  if (changed.size() > kSingleEventsMost) return status_changed();
  for (auto const id : changed) {
    hub_.publish("office", {.name = "assignment", .id = {}, .data = fmt::format("{{\"id\":\"{}\"}}", id.value)});
  }
}

void OfficeEvents::status_changed() { hub_.publish("office", {.name = "status", .id = {}, .data = "{}"}); }

}  // namespace fieldnode::office
