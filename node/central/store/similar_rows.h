#pragma once

#include <vector>

#include "node/central/store/central_store.h"
#include "node/db/connection.h"

namespace fieldnode::central {

/// Cases that may be about the same matter, for the eye of whoever takes one in. The work is bounded whatever the size
/// of the city: telephone and place are looked up, titles are compared only with cases taken in about the same time.
class SimilarRows {
 public:
  explicit SimilarRows(db::Connection& connection) : connection_(connection) {}

  /// The surest first: the same caller, the same place, a title of the same words. Each case once, for the first of
  /// these; none that is part of another case.
  [[nodiscard]] std::vector<SimilarCase> of(CaseRecord const& record);

 private:
  [[nodiscard]] std::vector<CaseId> of_caller(CaseId id);
  [[nodiscard]] std::vector<CaseId> at_place(CaseRecord const& record);
  [[nodiscard]] std::vector<CaseId> in_words(CaseRecord const& record);

  db::Connection& connection_;
};

}  // namespace fieldnode::central
