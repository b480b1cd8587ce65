#include "node/office/centre_link.h"

#include "node/db/private_file.h"

namespace fieldnode::office {
namespace {

Result<net::HttpsTrust> load_trust(OfficeData& data, net::Identity const& shown) {
  auto ca = db::read_private_file(data.dir.ca());
  if (!ca) return ca.error();
  net::HttpsTrust trust;
  trust.ca_pem = *std::move(ca);
  trust.client_certificate_pem = shown.certificate_pem;
  trust.client_private_key_pem = shown.private_key_pem;
  trust.trusted_time = [&time = data.time] { return time.now().interval; };
  return trust;
}

}  // namespace

Result<std::unique_ptr<CentreLink>> CentreLink::make(OfficeData& data) {
  auto const shown = TlsRenewal(data.dir).current();
  if (!shown) return shown.error();
  auto const clients = connect(data, *shown);
  if (!clients) return clients.error();
  return std::unique_ptr<CentreLink>(new CentreLink(*clients, data));
}

Result<CentreLink::SharedClients> CentreLink::connect(OfficeData& data, net::Identity const& shown) {
  auto const trust = load_trust(data, shown);
  if (!trust) return trust.error();
  auto clients = std::make_shared<Clients>();
  net::HttpsClientOptions options{.base_url = data.store.identity().centre, .trust = *trust};
  options.sessions = &clients->sessions;
  for (auto* place : {&clients->acts, &clients->poll, &clients->blobs, &clients->aside}) {
    auto client = net::HttpsClient::make(options);
    if (!client) return client.error();
    *place = *std::move(client);
  }
  return clients;
}

CentreLink::CentreLink(SharedClients const& clients, OfficeData& data)
    : data_(data),
      certificates_(data.dir),
      acts_({clients, clients->acts.get()}),
      poll_({clients, clients->poll.get()}),
      blobs_({clients, clients->blobs.get()}),
      aside_({clients, clients->aside.get()}, kHandoverDoor),
      handover_({.writer = data.writer,
                 .readers = *data.readers,
                 .store = data.store,
                 .time = data.time,
                 .identity = data.node,
                 .suite = *data.suite,
                 .random = data.random,
                 .transport = aside_}),
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
                  .clock = data.clock,
                  .certificates = certificates_,
                  .renew = [this](auto const& certificate, auto const& attempt) { return renew(certificate, attempt); },
                  .handover = &handover_}) {}

Result<void> CentreLink::renew(std::string const& certificate_pem, Exchanger::Attempt const& attempt) {
  auto const fresh = certificates_.take(certificate_pem);
  if (!fresh) return fresh.error();
  auto const clients = connect(data_, *fresh);
  if (!clients) return clients.error();
  HttpsTransport trial({*clients, (*clients)->acts.get()});
  if (auto const answered = attempt(trial); !answered) return answered.error();
  if (auto const proven = certificates_.proven(); !proven) return proven;
  acts_.use({*clients, (*clients)->acts.get()});
  aside_.use({*clients, (*clients)->aside.get()});
  poll_.use({*clients, (*clients)->poll.get()});
  blobs_.use({*clients, (*clients)->blobs.get()});
  return {};
}

bool CentreLink::entries_come() const { return acts_.answer_comes() || poll_.answer_comes(); }

}  // namespace fieldnode::office
