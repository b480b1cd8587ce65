#include "tests/tidy/include_rules.h"

#include <algorithm>
#include <optional>
#include <set>

#include "tests/tidy/cpp_text.h"

namespace fieldnode::tidy {
namespace {

struct Room {
  std::string_view path;
  std::vector<std::string_view> may_include;
};

/// From the bottom up. node/db, node/net and node/cli know no domain word, so base is all of sync that they may see.
std::vector<Room> const kRooms{
    {"sync/base", {}},
    {"sync/rules", {"sync/base"}},
    {"sync/crypto", {"sync/base"}},
    {"sync/wire", {"sync/base", "sync/rules", "sync/crypto"}},
    {"sync/engine", {"sync/base", "sync/rules", "sync/crypto", "sync/wire"}},
    {"node/db", {"sync/base"}},
    {"node/net", {"sync/base"}},
    {"node/cli", {"sync/base", "node/net"}},
    {"node/lists", {"sync", "node/db"}},
    {"node/blobs", {"sync", "node/db", "node/lists"}},
    {"node/sheet", {"sync/base", "sync/rules/civil.h"}},
    {"node/web", {"sync", "node/db", "node/net", "node/lists", "node/blobs", "node/sheet"}},
    {"node/office", {"sync", "node/db", "node/net", "node/cli", "node/lists", "node/blobs", "node/sheet", "node/web"}},
    {"node/central", {"sync", "node/db", "node/net", "node/cli", "node/lists", "node/blobs", "node/sheet", "node/web"}},
};
std::vector<std::string_view> const kSeesEmbeddedFiles{"sync/rules", "node/office", "node/central"};

struct Door {
  std::string_view header_prefix;
  std::vector<std::string_view> rooms;
};

/// The first row that fits counts.
std::vector<Door> const kDoors{
    {"sqlite3", {"node/db"}},
    {"boost/beast", {"node/net"}},
    {"boost/asio", {"node/net"}},
    {"boost/json", {"sync/rules", "node/cli", "node/web", "node/office", "node/central"}},
    {"boost/system", {"sync/base/result.h"}},
    {"curl/", {"node/net"}},
    {"openssl/", {"node/net"}},
    {"cereal/", {"sync/wire"}},
    {"zstd", {"sync/wire"}},
    {"qrencode", {"node/web"}},
    {"zdict.h", {"sync/wire"}},
    {"sodium", {"sync/crypto"}},
    {"CLI/", {"node/cli/command_line.cpp"}},
    {"toml++/", {"node"}},
    {"spdlog/", {"node"}},
    {"fmt/", {"sync", "node"}},
    {"libpq", {"node/central"}},
    {"qrencode.h", {"node/central"}},
    {"xlsxwriter", {"node/sheet"}},
    {"gtest/", {}},
    {"gmock/", {}},
    // The machine's network has the same door as the libraries that speak over it.
    {"sys/socket.h", {"node/net"}},
    {"sys/un.h", {"node/net"}},
    {"netinet/", {"node/net"}},
    {"arpa/", {"node/net"}},
    {"netdb.h", {"node/net"}},
    {"ifaddrs.h", {"node/net"}},
    {"sys/", {"sync", "node"}},
    {"linux/", {"sync/base", "node/db", "node/net"}},
};

Room const* room_of(std::string_view path) {
  auto const found = std::ranges::find_if(kRooms, [&](Room const& room) { return is_under(path, room.path); });
  return found == kRooms.end() ? nullptr : &*found;
}

/// Names of the headers that fieldnode_embed(NAME ...) makes.
std::set<std::string> embedded_headers(Tree const& tree) {
  constexpr std::string_view kCall = "fieldnode_embed(";
  std::set<std::string> headers;
  for (auto const& [path, text] : tree) {
    if (!path.ends_with("CMakeLists.txt")) continue;
    for (auto at = text.find(kCall); at != std::string::npos; at = text.find(kCall, at + 1)) {
      auto const start = text.find_first_not_of(" \n", at + kCall.size());
      auto const end = text.find_first_of(" \n)", start);
      if (end != std::string::npos) headers.insert(text.substr(start, end - start) + ".h");
    }
  }
  return headers;
}

/// Why `room` may not include `header`; nothing when it may.
std::optional<std::string> objection(Room const& room, std::string const& header,
                                     std::set<std::string> const& embedded) {
  if (embedded.contains(header)) {
    if (is_under_any(room.path, kSeesEmbeddedFiles)) return std::nullopt;
    return std::string(room.path) + " may not read embedded files (" + header + "); hand the content in";
  }
  if (room_of(header) == nullptr)
    return "\"" + header + "\" is no path into a room; write it from the top: sync/... or node/...";
  if (is_under(header, room.path) || is_under_any(header, room.may_include)) return std::nullopt;
  return std::string(room.path) + " may not include " + header + ": includes only point down";
}

bool passes(std::string_view path, Include const& include) {
  auto const door =
      std::ranges::find_if(kDoors, [&](Door const& row) { return include.path.starts_with(row.header_prefix); });
  if (door != kDoors.end()) return is_under_any(path, door->rooms);
  // What is left without a row: the language's own headers have no folder, other libraries do.
  return include.path.find('/') == std::string::npos;
}

}  // namespace

Violations check_layers(Tree const& tree) {
  Violations found;
  auto const embedded = embedded_headers(tree);
  for (auto const& [path, text] : tree) {
    if (!is_product_code(path)) continue;
    auto const* room = room_of(path);
    if (room == nullptr) {
      found.push_back(
          {path, 0, "this folder is no room; rooms are listed in design and in tests/tidy/include_rules.cpp"});
      continue;
    }
    for (auto const& include : includes_of(text)) {
      if (include.angled) continue;
      if (auto const why = objection(*room, include.path, embedded)) found.push_back({path, include.line, *why});
    }
  }
  return found;
}

Violations check_foreign_doors(Tree const& tree) {
  Violations found;
  for (auto const& [path, text] : tree) {
    if (!is_product_code(path)) continue;
    for (auto const& include : includes_of(text)) {
      bool const ours = !include.angled && room_of(include.path) != nullptr;
      if (ours || passes(path, include)) continue;
      found.push_back({path, include.line,
                       "<" + include.path + "> has its door elsewhere (kDoors in tests/tidy/include_rules.cpp)"});
    }
  }
  return found;
}

}  // namespace fieldnode::tidy
