#include "node/central/city_key_command.h"

#include <fmt/format.h>

#include <boost/json/object.hpp>

#include "node/central/city_key_change.h"
#include "node/cli/call.h"
#include "sync/base/clock.h"
#include "sync/rules/civil.h"

namespace fieldnode::central {
namespace {

Result<void> tell(cli::Call const& call, Result<KeyChanged> const& changed) {
  if (!changed) return changed.error();
  auto const key = to_hex(changed->new_key);
  call.answer({{"old_id", std::to_string(changed->old_id)},
               {"city_key", {{"id", std::to_string(changed->new_id)}, {"public_key", key}}}},
              fmt::format("the city signs with a new key from now on: {}\nStart the service: its offices learn the key "
                          "from it. Make a backup of the keys.\n",
                          key));
  return {};
}

Result<void> rotate(cli::Call const& call) {
  SystemRandom random;
  return tell(call, rotate_city_key(CityPaths(call.text("--dir")), SystemClock().wall(), random));
}

Result<void> replace(cli::Call const& call) {
  SystemRandom random;
  auto const since = rules::parse_moment(call.text("--since"));
  if (!since) return since.error();
  return tell(call, replace_city_key(CityPaths(call.text("--dir")), call.text("--root-key"), *since,
                                     SystemClock().wall(), random));
}

Result<void> root(cli::Call const& call) {
  SystemRandom random;
  auto const path = call.text("--root-key");
  auto const made = make_city_root(CityPaths(call.text("--dir")), path, SystemClock().wall(), random);
  if (!made) return made.error();
  call.answer(
      {{"root", to_hex(*made)}, {"file", path}},
      fmt::format("{} belongs in a safe, on no machine: it alone can replace a stolen key of the city.\n", path));
  return {};
}

}  // namespace

cli::Command city_key_command() {
  auto const dir = cli::data_directory("the city's data directory");
  cli::Option const file{.name = "--root-key", .value = "FILE", .text = "the root key's file", .required = true};
  cli::Option const since{.name = "--since",
                          .value = "MOMENT",
                          .text = "the last moment at which the key was certainly the city's alone",
                          .example = "2026-10-10T17:00",
                          .required = true};
  return {
      .name = "city-key",
      .summary = "the key that signs receipts, while no service runs: rotate, replace, root",
      .commands = {
          {.name = "rotate", .summary = "a new key, signed by the old one", .options = {dir}, .run = rotate},
          {.name = "replace",
           .summary = "the old key is in other hands: a new one, signed by the root key",
           .options = {dir, file, since},
           .run = replace},
          {.name = "root", .summary = "a root key for a city that has none yet", .options = {dir, file}, .run = root}}};
}

}  // namespace fieldnode::central
