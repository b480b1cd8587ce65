#include "node/cli/recovery_key_input.h"

#include <fmt/format.h>

#include <istream>

#include "node/cli/call.h"
#include "node/cli/input_file.h"

namespace fieldnode::cli {
namespace {

constexpr std::size_t kKeyFileMaxBytes = 1024;

}  // namespace

Option recovery_key_option() {
  return {
      .name = "--key-file", .value = "FILE", .text = "where the recovery key stands; without it the key is asked for"};
}

Result<std::string> read_recovery_key_input(Call const& call) {
  std::string typed;
  if (call.has("--key-file")) {
    auto read = read_input_file(call.text("--key-file"), kKeyFileMaxBytes);
    if (!read) return read.error();
    typed = *std::move(read);
  } else if (call.console().in != nullptr) {
    call.console().err << "recovery key: " << std::flush;
    std::getline(*call.console().in, typed);
  }
  while (!typed.empty() && (typed.back() == '\n' || typed.back() == '\r')) typed.pop_back();
  if (!typed.empty()) return typed;
  return refuse("bad_code", "A backup opens with its recovery key alone: type it, or name a file with --key-file.");
}

std::string recovery_key_text(std::string_view key) {
  return fmt::format(
      "\n    RECOVERY KEY  {}\n\nWrite it down and keep it apart from the machine: it is shown once, kept nowhere, and "
      "without it no backup opens.\n",
      key);
}

}  // namespace fieldnode::cli
