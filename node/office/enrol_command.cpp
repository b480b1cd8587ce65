#include "node/office/enrol_command.h"

#include <fmt/format.h>

#include <boost/json/object.hpp>

#include "node/cli/call.h"
#include "node/office/enrolment.h"

namespace fieldnode::office {
namespace {

boost::json::object view_of(OfficeIdentity const& identity) {
  return {{"unit", {{"code", identity.unit_code}, {"name", identity.unit_name}}},
          {"city", identity.city},
          {"node", std::to_string(identity.node.value)}};
}

Result<void> run(cli::Call const& call) {
  SystemClock const clock;
  SystemRandom random;
  auto const dir = call.text("--dir");
  auto const identity =
      enrol(DataDir{dir}, {.centre = call.text("--centre"), .code = call.text("--code")}, clock, random);
  if (!identity) return identity.error();
  call.answer(view_of(*identity), fmt::format("{} is now the node of {} ({}), {}.\n", dir, identity->unit_name,
                                              identity->unit_code, identity->city));
  return {};
}

}  // namespace

cli::Command enrol_command() {
  return {
      .name = "enrol",
      .summary = "make a directory the node of a unit, with a code from the centre",
      .options = {cli::data_directory("the directory to make the node's; it need not be there"),
                  {.name = "--centre",
                   .value = "URL",
                   .text = "address of the centre's sync port",
                   .example = "https://centre.example:8440",
                   .required = true},
                  {.name = "--code", .value = "CODE", .text = "the one-time code from the centre", .required = true}},
      .run = run,
  };
}

}  // namespace fieldnode::office
