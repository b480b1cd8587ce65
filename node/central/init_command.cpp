#include "node/central/init_command.h"

#include <fmt/ostream.h>

#include <boost/json.hpp>

#include "node/central/city.h"
#include "node/central/command_line.h"
#include "sync/base/clock.h"

namespace fieldnode::central {

int run_init(std::span<std::string const> args, Console const& console) {
  CommonOptions common;
  NewCity city;
  CLI::App app("makes a city: its keys, its certificates, its empty database", "fieldnode-central init");
  add_common_options(app, common);
  app.add_option("--name", city.name, "the city's name")->required();
  app.add_option("--host", city.hosts, "name or address under which nodes reach the sync port; may repeat")
      ->expected(1)
      ->take_all()
      ->allow_extra_args(false);
  if (auto const end = parse_arguments(app, args, common.json, console)) return *end;
  SystemRandom random;
  auto const made = init_city(CityPaths(common.directory), city, SystemClock().wall(), random);
  if (!made) return print_refusal(made.error(), common.json, console);
  if (common.json) {
    boost::json::object const answer{{"city", city.name}, {"dir", common.directory}};
    fmt::print(console.out, "{}\n", boost::json::serialize(answer));
  } else {
    fmt::print(console.out, "{} is ready in {}; keep a copy of its key files apart from the database\n", city.name,
               common.directory);
  }
  return kExitDone;
}

}  // namespace fieldnode::central
