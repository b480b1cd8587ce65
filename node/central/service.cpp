#include "node/central/service.h"

#include <fmt/format.h>

#include "node/central/central_pages.h"
#include "node/central/sync_doors.h"

namespace fieldnode::central {
namespace {

/// Every node keeps two connections open; thousands of offices share one centre.
constexpr std::size_t kSyncConnectionsMax = 20'000;
/// Handlers block on the database and on each other's commits.
constexpr unsigned kSyncWorkers = 16;

/// Two centres on one machine must not sign each other's staff out.
std::string cookie_of(CityIdentity const& city) { return fmt::format("fieldnode_{:08x}", city.key.id >> 32); }

/// The sync port serves the names that its certificate vouches for.
Result<std::vector<std::string>> hosts_of(CityIdentity const& city) {
  auto const facts = net::read_certificate(city.server.certificate_pem);
  if (!facts) return facts.error();
  auto hosts = facts->names.dns;
  for (auto const& address : facts->names.addresses) {
    hosts.push_back(address.find(':') == std::string::npos ? address : "[" + address + "]");
  }
  return hosts;
}

}  // namespace

Result<std::unique_ptr<Service>> Service::start(Centre& centre, ServiceOptions options) {
  std::unique_ptr<Service> service(new Service(centre, options.limits));
  // First, so that the first exchange is told since when nobody served.
  service->beat_ = std::make_unique<OutageBeat>(centre.store(), centre.clock(),
                                                [&centre] { return centre.clock_guard().signable(); });
  // What a stop left undone; in safe mode it is refused, and the next start does it.
  (void)centre.time_corrections().go_on(centre.clock().wall());
  service->sweep_ = std::make_unique<blobs::SweepThread>(centre.blobs(), [&centre] { return centre.clock().wall(); });
  service->phone_checker_ = std::make_unique<PhoneChecker>(centre.phones(), centre.clock(), options.report);
  if (auto const listening = service->listen(options); !listening) return listening.error();
  return service;
}

Service::Service(Centre& centre, ExchangeLimits const& limits)
    : centre_(centre),
      suite_(crypto::ed25519_suite()),
      exchange_(*suite_, centre.city().key),
      identities_(centre.city(), centre.chance()),
      exchanges_(centre.store(), exchange_, identities_, centre.clock(), centre.clock_guard(), limits),
      aside_({.store = centre.store(),
              .suite = *suite_,
              .city = centre.city().key,
              .clock = centre.clock(),
              .guard = centre.clock_guard()}),
      sessions_(centre.writer(), centre.readers(), centre.clock(), centre.chance()),
      gatekeeper_(centre.accounts(), sessions_, cookie_of(centre.city())),
      api_(centre, gatekeeper_),
      blob_doors_({.store = centre.store(),
                   .readers = centre.readers(),
                   .blobs = centre.blobs(),
                   .clock = centre.clock(),
                   .guard = centre.clock_guard()}),
      attachment_doors_(centre),
      commands_(centre, &centre.clock_guard()),
      evidence_(centre) {
  centre.store().on_change([this](StoreChange const& change) {
    if (change.feed_grew || change.nodes_changed) exchanges_.feed_grew(change.unit);
    if (change.acts_came && phone_checker_) phone_checker_->wake();
    api_.announce(change);
  });
}

Service::~Service() { stop(); }

Result<void> Service::listen(ServiceOptions const& options) {
  if (auto const listening = listen_sync(options); !listening) return listening;
  if (auto const listening = listen_page(options); !listening) return listening;
  return listen_control(options);
}

Result<void> Service::listen_sync(ServiceOptions const& options) {
  auto const& city = centre_.city();
  net::Router router;
  add_sync_doors(router, exchanges_, centre_.enrolments(), city, centre_.clock());
  aside_.add_routes(router);
  blob_doors_.add_routes(router);
  auto endpoint = options.sync;
  endpoint.tls = net::TlsServerIdentity{.certificate_chain_pem = city.server.certificate_pem + city.ca.certificate_pem,
                                        .private_key_pem = city.server.private_key_pem,
                                        .client_ca_pem = city.ca.certificate_pem,
                                        .ticket_keys = {}};
  auto const hosts = hosts_of(city);
  if (!hosts) return hosts.error();
  net::HttpServerOptions server{.endpoints = {std::move(endpoint)}, .hosts = *hosts, .on_fault = options.report};
  server.limits.connections_max = kSyncConnectionsMax;
  server.limits.connections_per_address_max = kSyncConnectionsMax;  // a whole district may stand behind one address
  server.limits.connections_per_certificate_max = 8;
  server.worker_threads = kSyncWorkers;
  auto started = net::HttpServer::start(std::move(server), std::move(router));
  if (!started) return started.error();
  sync_ = std::move(*started);
  return {};
}

Result<void> Service::listen_page(ServiceOptions const& options) {
  net::Router router;
  api_.add_routes(router);
  attachment_doors_.add_routes(router, gatekeeper_);
  evidence_.add_page_routes(router, gatekeeper_);
  add_central_pages(router, fmt::format("{}\nfieldnode-central {}\n", centre_.city().name, FIELDNODE_VERSION));
  net::HttpServerOptions server{.endpoints = {options.page},
                                .hosts = {"127.0.0.1", "localhost", "[::1]", options.page.address},
                                .on_fault = options.report};
  auto started = net::HttpServer::start(std::move(server), std::move(router));
  if (!started) return started.error();
  page_ = std::move(*started);
  return {};
}

Result<void> Service::listen_control(ServiceOptions const& options) {
  net::Router router;
  commands_.add_doors(router);
  evidence_.add_control_routes(router);
  net::Endpoint endpoint;
  endpoint.unix_path = centre_.paths().control_socket();
  net::HttpServerOptions server{.endpoints = {std::move(endpoint)}, .hosts = {}, .on_fault = options.report};
  auto started = net::HttpServer::start(std::move(server), std::move(router));
  if (!started) return started.error();
  control_ = std::move(*started);
  return {};
}

void Service::stop() {
  // The control socket goes first: whoever then finds nobody there waits for the database's lock.
  if (control_) control_->stop();
  if (page_) page_->stop();
  if (sync_) sync_->stop();
  phone_checker_.reset();
  sweep_.reset();
  beat_.reset();
  centre_.store().on_change({});
}

}  // namespace fieldnode::central
