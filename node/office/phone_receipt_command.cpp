#include "node/office/phone_receipt_command.h"

#include <fmt/ostream.h>

#include <boost/json/value_to.hpp>
#include <istream>

#include "node/cli/call.h"
#include "node/office/control_client.h"
#include "node/office/office_data.h"
#include "node/office/phone_doors.h"

namespace fieldnode::office {
namespace {

namespace json = boost::json;

enum class Step { kShow, kChallenge, kAnswer };

/// With the node's own hands, where no program runs on the directory.
Result<json::object> step_at_rest(DataDir const& dir, Step step, std::string const& digits) {
  SystemClock const clock;
  SystemRandom random;
  auto const data = OfficeData::open(dir, clock, random);
  if (!data) return data.error();
  auto& node = **data;
  PhoneDesk desk({node.store, node.writer, *node.readers, node.vault, node.time, node.node, clock});
  if (step == Step::kChallenge) {
    if (auto const begun = desk.begin(digits); !begun) return begun.error();
  } else if (step == Step::kAnswer) {
    if (auto const answered = desk.answer(digits); !answered) return answered.error();
  }
  return phone_view(desk, node.time, node.node.node);
}

Result<json::object> take_step(DataDir const& dir, Step step, std::string const& digits = {}) {
  auto running = step == Step::kShow        ? ask_node(dir, "/control/phone-receipt")
                 : step == Step::kChallenge ? ask_node(dir, "/control/phone-receipt/challenge", {{"challenge", digits}})
                                            : ask_node(dir, "/control/phone-receipt/answer", {{"answer", digits}});
  if (running || running.error().code != "not_running") return running;
  return step_at_rest(dir, step, digits);
}

std::string text_at(json::object const& view, std::string_view pointer) {
  return json::value_to<std::string>(json::value(view).at_pointer(pointer));
}

std::uint64_t upto_of(json::object const& view) {
  return json::value_to<std::uint64_t>(json::value(view).at_pointer("/call/upto"));
}

std::string tell_code(json::object const& view) {
  return fmt::format("Journal up to act {}. Read this code out:\n\n    {}\n\nActs made later are not in it.\n",
                     upto_of(view), text_at(view, "/call/code"));
}

std::string tell_proof(json::object const& view) {
  return fmt::format(
      "Right. The centre noted the journal up to act {} at {}:\nit counts for every act up to there once the journal "
      "has come to the centre.\n",
      upto_of(view), text_at(view, "/call/minute"));
}

std::string tell_state(json::object const& view) {
  std::string text;
  for (auto const& proof : view.at("proofs").as_array()) {
    text += fmt::format("up to act {:<8} {}  {}\n", json::value_to<std::uint64_t>(proof.at("upto")),
                        json::value_to<std::string>(proof.at("at")), json::value_to<std::string>(proof.at("state")));
  }
  return text.empty() ? "no phone receipt yet\n" : text;
}

/// Where people read what they are to say and type; with --json the output belongs to a program.
std::ostream& screen(cli::Call const& call) {
  return call.has(cli::json_option().name) ? call.console().err : call.console().out;
}

/// Asks until something is typed; nothing once there is nobody to ask.
std::optional<std::string> ask(cli::Call const& call, std::string_view what) {
  auto* const in = call.console().in;
  std::string line;
  while (in != nullptr && line.find_first_not_of(" \t\r") == std::string::npos) {
    fmt::print(screen(call), "{}: ", what);
    screen(call).flush();
    if (!std::getline(*in, line)) return std::nullopt;
  }
  return line.empty() ? std::nullopt : std::optional(line);
}

Refusal nobody_typed() {
  return refuse("bad_usage", "Nothing was typed: give --challenge DIGITS, then --answer DIGITS, or type both.");
}

/// A step that is asked for again while the refusal is one that typing it again may cure.
Result<json::object> ask_step(cli::Call const& call, DataDir const& dir, Step step, std::string_view what) {
  while (auto const digits = ask(call, what)) {
    auto view = take_step(dir, step, *digits);
    if (view || (view.error().code != "bad_digits" && view.error().code != "phone_answer_wrong")) return view;
    fmt::print(screen(call), "{}\n", view.error().sentence);
  }
  return nobody_typed();
}

Result<void> whole_call(cli::Call const& call, DataDir const& dir) {
  auto const begun = ask_step(call, dir, Step::kChallenge, "Challenge that the centre's operator reads out");
  if (!begun) return begun.error();
  fmt::print(screen(call), "\n{}\n", tell_code(*begun));
  auto const answered = ask_step(call, dir, Step::kAnswer, "Answer that the operator reads out");
  if (!answered) return answered.error();
  call.answer(*answered, tell_proof(*answered));
  return {};
}

Result<void> one_step(cli::Call const& call, DataDir const& dir, Step step, std::string const& digits) {
  auto const view = take_step(dir, step, digits);
  if (!view) return view.error();
  call.answer(*view, step == Step::kShow ? tell_state(*view)
                                         : (step == Step::kChallenge ? tell_code(*view) : tell_proof(*view)));
  return {};
}

Result<void> run(cli::Call const& call) {
  DataDir const dir{call.text("--dir")};
  if (call.has("--challenge") && call.has("--answer")) {
    return refuse("bad_usage", "The centre's answer comes after the code: give --challenge first, then --answer.");
  }
  if (call.has("--challenge")) return one_step(call, dir, Step::kChallenge, call.text("--challenge"));
  if (call.has("--answer")) return one_step(call, dir, Step::kAnswer, call.text("--answer"));
  if (call.has("--show")) return one_step(call, dir, Step::kShow, {});
  return whole_call(call, dir);
}

}  // namespace

cli::Command phone_receipt_command() {
  return {
      .name = "phone-receipt",
      .summary = "prove by telephone that the journal exists now",
      .options = {cli::data_directory("the node's data directory"),
                  {.name = "--challenge", .value = "DIGITS", .text = "what the operator read out: shows the code"},
                  {.name = "--answer", .value = "DIGITS", .text = "what the operator read out then"},
                  {.name = "--show", .text = "what was proven by telephone so far"}},
      .run = run,
  };
}

}  // namespace fieldnode::office
