#include "node/net/response_text.h"

#include <algorithm>

namespace fieldnode::net {
namespace {

std::string harmless(std::string_view text) {
  std::string out(text);
  std::ranges::replace_if(
      out, [](char c) { return (c >= 0 && c < 0x20) || c == 0x7f; }, ' ');
  return out;
}

}  // namespace

std::string head_text(HttpResponse const& response, std::optional<std::uint64_t> length, bool keep_alive) {
  std::string text = "HTTP/1.1 " + std::to_string(response.status) + ' ';
  text += reason_of(response.status);
  text += "\r\n";
  for (auto const& field : response.headers.all()) {
    text += harmless(field.name) + ": " + harmless(field.value) + "\r\n";
  }
  if (length) text += "Content-Length: " + std::to_string(*length) + "\r\n";
  if (!keep_alive) text += "Connection: close\r\n";
  return text + "\r\n";
}

}  // namespace fieldnode::net
