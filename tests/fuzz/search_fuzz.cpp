#include <set>

#include "node/db/migrations.h"
#include "node/office/listing.h"
#include "node/office/projection.h"
#include "node/office/schema.h"
#include "sync/base/check.h"

using namespace fieldnode;

namespace {

constexpr std::size_t kRows = 12;

/// Rows of all sorts: the same due instant twice, none at all, signs that mean something to SQL.
db::Connection filled() {
  auto connection = db::Connection::open_in_memory();
  check(db::migrate(connection, office::migrations()).has_value(), "the office's tables");
  office::Projection projection(connection);
  constexpr std::array kTitles{"路灯不亮", "100% _done_", "O'Neill \"q\"", "井盖 缺失", "Lamp", "\\"};
  for (std::size_t i = 0; i < kRows; ++i) {
    office::AssignmentRow row;
    row.id = AssignmentId{i + 1};
    row.number = "2026-" + std::to_string(i);
    row.title = kTitles.at(i % kTitles.size());
    row.place = i % 2 == 0 ? "幸福路 8 号" : "";
    row.view = static_cast<office::View>(1 + i % 3);
    row.confidential = i % 5 == 0;
    if (i % 4 != 0) row.due = office::PressingDue{.due = utc_from_ms(static_cast<std::int64_t>(i / 2) * 86'400'000)};
    projection.put(row);
  }
  return connection;
}

bool stands_in(office::AssignmentRow const& row, std::string const& words) {
  auto const all = office::folded(row.number + '\n' + row.title + '\n' + row.place);
  return all.find(office::folded(words)) != std::string::npos;
}

/// Page after page shows each row once that has the words, and none that its reader may not see.
void try_words(office::Listing& listing, office::ListQuery query) {
  std::set<AssignmentId> seen;
  for (std::size_t pages = 0; pages <= kRows; ++pages) {
    auto const page = listing.page(query);
    check(page.has_value(), "a cursor that was given is refused");
    (void)listing.total(query, *page);
    for (auto const& row : page->rows) {
      check(seen.insert(row.id).second, "a row stands on two pages");
      check(query.clearance == office::Clearance::kConfidential || !row.confidential, "a confidential row is shown");
      check(stands_in(row, query.words), "a row without the words is shown");
    }
    if (page->next.empty()) return;
    query.after = page->next;
  }
  check(false, "pages without end");
}

}  // namespace

/// The first byte says who asks for what; a cursor stands before the first zero byte, words behind it.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  static auto connection = filled();
  office::Listing listing(connection);
  auto text = text_of({data, size});
  office::ListQuery query{.limit = 3};
  if (!text.empty()) {
    query.view = static_cast<office::View>(text.front() & 3);
    query.clearance = (text.front() & 4) != 0 ? office::Clearance::kConfidential : office::Clearance::kGeneral;
    text.remove_prefix(1);
  }
  auto const cut = text.find('\0');
  if (cut == std::string_view::npos) {
    query.words = text;
    try_words(listing, query);
    return 0;
  }
  query.after = text.substr(0, cut);
  query.words = text.substr(cut + 1);
  (void)listing.page(query);
  return 0;
}
