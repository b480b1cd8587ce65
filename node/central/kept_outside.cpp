#include "node/central/kept_outside.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "node/db/private_file.h"

namespace fieldnode::central {
namespace {

/// Some 90 bytes for each node that a city ever lost.
constexpr std::size_t kFileMaxBytes = std::size_t{16} * 1024 * 1024;
constexpr std::string_view kRevoked = "revoked ";

std::optional<RevokedKey> read_revoked(std::string_view line) {
  line.remove_prefix(kRevoked.size());
  RevokedKey revoked;
  auto const digits = revoked.key.size() * 2;
  auto const key = from_hex(line.substr(0, digits));
  if (!key || key->size() != revoked.key.size() || line.size() <= digits + 1) return std::nullopt;
  std::ranges::copy(*key, revoked.key.begin());
  std::int64_t ms = 0;
  auto const number = line.substr(digits + 1);
  auto const read = std::from_chars(number.data(), number.data() + number.size(), ms);
  if (read.ec != std::errc{} || read.ptr != number.data() + number.size()) return std::nullopt;
  revoked.at = utc_from_ms(ms);
  return revoked;
}

}  // namespace

Result<std::string> KeptOutside::text() const {
  auto held = db::read_private_file(file_, kFileMaxBytes);
  if (held || held.error().code != "file_missing") return held;
  return std::string();
}

Result<void> KeptOutside::note_revoked(RevokedKey const& revoked) const {
  auto const held = text();
  if (!held) return held.error();
  auto const line = fmt::format("{}{} {}\n", kRevoked, to_hex(revoked.key), ms_of(revoked.at));
  return db::write_private_file(file_, *held + line);
}

Result<std::vector<RevokedKey>> KeptOutside::revoked() const {
  auto const held = text();
  if (!held) return held.error();
  std::vector<RevokedKey> all;
  std::string_view rest = *held;
  while (!rest.empty()) {
    auto const line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    if (!line.starts_with(kRevoked)) continue;
    auto const revoked = read_revoked(line);
    if (!revoked) {
      return refuse("kept_outside_damaged",
                    fmt::format("{} is damaged: it says which nodes were revoked, so nothing is served without it. Put "
                                "it back from a copy, or mend the line that begins \"{}\".",
                                file_.native(), line.substr(0, 24)));
    }
    all.push_back(*revoked);
  }
  return all;
}

}  // namespace fieldnode::central
