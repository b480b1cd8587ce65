#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "node/net/certificates.h"
#include "node/net/http_server.h"
#include "tests/unit/office/office_world.h"

namespace fieldnode::office {

/// The other end of an office's link on loopback, over real TLS: takes acts in unread, signs receipts, parks polls, and
/// fails when it is told to.
class CentreDouble {
 public:
  CentreDouble(net::Identity const& server, std::string const& ca_pem, crypto::KeyPair const& city,
               wire::ListName const& journal);
  ~CentreDouble() { server_->stop(); }

  [[nodiscard]] std::string address() const;
  /// Every exchange from now on is refused with this; an empty code ends that.
  void refuse_all(int status, std::string code);
  /// The same for exchanges that carry acts.
  void refuse_acts(std::string code);

  /// Dispatches to the office; it comes with the next exchange.
  void dispatch(AssignmentId assignment, UtcTime at);
  void dispatch_confidential(AssignmentId assignment, UtcTime at);

  /// Waits for what `holds` says of the counters; false after ten seconds.
  struct Counters {
    std::uint64_t journal_seq{};
    unsigned exchanges{};
    unsigned parked{};
    unsigned refused{};
  };
  [[nodiscard]] bool comes_to(std::function<bool(Counters const&)> const& holds);

 private:
  void exchange(net::HttpRequest const& http, net::Responder const& responder);
  [[nodiscard]] net::HttpResponse refusal(int status, std::string const& code);
  [[nodiscard]] net::HttpResponse reply_to(wire::ExchangeRequest const& request);

  SeededRandom random_{17};
  std::unique_ptr<crypto::SignatureSuite> suite_{crypto::ed25519_suite()};
  crypto::KeyPair city_;
  Hash journal_hash_;
  std::mutex mutex_;
  std::condition_variable changed_;
  FeedWriter feed_{random_};  // guarded by mutex_, as all below
  Counters counters_;
  int refused_status_{};
  std::string refused_code_;
  std::string refused_acts_;
  std::unique_ptr<net::HttpServer> server_;
};

}  // namespace fieldnode::office
