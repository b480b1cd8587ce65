#pragma once

#include <memory>

#include "node/net/https_client.h"
#include "node/office/blob_calls.h"
#include "node/office/exchanger.h"
#include "node/office/https_transport.h"
#include "node/office/office_data.h"
#include "node/office/tls_renewal.h"

namespace fieldnode::office {

/// The kept-alive connections to the centre: one carries acts, on another a poll may be parked, attachments have a
/// third, and a fourth is for what a revoked node hands over. All show the node's certificate, and the one that takes
/// its place.
class CentreLink {
 public:
  /// Errors: those of the certificate files and of HttpsClient::make.
  [[nodiscard]] static Result<std::unique_ptr<CentreLink>> make(OfficeData& data);
  CentreLink(CentreLink const&) = delete;
  CentreLink& operator=(CentreLink const&) = delete;

  [[nodiscard]] Exchanger& exchanger() { return exchanger_; }
  [[nodiscard]] HttpsTransport& acts() { return acts_; }
  [[nodiscard]] HttpsTransport& poll() { return poll_; }
  [[nodiscard]] BlobCalls& blobs() { return blobs_; }
  [[nodiscard]] HttpsTransport& aside() { return aside_; }
  /// An exchange is being answered: the answer to a parked poll comes by itself. Thread: any.
  [[nodiscard]] bool entries_come() const;

 private:
  /// Connections under one certificate; they share its TLS sessions.
  struct Clients {
    net::TlsSessionCache sessions;
    std::unique_ptr<net::HttpsClient> acts;
    std::unique_ptr<net::HttpsClient> poll;
    std::unique_ptr<net::HttpsClient> blobs;
    std::unique_ptr<net::HttpsClient> aside;
  };
  using SharedClients = std::shared_ptr<Clients>;
  [[nodiscard]] static Result<SharedClients> connect(OfficeData& data, net::Identity const& shown);
  CentreLink(SharedClients const& clients, OfficeData& data);

  /// Tries a certificate that came, and goes over to it once the centre has answered.
  [[nodiscard]] Result<void> renew(std::string const& certificate_pem, Exchanger::Attempt const& attempt);

  OfficeData& data_;
  TlsRenewal certificates_;
  HttpsTransport acts_;
  HttpsTransport poll_;
  BlobCalls blobs_;
  HttpsTransport aside_;
  Handover handover_;
  OutageWatch outages_;
  Exchanger exchanger_;
};

}  // namespace fieldnode::office
