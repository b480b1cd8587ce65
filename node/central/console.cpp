#include "node/central/console.h"

#include <fmt/ostream.h>

#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>

#include "node/web/answers.h"

namespace fieldnode::central {
namespace {

/// Nothing that the caller wrote could have prevented these.
constexpr std::array<std::string_view, 10> kFailures{
    "storage_failed", "writer_busy",  "writer_stopped",     "control_failed",  "connection_lost",
    "timeout",        "chain_broken", "projection_differs", "receipt_differs", "import_running"};

}  // namespace

int print_refusal(Refusal const& refusal, bool json, Console const& console) {
  if (json) {
    boost::json::object const error{{"error", {{"code", refusal.code}, {"sentence", web::sentence_of(refusal)}}}};
    fmt::print(console.out, "{}\n", boost::json::serialize(error));
  } else {
    fmt::print(console.err, "fieldnode-central: {} [{}]\n", refusal.sentence, refusal.code);
  }
  return std::ranges::find(kFailures, refusal.code) == kFailures.end() ? kExitBadInput : kExitFailed;
}

}  // namespace fieldnode::central
