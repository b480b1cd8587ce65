#pragma once

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "node/cli/command_line.h"
#include "node/cli/console.h"

namespace fieldnode::cli {

/// One command as it was called: what was typed, and how to answer. Asking for an option that the command has not is a
/// defect of the program.
class Call {
 public:
  Call(std::string path, Values values, Console const& console)
      : path_(std::move(path)), values_(std::move(values)), console_(console) {}

  /// True when it was typed or has a preset.
  [[nodiscard]] bool has(std::string_view option) const { return !texts(option).empty(); }
  /// The value; empty where there is none.
  [[nodiscard]] std::string text(std::string_view option) const;
  /// Every value of an option that may repeat, in the order typed.
  [[nodiscard]] std::vector<std::string> const& texts(std::string_view option) const;
  /// The value of an option with a number range, which must be there.
  [[nodiscard]] std::uint64_t number(std::string_view option) const;

  [[nodiscard]] Console const& console() const { return console_; }

  /// Says at once what the command came to: with --json `json` as one line, else `text` as it stands.
  /// A command that fails afterwards has answered all the same: its refusal then goes to `err` alone.
  void answer(boost::json::object const& json, std::string_view text) const;
  [[nodiscard]] bool has_answered() const { return has_answered_; }

  /// Writes one line to `err` for each thing that goes wrong while the command runs on.
  /// Thread: any; it may outlive the call, not the console.
  [[nodiscard]] std::function<void(std::string_view)> log() const;

 private:
  std::string path_;
  Values values_;
  Console const& console_;
  mutable bool has_answered_{};
};

}  // namespace fieldnode::cli
