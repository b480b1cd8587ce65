#include "node/office/office_events.h"

#include <fmt/format.h>

namespace fieldnode::office {
namespace {

/// Beyond this a page reads its list anew rather than follow one by one.
constexpr std::size_t kSingleEventsMost = 50;

constexpr std::string_view kEverybody = "everybody";
constexpr std::string_view kCleared = "cleared";

}  // namespace

void OfficeEvents::listen(net::EventStream stream, Clearance clearance) {
  hub_.subscribe(std::string(clearance == Clearance::kConfidential ? kCleared : kEverybody), std::move(stream));
}

void OfficeEvents::assignments_changed(std::span<Change const> changed) {
  if (changed.size() > kSingleEventsMost) return status_changed();
  for (auto const& change : changed) {
    publish({.name = "assignment", .id = {}, .data = fmt::format("{{\"id\":\"{}\"}}", change.assignment.value)},
            change.confidential);
  }
}

void OfficeEvents::status_changed() { publish({.name = "status", .id = {}, .data = "{}"}, false); }

void OfficeEvents::warnings_changed() { publish({.name = "warnings", .id = {}, .data = "{}"}, false); }

void OfficeEvents::publish(net::ServerEvent const& event, bool is_confidential) {
  hub_.publish(kCleared, event);
  if (!is_confidential) hub_.publish(kEverybody, event);
}

}  // namespace fieldnode::office
