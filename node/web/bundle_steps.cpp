#include "node/web/bundle_steps.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/value_to.hpp>
#include <charconv>

#include "sync/base/check.h"

namespace fieldnode::web {

namespace json = boost::json;

std::uint64_t count_in(JsonForm& form, std::string_view name) {
  return static_cast<std::uint64_t>(form.whole(name, 0, kCountMost));
}

Bytes bytes_in(JsonForm& form, std::string_view name, std::size_t most) {
  auto const bytes = from_hex(form.text(name, 2 * most));
  if (!bytes) form.fault(name, "is not hexadecimal");
  return bytes.value_or(Bytes{});
}

wire::Nonce nonce_in(JsonForm& form) {
  wire::Nonce nonce{};
  auto const bytes = bytes_in(form, "nonce", nonce.size());
  if (bytes.size() == nonce.size()) {
    std::ranges::copy(bytes, nonce.begin());
  } else {
    form.fault("nonce", "has another length");
  }
  return nonce;
}

std::uint64_t count_at(json::object const& answer, std::string_view name) {
  return json::value_to<std::uint64_t>(answer.at(name));
}

std::uint64_t id_at(json::object const& answer, std::string_view name) {
  std::string_view const digits = answer.at(name).as_string();
  std::uint64_t id = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), id);
  return id;
}

Bytes bytes_at(json::object const& answer, std::string_view name) {
  return from_hex(std::string_view(answer.at(name).as_string())).value_or(Bytes{});
}

crypto::PublicKey key_at(json::object const& answer, std::string_view name) {
  crypto::PublicKey key{};
  auto const bytes = bytes_at(answer, name);
  check(bytes.size() == key.size(), "a desk gives whole keys");
  std::ranges::copy(bytes, key.begin());
  return key;
}

UtcTime moment_at(json::object const& answer, std::string_view name) {
  return utc_from_ms(json::value_to<std::int64_t>(answer.at(name)));
}

std::string bundle_name(wire::BundleHeader const& header) {
  auto const whither = header.way == wire::BundleWay::kToCentre ? "to-centre" : "to-office";
  return fmt::format("fieldnode-{}-{}-{:06}.fnb", header.node.value, whither, header.number);
}

}  // namespace fieldnode::web
