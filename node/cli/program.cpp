#include "node/cli/program.h"

#include <fmt/ostream.h>

#include <algorithm>
#include <boost/json/serialize.hpp>

#include "node/cli/call.h"
#include "node/cli/help.h"

namespace fieldnode::cli {
namespace {

namespace json = boost::json;

/// One line of words on its way through the table.
class Run {
 public:
  Run(Program const& program, std::span<std::string const> args, Console const& console)
      : program_(program), args_(args), console_(console) {
    // Looked for by hand: a line that cannot be parsed is refused as JSON too.
    json_ = std::ranges::find(args, json_option().name) != args.end();
  }

  int go() {
    while (!command_->commands.empty()) {
      if (auto const end = descend()) return *end;
    }
    try {
      return carry_out();
    } catch (std::exception const& broken) {
      return refused(refuse("broken_world", broken.what()));
    }
  }

 private:
  /// Takes the next word; gives the exit code where it calls no command.
  std::optional<int> descend() {
    if (args_.empty()) {
      fmt::print(console_.err, "{}", help_of(path_, *command_));
      return kExitBadInput;
    }
    auto const& word = args_.front();
    if (word == "--help" || word == "-h") return answered(help_of(path_, *command_));
    if (word == "--version" && command_ == &program_.root) return answered(version());
    auto const next = std::ranges::find(command_->commands, std::string_view(word), &Command::name);
    if (next == command_->commands.end()) return refused(no_command(word));
    path_ += fmt::format(" {}", word);
    command_ = &*next;
    args_ = args_.subspan(1);
    return std::nullopt;
  }

  int carry_out() const {
    auto values = read_command_line(path_, *command_, args_);
    if (!values) return refused(values.error());
    if (!*values) return answered(help_of(path_, *command_));
    Call const call(path_, **std::move(values), console_);
    auto const done = command_->run(call);
    return done ? kExitDone : refused(done.error(), call.has_answered());
  }

  [[nodiscard]] Refusal no_command(std::string_view word) const {
    auto const what = word.starts_with('-') ? fmt::format("{} comes before a command", word)
                                            : fmt::format("There is no command \"{}\"", word);
    return refuse("bad_usage", fmt::format("{}; {} --help lists them.", what, path_));
  }

  [[nodiscard]] std::string version() const {
    auto const& name = program_.root.name;
    if (!json_) return fmt::format("{} {}\n", name, program_.version);
    return json::serialize(json::object{{"program", name}, {"version", program_.version}}) + "\n";
  }

  int answered(std::string_view text) const {
    fmt::print(console_.out, "{}", text);
    return kExitDone;
  }

  int refused(Refusal const& why, bool has_answered = false) const {
    if (json_ && !has_answered) {
      json::object const error{{"error", {{"code", why.code}, {"sentence", program_.sentence(why)}}}};
      fmt::print(console_.out, "{}\n", json::serialize(error));
    }
    fmt::print(console_.err, "{}: {} ({})\n", path_, why.sentence, why.code);
    return program_.is_failure(why) ? kExitFailed : kExitBadInput;
  }

  Program const& program_;
  std::span<std::string const> args_;
  Console const& console_;
  Command const* command_ = &program_.root;
  std::string path_{command_->name};
  bool json_{};
};

}  // namespace

int run(Program const& program, std::span<std::string const> args, Console const& console) {
  return Run(program, args, console).go();
}

}  // namespace fieldnode::cli
