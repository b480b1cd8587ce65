#pragma once

#include <functional>
#include <string_view>

#include "node/central/store/case_book.h"
#include "sync/base/result.h"

namespace fieldnode::central {

/// A request that changes one case, under the id that its client made.
struct CaseRequest {
  std::string_view id;
  Hash content{};  ///< what it asks for
  CaseId case_id{};
  UtcTime at{};
};

/// Carries `change` out unless the request came before, within the caller's transaction.
/// Errors: `unknown_case`, `bad_request_id`, `request_id_reused`, those of `change`.
[[nodiscard]] Result<void> once(CaseBook& book, CaseRequest const& request,
                                std::function<Result<void>(CaseRecord const&)> const& change);

}  // namespace fieldnode::central
