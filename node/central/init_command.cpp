#include "node/central/init_command.h"

#include <fmt/format.h>

#include <boost/json/object.hpp>

#include "node/central/central_backup.h"
#include "node/central/city.h"
#include "node/cli/call.h"
#include "node/cli/recovery_key_input.h"
#include "sync/base/clock.h"

namespace fieldnode::central {
namespace {

Result<void> run(cli::Call const& call) {
  NewCity const city{.name = call.text("--name"), .hosts = call.texts("--host")};
  auto const dir = call.text("--dir");
  SystemRandom random;
  auto const made = init_city(CityPaths(dir), city, SystemClock().wall(), random);
  if (!made) return made.error();
  auto const recovery = ensure_recovery_key(CityPaths(dir), random);
  if (!recovery) return recovery.error();
  auto const root = CityPaths(dir).root_key().native();
  call.answer({{"city", city.name}, {"dir", dir}, {"root_key", root}, {"recovery_key", *recovery}},
              fmt::format("{} is ready in {}; keep a copy of its key files apart from the database\n"
                          "Move {} to a safe now: it alone can replace a stolen key of the city\n",
                          city.name, dir, root) +
                  (recovery->empty() ? std::string() : cli::recovery_key_text(*recovery)));
  return {};
}

}  // namespace

cli::Command init_command() {
  return {
      .name = "init",
      .summary = "make a city: its keys, its certificates, its empty database",
      .options = {cli::data_directory("the directory to make the city in"),
                  {.name = "--name", .value = "CITY", .text = "the city's name", .required = true},
                  {.name = "--host",
                   .value = "NAME",
                   .text = "name or address under which nodes reach the sync port",
                   .repeatable = true}},
      .run = run,
  };
}

}  // namespace fieldnode::central
