#include "node/office/https_transport.h"

#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

namespace fieldnode::office {
namespace {

namespace json = boost::json;

std::string text_at(json::object const& object, std::string_view key) {
  auto const* value = object.if_contains(key);
  if (value == nullptr) return {};
  if (auto const* text = value->if_string()) return std::string(*text);
  if (auto const* languages = value->if_object()) return text_at(*languages, "en");
  return {};
}

/// What befell the centre's own machine must not read as if it were this one's: the page has a band for that.
Refusal told_from_afar(Refusal said) {
  static constexpr std::array<std::string_view, 3> kOfItsMachine{"storage_failed", "writer_busy", "writer_stopped"};
  if (std::ranges::find(kOfItsMachine, std::string_view(said.code)) == kOfItsMachine.end()) return said;
  return refuse("centre_cannot_save",
                "The centre can save nothing at the moment and took nothing in; what was done here stays here, and it "
                "is asked again by itself. It says: " +
                    said.sentence);
}

}  // namespace

std::optional<Refusal> refusal_within(net::CallFailure const& failure) {
  if (!failure.answer) return std::nullopt;
  boost::system::error_code broken;
  auto const value = json::parse(text_of(failure.answer->body), broken);
  auto const* answer = broken ? nullptr : value.if_object();
  auto const* error = answer == nullptr ? nullptr : answer->if_contains("error");
  if (error == nullptr || !error->is_object()) return std::nullopt;
  Refusal refusal{text_at(error->get_object(), "code"), text_at(error->get_object(), "sentence")};
  if (refusal.code.empty()) return std::nullopt;
  return told_from_afar(std::move(refusal));
}

std::shared_ptr<net::HttpsClient> HttpsTransport::client() const {
  std::lock_guard const lock(mutex_);
  return client_;
}

bool HttpsTransport::answer_comes() const { return client()->answer_comes(); }

void HttpsTransport::use(std::shared_ptr<net::HttpsClient> client) {
  std::lock_guard const lock(mutex_);
  // Whoever ends the node must not be answered by a client that came a moment later.
  if (is_shut_) client->shut();
  client_ = std::move(client);
}

void HttpsTransport::shut() {
  std::lock_guard const lock(mutex_);
  is_shut_ = true;
  client_->shut();
}

Result<void> HttpsTransport::exchange(BytesView request, std::chrono::seconds wait, engine::ReplySink const& take) {
  net::CallOptions options;
  options.answer_type = kExchangeType;
  options.body_type = kExchangeType;
  options.wait = wait;
  asked_pause_ = Milliseconds(0);
  std::optional<Refusal> refused;
  options.on_body = [&](BytesView piece) {
    auto const taken = take(piece);
    if (!taken) refused = taken.error();
    return taken.has_value();
  };
  auto const answer = client()->post(door_, request, options);
  if (refused) return *std::move(refused);
  if (answer) return {};
  asked_pause_ = answer.error().retry_after().value_or(Milliseconds(0));
  if (auto said = refusal_within(answer.error())) return *std::move(said);
  return Refusal{answer.error().code, answer.error().sentence};
}

}  // namespace fieldnode::office
