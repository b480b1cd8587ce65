#include "node/central/desk_call.h"

#include <fmt/format.h>

#include "node/central/centre.h"
#include "node/central/command_desk.h"
#include "node/cli/running_program.h"

namespace fieldnode::central {
namespace {

namespace json = boost::json;

Result<json::object> call_here(CityPaths const& paths, std::string_view command, json::object const& arguments) {
  SystemClock const clock;
  SystemRandom random;
  auto const centre = Centre::open(paths, clock, random);
  if (!centre) return centre.error();
  return CommandDesk(**centre).run(command, arguments);
}

}  // namespace

Result<json::object> call_desk(std::filesystem::path const& directory, std::string_view command,
                               json::object const& arguments) {
  CityPaths const paths(directory);
  // A large city's verify and a large file's import take as long as they take.
  cli::RunningProgram service(paths.control_socket(), std::chrono::hours(24));
  auto answer = service.post(fmt::format("/control/{}", command), arguments);
  if (answer || answer.error().code != "not_running") return answer;
  return call_here(paths, command, arguments);
}

}  // namespace fieldnode::central
