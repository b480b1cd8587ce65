#pragma once

#include <memory>

#include "node/net/https_client.h"
#include "node/office/exchanger.h"
#include "node/office/https_transport.h"
#include "node/office/office_data.h"

namespace fieldnode::office {

/// The two kept-alive connections to the centre: one carries acts, on the other a poll may be parked.
class CentreLink {
 public:
  /// Errors: those of the certificate files and of HttpsClient::make.
  [[nodiscard]] static Result<std::unique_ptr<CentreLink>> make(OfficeData& data);

  [[nodiscard]] Exchanger& exchanger() { return exchanger_; }
  [[nodiscard]] HttpsTransport& acts() { return acts_; }
  [[nodiscard]] HttpsTransport& poll() { return poll_; }

 private:
  struct Clients {
    std::unique_ptr<net::TlsSessionCache> sessions;
    std::unique_ptr<net::HttpsClient> acts;
    std::unique_ptr<net::HttpsClient> poll;
  };
  CentreLink(Clients&& clients, OfficeData& data);

  Clients clients_;
  HttpsTransport acts_;
  HttpsTransport poll_;
  OutageWatch outages_;
  Exchanger exchanger_;
};

}  // namespace fieldnode::office
