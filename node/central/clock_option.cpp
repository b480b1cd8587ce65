#include "node/central/clock_option.h"

#include <fmt/format.h>

namespace fieldnode::central {

cli::Option clock_option() {
  return {.name = "--clock",
          .value = "KEPT",
          .text = "synchronised: times are signed while a time service vouches; watched: people answer for it",
          .preset = "synchronised"};
}

Result<bool> is_watched(cli::Call const& call) {
  auto const word = call.text("--clock");
  if (word == "watched" || word == "synchronised") return word == "watched";
  return refuse("bad_usage", fmt::format("\"{}\" is no way to keep a clock: synchronised (by a time service of which "
                                         "the kernel knows) or watched (by people).",
                                         word));
}

}  // namespace fieldnode::central
