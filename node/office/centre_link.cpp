#include "node/office/centre_link.h"

#include "node/db/private_file.h"

namespace fieldnode::office {
namespace {

Result<net::HttpsTrust> load_trust(OfficeData& data) {
  auto ca = db::read_private_file(data.dir.ca());
  if (!ca) return ca.error();
  auto certificate = db::read_private_file(data.dir.tls_certificate());
  if (!certificate) return certificate.error();
  auto key = db::read_private_file(data.dir.tls_key());
  if (!key) return key.error();
  net::HttpsTrust trust;
  trust.ca_pem = *std::move(ca);
  trust.client_certificate_pem = *std::move(certificate);
  trust.client_private_key_pem = *std::move(key);
  trust.trusted_time = [&time = data.time] { return time.now().interval; };
  return trust;
}

}  // namespace

Result<std::unique_ptr<CentreLink>> CentreLink::make(OfficeData& data) {
  auto const trust = load_trust(data);
  if (!trust) return trust.error();
  Clients clients{.sessions = std::make_unique<net::TlsSessionCache>(), .acts = nullptr, .poll = nullptr};
  net::HttpsClientOptions options{.base_url = data.store.identity().centre, .trust = *trust};
  options.sessions = clients.sessions.get();
  for (auto* place : {&clients.acts, &clients.poll}) {
    auto client = net::HttpsClient::make(options);
    if (!client) return client.error();
    *place = *std::move(client);
  }
  return std::unique_ptr<CentreLink>(new CentreLink(std::move(clients), data));
}

CentreLink::CentreLink(Clients&& clients, OfficeData& data)
    : clients_(std::move(clients)),
      acts_(*clients_.acts),
      poll_(*clients_.poll),
      outages_({.writer = data.writer,
                .readers = *data.readers,
                .store = data.store,
                .time = data.time,
                .clock = data.clock}),
      exchanger_({.store = data.store,
                  .time = data.time,
                  .outages = outages_,
                  .identity = data.node,
                  .suite = *data.suite,
                  .random = data.random,
                  .clock = data.clock}) {}

}  // namespace fieldnode::office
