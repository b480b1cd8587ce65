#include "node/office/office_service.h"

#include <fmt/format.h>

#include "node/office/office_pages.h"
#include "node/office/staff_journal.h"

namespace fieldnode::office {
namespace {

/// As many acts wait for the disk together, and so share a commit, as there are workers: one for each clerk of a large
/// office. A worker that waits costs its stack alone.
constexpr unsigned kPageWorkers = 32;

/// Unique to the node, so that two nodes on one machine do not sign each other's staff out.
std::string cookie_of(OfficeIdentity const& identity) {
  return fmt::format("fieldnode_{:08x}", identity.node.value >> 32U ^ (identity.node.value & 0xFFFFFFFFU));
}

net::HttpServerOptions page_options(PageAddress const& page, net::FaultReport const& on_fault) {
  net::HttpServerOptions options;
  options.endpoints = {{.address = page.address, .port = page.port}};
  options.hosts = {"127.0.0.1", "localhost", "[::1]", page.address};
  options.worker_threads = kPageWorkers;
  options.on_fault = on_fault;
  return options;
}

net::HttpServerOptions control_options(DataDir const& dir, net::FaultReport const& on_fault) {
  net::HttpServerOptions options;
  options.endpoints = {{.unix_path = dir.control_socket().native()}};
  options.io_threads = 1;
  options.worker_threads = 1;
  options.on_fault = on_fault;
  return options;
}

}  // namespace

Result<std::unique_ptr<OfficeService>> OfficeService::start(OfficeData& data, OfficeSettings const& settings,
                                                            net::FaultReport const& on_fault) {
  auto link = CentreLink::make(data);
  if (!link) return link.error();
  std::unique_ptr<OfficeService> service(new OfficeService(data, *std::move(link), settings));
  if (auto const open = service->open_doors(settings, on_fault); !open) return open.error();
  service->sync_.start();
  service->courier_.start();
  service->sweep_ =
      std::make_unique<blobs::SweepThread>(data.blobs, [&data] { return data.time.now().interval.earliest; });
  service->warning_watch_.start();
  return service;
}

OfficeService::OfficeService(OfficeData& data, std::unique_ptr<CentreLink> link, OfficeSettings const& settings)
    : data_(data),
      link_(std::move(link)),
      sync_({.exchanger = link_->exchanger(),
             .store = data.store,
             .time = data.time,
             .acts = link_->acts(),
             .poll = link_->poll(),
             .clock = data.clock,
             .random = data.random,
             .settings = {.reply_budget_bytes = settings.reply_budget_bytes},
             .on_change = [this] { link_changed(); }}),
      courier_({.store = data.store,
                .blobs = data.blobs,
                .readers = *data.readers,
                .calls = link_->blobs(),
                .clock = data.clock,
                .random = data.random,
                .entries_go = [this] { return sync_.entries_go() || link_->entries_come(); },
                .now = [&data] { return data.time.now().interval.earliest; },
                .on_change = [this](AssignmentId id) { tell_of(id); }}),
      evidence_({.store = data.store,
                 .time = data.time,
                 .readers = *data.readers,
                 .vault = data.vault,
                 .suite = *data.suite,
                 .keys = data.node.keys,
                 .nudge = [this] { sync_.nudge(); }}),
      evidence_doors_(evidence_),
      desk_(data.store, data.blobs, data.time, [this] { sync_.nudge(); }),
      accounts_(data.writer, *data.readers, data.clock, data.random, journaled_accounts(data.store, data.time)),
      sessions_(data.writer, *data.readers, data.clock, data.random),
      gatekeeper_(accounts_, sessions_, cookie_of(data.store.identity())),
      bundle_desk_({.store = data.store,
                    .writer = data.writer,
                    .readers = *data.readers,
                    .time = data.time,
                    .identity = data.node,
                    .suite = *data.suite,
                    .random = data.random,
                    .clock = data.clock,
                    .blobs = data.blobs,
                    .on_taken = [this] { sync_.nudge(); },
                    .on_file = [this](AssignmentId id) { tell_of(id); }}),
      api_({.store = data.store,
            .desk = desk_,
            .time = data.time,
            .sync = sync_,
            .events = events_,
            .accounts = accounts_,
            .writer = data.writer,
            .bundles = bundle_desk_}),
      attachment_doors_(data.store, data.blobs, data.time),
      rule_doors_(data.store),
      warnings_({.store = data.store, .time = data.time, .writer = data.writer, .readers = *data.readers}),
      warning_doors_(warnings_, [this] { return api_.names(); }),
      warning_watch_(warnings_, [this] { events_.warnings_changed(); }),
      phone_desk_({.store = data.store,
                   .writer = data.writer,
                   .readers = *data.readers,
                   .vault = data.vault,
                   .time = data.time,
                   .identity = data.node,
                   .clock = data.clock}),
      phone_doors_(phone_desk_, data.time, events_, data.node.node),
      assessment_desk_(data.store, data.time, [this] { sync_.nudge(); }),
      assessment_doors_(assessment_desk_, data.store, data.time),
      control_(data, api_, accounts_, sync_, courier_, bundle_desk_) {
  data_.store.set_listener([this](auto changed) { store_changed(changed); });
}

Result<void> OfficeService::open_doors(OfficeSettings const& settings, net::FaultReport const& on_fault) {
  net::Router page;
  gatekeeper_.add_routes(page, [this](boost::json::object& session) { api_.describe(session); });
  api_.add_routes(page, gatekeeper_);
  attachment_doors_.add_routes(page, gatekeeper_);
  evidence_doors_.add_page_routes(page, gatekeeper_);
  rule_doors_.add_routes(page, gatekeeper_);
  warning_doors_.add_routes(page, gatekeeper_);
  phone_doors_.add_routes(page, gatekeeper_);
  assessment_doors_.add_routes(page, gatekeeper_);
  add_office_pages(page);
  auto page_server = net::HttpServer::start(page_options(settings.page, on_fault), std::move(page));
  if (!page_server) return page_server.error();
  page_server_ = *std::move(page_server);

  net::Router control;
  control_.add_routes(control);
  evidence_doors_.add_control_routes(control);
  phone_doors_.add_control_routes(control);
  auto control_server = net::HttpServer::start(control_options(data_.dir, on_fault), std::move(control));
  if (!control_server) return control_server.error();
  control_server_ = *std::move(control_server);

  bool const is_v6 = settings.page.address.find(':') != std::string::npos;
  auto const host = is_v6 ? "[" + settings.page.address + "]" : settings.page.address;
  page_ = fmt::format("http://{}:{}", host, page_server_->ports().front());
  return {};
}

void OfficeService::link_changed() {
  events_.status_changed();
  courier_.nudge();
}

void OfficeService::store_changed(std::span<Change const> changed) {
  events_.assignments_changed(changed);
  warning_watch_.look_again();
  courier_.nudge();
}

/// An attachment came: whoever shows the assignment reads it anew.
void OfficeService::tell_of(AssignmentId id) {
  auto const row = data_.store.row_of(id);
  if (!row) return;
  Change const change{id, row->confidential};
  events_.assignments_changed({&change, 1});
}

OfficeService::~OfficeService() {
  warning_watch_.stop();
  sweep_.reset();
  courier_.stop();
  link_->aside().shut();
  sync_.stop();
  if (page_server_) page_server_->stop();
  if (control_server_) control_server_->stop();
  data_.store.set_listener(nullptr);
}

}  // namespace fieldnode::office
