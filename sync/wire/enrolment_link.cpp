#include "sync/wire/enrolment_link.h"

#include <algorithm>

namespace fieldnode::wire {
namespace {

constexpr std::string_view kScheme = "FIELDNODE://";
constexpr std::string_view kWebScheme = "https://";

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string mapped(std::string_view text, char (*to)(char)) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), to);
  return out;
}

}  // namespace

std::string enrolment_text(EnrolmentLink const& link) {
  std::string_view host = link.centre;
  if (host.starts_with(kWebScheme)) host.remove_prefix(kWebScheme.size());
  return mapped(std::string(kScheme).append(host).append("/").append(link.code), upper);
}

bool is_enrolment_text(std::string_view typed) { return mapped(typed.substr(0, kScheme.size()), upper) == kScheme; }

Result<EnrolmentLink> read_enrolment_text(std::string_view typed) {
  auto const rest = typed.substr(std::min(typed.size(), kScheme.size()));
  auto const slash = rest.find('/');
  if (is_enrolment_text(typed) && slash != std::string_view::npos && slash > 0) {
    return EnrolmentLink{std::string(kWebScheme) + mapped(rest.substr(0, slash), lower),
                         std::string(rest.substr(slash + 1))};
  }
  return refuse("bad_code", "What was scanned is cut short: it names no address and code. Scan it again.");
}

}  // namespace fieldnode::wire
