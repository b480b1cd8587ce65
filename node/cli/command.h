#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sync/base/result.h"

/// A command as data: what it is called, what it takes, and the function that does it.
namespace fieldnode::cli {

class Call;

/// A whole number from `least` to `most`.
struct NumberRange {
  std::uint64_t least{};
  std::uint64_t most{};
};

/// One thing that a command takes. Its texts are literals, or outlive the command.
struct Option {
  std::string_view name{};     ///< "--limit"; without dashes it is known by its place
  std::string_view value{};    ///< stands for the value in the help, like FILE; empty: a flag
  std::string_view text{};     ///< what it is for
  std::string_view example{};  ///< a value as people type it, for the help and where it is missing
  std::string preset{};        ///< the value where none is given
  std::optional<NumberRange> number{};
  bool required{};
  bool repeatable{};

  [[nodiscard]] bool is_flag() const { return value.empty(); }
  [[nodiscard]] bool is_positional() const { return !name.starts_with('-'); }
};

/// `--dir DIR`, required: `text` says whose directory it is.
[[nodiscard]] inline Option data_directory(std::string_view text) {
  return {.name = "--dir", .value = "DIR", .text = text, .required = true};
}

/// One word of a program: either it does something, or it has words of its own.
struct Command {
  std::string_view name{};
  std::string_view summary{};
  std::vector<Option> options{};  ///< --json and --help besides: every command has them
  std::function<Result<void>(Call const&)> run{};
  std::vector<Command> commands{};
};

}  // namespace fieldnode::cli
