#pragma once

#include <optional>

#include "node/net/https_client.h"
#include "sync/engine/transport.h"

namespace fieldnode::office {

inline constexpr std::string_view kExchangeType = "application/x-fieldnode-exchange";

/// Carries exchanges to the centre's sync port over one kept-alive connection.
/// Thread: one exchange at a time; `cancel` and `shut` from any.
class HttpsTransport final : public engine::Transport {
 public:
  explicit HttpsTransport(net::HttpsClient& client) : client_(client) {}

  /// Errors: those of HttpsClient; where the centre refused, its own code and sentence.
  [[nodiscard]] Result<void> exchange(BytesView request, std::chrono::seconds wait,
                                      engine::ReplySink const& take) override;
  /// How long the centre asked to be left alone when it refused the last exchange.
  [[nodiscard]] Milliseconds asked_pause() const { return asked_pause_; }

  /// Ends the running exchange, or the next one if none runs, as `cancelled`.
  void cancel() { client_.cancel(); }
  /// Ends the running exchange and every later one.
  void shut() { client_.shut(); }

 private:
  net::HttpsClient& client_;
  Milliseconds asked_pause_{0};
};

/// The code and sentence that the other end gave as JSON; nothing when the failure has another cause.
[[nodiscard]] std::optional<Refusal> refusal_within(net::CallFailure const& failure);

}  // namespace fieldnode::office
