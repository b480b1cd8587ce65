#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "node/central/store/case_book.h"
#include "sync/base/result.h"
#include "sync/crypto/hash.h"

namespace fieldnode::central {

/// Names what a request asks for: two requests with the same fields in the same order have the same hash.
class RequestContent {
 public:
  explicit RequestContent(std::string_view what) { add(what); }
  RequestContent& add(std::string_view text);
  RequestContent& add(std::uint64_t number);
  [[nodiscard]] Hash finish() { return hash_.finish(); }

 private:
  crypto::Sha256 hash_;
};

/// What this request did when it came before; nothing if it is new.
/// Errors: `bad_request_id` (1 to 64 visible characters of ASCII), `request_id_reused` with other content.
[[nodiscard]] Result<std::optional<RequestRecord>> earlier_request(CaseBook& book, std::string_view id,
                                                                   Hash const& content);

}  // namespace fieldnode::central
