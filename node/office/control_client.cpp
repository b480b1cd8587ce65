#include "node/office/control_client.h"

#include "node/cli/running_program.h"

namespace fieldnode::office {
namespace {

constexpr Milliseconds kMargin{10'000};

cli::RunningProgram node_on(DataDir const& dir) { return {dir.control_socket(), kRoundMax + kMargin}; }

}  // namespace

Result<boost::json::object> ask_node(DataDir const& dir, std::string_view path, boost::json::object const& form) {
  return node_on(dir).post(path, form);
}

Result<boost::json::object> ask_node(DataDir const& dir, std::string_view path) { return node_on(dir).get(path); }

}  // namespace fieldnode::office
