#include "node/central/case_request.h"

#include "node/central/case_guards.h"
#include "node/central/request_log.h"

namespace fieldnode::central {

Result<void> once(CaseBook& book, CaseRequest const& request,
                  std::function<Result<void>(CaseRecord const&)> const& change) {
  auto const earlier = earlier_request(book, request.id, request.content);
  if (!earlier) return earlier.error();
  if (*earlier) return {};
  auto const record = book.find(request.case_id);
  if (!record) return unknown_case(request.case_id);
  if (auto const changed = change(*record); !changed) return changed;
  book.keep_request({.id = std::string(request.id),
                     .content = request.content,
                     .case_id = request.case_id,
                     .assignment = {},
                     .entry = {},
                     .at = request.at});
  return {};
}

}  // namespace fieldnode::central
