#include "node/central/request_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace fieldnode::central {
namespace {

constexpr std::size_t kIdMaxBytes = 64;

bool is_fit(std::string_view id) {
  return !id.empty() && id.size() <= kIdMaxBytes && std::ranges::all_of(id, [](char c) { return c > ' ' && c < 0x7f; });
}

}  // namespace

RequestContent& RequestContent::add(std::string_view text) {
  add(std::uint64_t{text.size()});
  hash_.add(bytes_of(text));
  return *this;
}

RequestContent& RequestContent::add(std::uint64_t number) {
  std::array<std::uint8_t, 8> bytes{};
  for (auto& byte : bytes) {
    byte = static_cast<std::uint8_t>(number);
    number >>= 8;
  }
  hash_.add(bytes);
  return *this;
}

Result<std::optional<RequestRecord>> earlier_request(CaseBook& book, std::string_view id, Hash const& content) {
  if (!is_fit(id)) {
    return refuse(
        "bad_request_id",
        fmt::format("A request that changes something carries an id of 1 to {} characters without blanks, made "
                    "by who sends it (a UUID), so that a repeat does nothing twice.",
                    kIdMaxBytes));
  }
  auto earlier = book.find_request(id);
  if (earlier && earlier->content != content) {
    return refuse(
        "request_id_reused",
        fmt::format("The request id {} was used before for something else; reload the page and try again.", id));
  }
  return earlier;
}

}  // namespace fieldnode::central
