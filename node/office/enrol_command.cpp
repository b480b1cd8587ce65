#include "node/office/enrol_command.h"

#include <fmt/ostream.h>

#include "node/office/command_line.h"
#include "node/office/enrolment.h"

namespace fieldnode::office {

int run_enrol(std::span<std::string const> args, Console const& console) {
  CommonOptions options;
  EnrolmentForm form;
  CLI::App app("Makes a directory the node of a unit.", "fieldnode enrol");
  describe_common(app, options);
  app.add_option("--centre", form.centre, "address of the centre's sync port, like https://centre.example:8440")
      ->type_name("URL")
      ->required();
  app.add_option("--code", form.code, "the one-time code from the centre")->type_name("CODE")->required();
  if (auto const over = parse_command_line(app, args, options, console)) return *over;

  SystemClock const clock;
  SystemRandom random;
  auto const identity = enrol(options.data_dir(), form, clock, random);
  if (!identity) return print_failure(app, identity.error(), options, console);
  if (options.json) {
    print_json_line({{"unit", {{"code", identity->unit_code}, {"name", identity->unit_name}}},
                     {"city", identity->city},
                     {"node", std::to_string(identity->node.value)}},
                    console);
  } else {
    fmt::print(console.out, "{} is now the node of {} ({}), {}.\n", options.dir, identity->unit_name,
               identity->unit_code, identity->city);
  }
  return kExitDone;
}

}  // namespace fieldnode::office
