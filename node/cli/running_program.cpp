#include "node/cli/running_program.h"

#include <fmt/format.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace fieldnode::cli {
namespace {

namespace json = boost::json;

net::CallOptions json_call() {
  net::CallOptions options;
  options.answer_type = "application/json";
  options.body_type = "application/json";
  return options;
}

Refusal strange_answer(int status) {
  return refuse(
      "control_failed",
      fmt::format("The running program gave an answer that is not its own (status {}); look at its log.", status));
}

std::optional<json::object> object_in(net::HttpAnswer const& answer) {
  boost::system::error_code failed;
  auto value = json::parse(text_of(answer.body), failed);
  if (failed || !value.is_object()) return std::nullopt;
  return std::move(value.get_object());
}

/// A sentence in both languages, or one that only speaks English.
json::string const* sentence_in(json::object const& error) {
  auto const* sentence = error.if_contains("sentence");
  if (sentence != nullptr && sentence->is_object()) sentence = sentence->get_object().if_contains("en");
  return sentence == nullptr ? nullptr : sentence->if_string();
}

Refusal refusal_in(net::HttpAnswer const& answer) {
  auto const object = object_in(answer);
  auto const* error = object ? object->if_contains("error") : nullptr;
  if (error == nullptr || !error->is_object()) return strange_answer(answer.status);
  auto const* code = error->get_object().if_contains("code");
  auto const* sentence = sentence_in(error->get_object());
  if (code == nullptr || !code->is_string() || sentence == nullptr) return strange_answer(answer.status);
  return refuse(code->get_string(), std::string(*sentence));
}

Result<json::object> read(net::CallResult<net::HttpAnswer> const& called) {
  if (!called && called.error().answer) return refusal_in(*called.error().answer);
  if (!called) return Refusal(called.error());
  if (called->status >= 400) return refusal_in(*called);
  auto object = object_in(*called);
  if (!object) return strange_answer(called->status);
  return *std::move(object);
}

}  // namespace

Result<json::object> RunningProgram::get(std::string_view path) { return read(client_.get(path, json_call())); }

Result<json::object> RunningProgram::post(std::string_view path, json::object const& form) {
  return read(client_.post(path, bytes_of(json::serialize(form)), json_call()));
}

Result<Bytes> RunningProgram::fetch_file(std::string_view path, json::object const& form, std::string_view media_type) {
  auto options = json_call();
  options.answer_type = media_type;
  auto called = client_.post(path, bytes_of(json::serialize(form)), options);
  if (!called && called.error().answer) return refusal_in(*called.error().answer);
  if (!called) return Refusal(called.error());
  return std::move(called->body);
}

}  // namespace fieldnode::cli
