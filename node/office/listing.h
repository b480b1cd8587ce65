#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "node/db/connection.h"
#include "node/office/assignment_row.h"
#include "node/office/clearance.h"
#include "sync/base/result.h"

namespace fieldnode::office {

/// What somebody wants to see. Shape: `words` empty: all; `after` empty: from the beginning.
struct ListQuery {
  View view{View::kOpen};
  Clearance clearance{Clearance::kGeneral};
  std::size_t limit{50};
  std::string after;
  std::string words;  ///< stand in number, title or place, as they are; one character is enough
};

/// How many there are. A search stops counting where nobody reads on.
struct Total {
  std::uint64_t count{};
  bool is_least{};  ///< there are more than `count`
};

/// Lists and counts over the table `assignment`, in the caller's transaction. Nothing here reads more rows than it
/// shows, save a search for words that stand nowhere, which reads the words of its view.
class Listing {
 public:
  explicit Listing(db::Connection& connection) : connection_(connection) {}

  struct Page {
    std::vector<AssignmentRow> rows;
    std::string next;  ///< cursor of the following page; empty after the last
  };
  /// Ordered by due instant, then id. Errors: `bad_field` for a cursor that is none.
  [[nodiscard]] Result<Page> page(ListQuery const& query);
  /// Of all that the query would show, page after page. `shown`: its page.
  [[nodiscard]] Total total(ListQuery const& query, Page const& shown);

  [[nodiscard]] std::uint64_t count(View view, Clearance clearance);
  /// Open ones whose due instant lies before `moment`.
  [[nodiscard]] std::uint64_t count_due_before(UtcTime moment, Clearance clearance);
  [[nodiscard]] std::uint64_t count_trouble(Trouble trouble, Clearance clearance);
  /// True when the kept counts are those of the rows. Reads every row: for `verify`.
  [[nodiscard]] bool counts_are_right();

 private:
  [[nodiscard]] Total count_found(ListQuery const& query);

  db::Connection& connection_;
};

/// The statement that gives a page, for those who want to see how it is carried out.
[[nodiscard]] std::string page_statement(View view, Clearance clearance, bool has_words);

}  // namespace fieldnode::office
