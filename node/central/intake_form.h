#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "node/central/dispatch_desk.h"
#include "node/central/intake_desk.h"
#include "sync/base/result.h"

/// The JSON that pages send about cases (schema/openapi/central.yaml), each under the id that makes a repeat harmless.
/// Errors of every reader: `malformed_json`, `bad_field` naming the field.
namespace fieldnode::central {

struct CaseForMaking {
  std::string request_id;
  CaseForm form;
};
[[nodiscard]] Result<CaseForMaking> read_new_case(std::string_view json);

struct DispatchForm {
  std::string request_id;
  std::string unit;
  std::vector<rules::OwnLimit> limits;
};
[[nodiscard]] Result<DispatchForm> read_dispatch(std::string_view json);

struct RefusalRequest {
  std::string request_id;
  RefusalForm form;
};
[[nodiscard]] Result<RefusalRequest> read_refusal(std::string_view json);

struct RefusalRuling {
  std::string request_id;
  bool confirmed{};
};
[[nodiscard]] Result<RefusalRuling> read_refusal_ruling(std::string_view json);

struct CompletionRequest {
  std::string request_id;
  CompletionForm form;
};
[[nodiscard]] Result<CompletionRequest> read_completion(std::string_view json);

struct MergeForm {
  std::string request_id;
  CaseId into{};
};
[[nodiscard]] Result<MergeForm> read_merge(std::string_view json);

struct UnmaskingForm {
  std::string request_id;
  std::string reason;
};
[[nodiscard]] Result<UnmaskingForm> read_unmasking(std::string_view json);

}  // namespace fieldnode::central
