#include "node/office/control_client.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "node/net/local_client.h"
#include "node/office/https_transport.h"

namespace fieldnode::office {
namespace {

constexpr Milliseconds kMargin{10'000};

net::CallOptions json_call() {
  net::CallOptions options;
  options.answer_type = "application/json";
  options.body_type = "application/json";
  return options;
}

Result<boost::json::object> read_answer(net::CallResult<net::HttpAnswer> const& answer) {
  if (!answer) {
    if (auto said = refusal_within(answer.error())) return *std::move(said);
    return Refusal{answer.error().code, answer.error().sentence};
  }
  boost::system::error_code broken;
  auto value = boost::json::parse(text_of(answer->body), broken);
  if (broken || !value.is_object()) return refuse("bad_answer", "The running node gave an answer that is no JSON.");
  return std::move(value.get_object());
}

}  // namespace

Result<boost::json::object> ask_node(DataDir const& dir, std::string_view path, boost::json::object const& form) {
  net::LocalClient client(dir.control_socket().native(), kRoundMax + kMargin);
  return read_answer(client.post(path, bytes_of(boost::json::serialize(form)), json_call()));
}

Result<boost::json::object> ask_node(DataDir const& dir, std::string_view path) {
  net::LocalClient client(dir.control_socket().native(), kRoundMax + kMargin);
  return read_answer(client.get(path, json_call()));
}

}  // namespace fieldnode::office
