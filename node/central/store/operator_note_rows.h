#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "node/central/store/veto_book.h"
#include "node/db/connection.h"

namespace fieldnode::central {

/// The table `operator_note`, in the caller's transaction.
class OperatorNoteRows {
 public:
  explicit OperatorNoteRows(db::Connection& connection) : connection_(connection) {}

  void add(OperatorNote const& note);
  [[nodiscard]] std::optional<OperatorNote> find(std::string_view request);
  /// The newest first.
  [[nodiscard]] std::vector<OperatorNote> all();

 private:
  db::Connection& connection_;
};

}  // namespace fieldnode::central
