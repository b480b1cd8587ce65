#include "node/office/epoch_command.h"

#include <fmt/format.h>

#include <boost/json/object.hpp>

#include "node/cli/call.h"
#include "node/office/control_client.h"
#include "node/office/new_journal.h"
#include "node/office/office_data.h"

namespace fieldnode::office {
namespace {

/// With the node's own hands, where no program runs on the directory.
Result<boost::json::object> begin_at_rest(DataDir const& dir) {
  SystemClock const clock;
  SystemRandom random;
  auto const data = OfficeData::open(dir, clock, random);
  if (!data) return data.error();
  auto const seed = draw_journal(random);
  if (auto const begun = (*data)->store.begin_journal(seed, (*data)->time.stamp()); !begun) return begun.error();
  return boost::json::object{{"journal", std::to_string(seed.epoch.value)}};
}

Result<void> begin(cli::Call const& call) {
  DataDir const dir{call.text("--dir")};
  auto done = ask_node(dir, "/control/epoch/new", {});
  if (!done && done.error().code == "not_running") done = begin_at_rest(dir);
  if (!done) return done.error();
  call.answer(*done,
              "This copy of the node counts from now on; its journal goes on in a new one. What the centre has beyond "
              "it comes back, and what it does not have is sent, with the next exchange.\n");
  return {};
}

}  // namespace

cli::Command epoch_command() {
  return {.name = "epoch",
          .summary = "which copy of a node counts: new",
          .commands = {{.name = "new",
                        .summary = "choose this copy: its journal goes on in a new one, any other copy is stopped",
                        .options = {cli::data_directory("the node's data directory")},
                        .run = begin}}};
}

}  // namespace fieldnode::office
