#include "node/office/command_line.h"

#include <fmt/ostream.h>

#include <boost/json/serialize.hpp>

namespace fieldnode::office {

void describe_common(CLI::App& app, CommonOptions& options) {
  app.add_option("--dir", options.dir, "the node's data directory")->type_name("DIR")->required();
  app.add_flag("--json", options.json, "print the answer as JSON");
}

std::optional<int> parse_command_line(CLI::App& app, std::span<std::string const> args, CommonOptions const& options,
                                      Console const& console) {
  try {
    app.parse(std::vector<std::string>(args.rbegin(), args.rend()));  // CLI11 takes them from the back
    return std::nullopt;
  } catch (CLI::CallForHelp const&) {
    fmt::print(console.out, "{}", app.help());
    return kExitDone;
  } catch (CLI::ParseError const& error) {
    auto sentence = fmt::format("{}; `{} --help` shows what it takes.", error.what(), app.get_name());
    return print_failure(app, refuse("bad_usage", std::move(sentence)), options, console);
  }
}

int print_failure(CLI::App const& app, Refusal const& why, CommonOptions const& options, Console const& console,
                  int code) {
  if (options.json) print_json_line({{"error", why.code}, {"text", why.sentence}}, console);
  fmt::print(console.err, "{}: {} ({})\n", app.get_name(), why.sentence, why.code);
  return code;
}

void print_json_line(boost::json::object const& object, Console const& console) {
  fmt::print(console.out, "{}\n", boost::json::serialize(object));
}

}  // namespace fieldnode::office
