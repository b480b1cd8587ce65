#include "node/central/desk_call.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "node/central/centre.h"
#include "node/central/command_desk.h"
#include "node/net/local_client.h"

namespace fieldnode::central {
namespace {

namespace json = boost::json;

Refusal strange_answer(int status) {
  return refuse(
      "control_failed",
      fmt::format("The running service gave an answer that is not its own (status {}); look at its log.", status));
}

/// The refusal as the service put it, in English: `json_answer` writes both languages.
Result<json::object> read_answer(net::HttpAnswer const& answer) {
  boost::system::error_code failed;
  auto const value = json::parse(text_of(answer.body), failed);
  if (failed || !value.is_object()) return strange_answer(answer.status);
  if (answer.status == 200) return value.get_object();
  auto const* code = value.find_pointer("/error/code", failed);
  auto const* sentence = value.find_pointer("/error/sentence/en", failed);
  if (sentence == nullptr) sentence = value.find_pointer("/error/sentence", failed);
  if (code == nullptr || !code->is_string() || sentence == nullptr || !sentence->is_string()) {
    return strange_answer(answer.status);
  }
  return refuse(code->get_string(), std::string(sentence->get_string()));
}

Result<json::object> call_here(CityPaths const& paths, std::string_view command, json::object const& arguments) {
  SystemClock const clock;
  SystemRandom random;
  auto const centre = Centre::open(paths, clock, random);
  if (!centre) return centre.error();
  return CommandDesk(**centre).run(command, arguments);
}

}  // namespace

Result<json::object> call_desk(std::filesystem::path const& directory, std::string_view command,
                               json::object const& arguments) {
  CityPaths const paths(directory);
  // A large city's verify and a large file's import take as long as they take.
  net::LocalClient service(paths.control_socket(), std::chrono::hours(24));
  auto const answer = service.post(fmt::format("/control/{}", command), bytes_of(json::serialize(arguments)),
                                   {.answer_type = "application/json", .body_type = "application/json"});
  if (answer) return read_answer(*answer);
  if (answer.error().answer) return read_answer(*answer.error().answer);
  if (answer.error().code != "not_running") return Refusal(answer.error());
  return call_here(paths, command, arguments);
}

}  // namespace fieldnode::central
