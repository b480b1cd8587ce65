#include "node/central/command_line.h"

#include <fmt/ostream.h>

#include <vector>

namespace fieldnode::central {

void add_common_options(CLI::App& app, CommonOptions& options) {
  app.add_option("--dir", options.directory, "the city's data directory")->required()->type_name("DIR");
  app.add_flag("--json", options.json, "answer as JSON");
}

std::optional<int> parse_arguments(CLI::App& app, std::span<std::string const> args, bool const& json,
                                   Console const& console) {
  try {
    app.parse(std::vector<std::string>(args.rbegin(), args.rend()));  // CLI11 takes them from the back
  } catch (CLI::CallForHelp const&) {
    fmt::print(console.out, "{}", app.help());
    return kExitDone;
  } catch (CLI::ParseError const& error) {
    return print_refusal(
        refuse("bad_usage", fmt::format("{}; `{} --help` shows what it takes.", error.what(), app.get_name())), json,
        console);
  }
  return std::nullopt;
}

}  // namespace fieldnode::central
