#pragma once

#include <memory>
#include <mutex>
#include <optional>

#include "node/net/https_client.h"
#include "sync/engine/transport.h"

namespace fieldnode::office {

inline constexpr std::string_view kExchangeType = "application/x-fieldnode-exchange";
inline constexpr std::string_view kExchangeDoor = "/sync/v1/exchange";
inline constexpr std::string_view kHandoverDoor = "/sync/v1/handover";  ///< of a node that was revoked

/// Carries exchanges to the centre's sync port over one kept-alive connection.
/// Thread: one exchange at a time; `use`, `cancel` and `shut` from any.
class HttpsTransport final : public engine::Transport {
 public:
  explicit HttpsTransport(std::shared_ptr<net::HttpsClient> client, std::string_view door = kExchangeDoor)
      : door_(door), client_(std::move(client)) {}

  /// The next exchange goes over this client; one that runs ends over the one before, which lives until then.
  void use(std::shared_ptr<net::HttpsClient> client);

  /// Errors: those of HttpsClient; where the centre refused, its own code and sentence.
  [[nodiscard]] Result<void> exchange(BytesView request, std::chrono::seconds wait,
                                      engine::ReplySink const& take) override;
  /// How long the centre asked to be left alone when it refused the last exchange.
  [[nodiscard]] Milliseconds asked_pause() const { return asked_pause_; }

  /// The answer to the running exchange has begun and is not here whole. Thread: any.
  [[nodiscard]] bool answer_comes() const;
  /// Ends the running exchange, or the next one if none runs, as `cancelled`.
  void cancel() { client()->cancel(); }
  /// Ends the running exchange and every later one.
  void shut();

 private:
  [[nodiscard]] std::shared_ptr<net::HttpsClient> client() const;

  std::string_view door_;
  mutable std::mutex mutex_;
  std::shared_ptr<net::HttpsClient> client_;  // guarded by mutex_
  bool is_shut_{};                            // guarded by mutex_
  Milliseconds asked_pause_{0};
};

/// The code and sentence that the other end gave as JSON; nothing when the failure has another cause. What is wrong
/// with the other end's own storage comes as `centre_cannot_save`.
[[nodiscard]] std::optional<Refusal> refusal_within(net::CallFailure const& failure);

}  // namespace fieldnode::office
