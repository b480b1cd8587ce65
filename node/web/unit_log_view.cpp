#include "node/web/unit_log_view.h"

#include <utility>

#include "node/lists/readable.h"
#include "node/web/views.h"

namespace fieldnode::web {
namespace {

bool carries_a_document(rules::EntryKind kind) {
  return kind == rules::EntryKind::kPolicy || kind == rules::EntryKind::kCalendar ||
         kind == rules::EntryKind::kPublication;
}

}  // namespace

boost::json::object unit_log_item(lists::StoredEntry const& entry, std::string staff_name) {
  auto const body = carries_a_document(entry.skeleton.kind) ? wire::Body{} : lists::body_of(entry);
  return item_view(entry.at, entry.skeleton, body, nullptr,
                   {.staff_name = std::move(staff_name), .truth = {}, .receipt = {}});
}

}  // namespace fieldnode::web
