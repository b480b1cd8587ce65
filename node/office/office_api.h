#pragma once

#include "node/net/router.h"
#include "node/office/assignment_view.h"
#include "node/office/bundle_desk.h"
#include "node/office/desk.h"
#include "node/office/office_events.h"
#include "node/office/sync_loop.h"
#include "node/web/gatekeeper.h"

namespace fieldnode::office {

/// The office's JSON API behind the sign-in: lists, one assignment, acts, status, live events. Handlers are doors: they
/// parse, make one call, answer. Thread: any; must outlive the server.
class OfficeApi {
 public:
  struct World {
    OfficeStore& store;
    Desk& desk;
    NodeTime& time;
    SyncLoop& sync;
    OfficeEvents& events;
    web::Accounts& accounts;
    db::Writer& writer;
    BundleDesk& bundles;
  };
  explicit OfficeApi(World world) : world_(world) {}

  void add_routes(net::Router& router, web::Gatekeeper& gatekeeper);
  /// What a page wants to know at sign-in.
  void describe(boost::json::object& session) const;

  /// The body of GET /api/status; the counts are of what `clearance` may see.
  [[nodiscard]] boost::json::object status(Clearance clearance);
  /// Looks each person up once for an answer.
  [[nodiscard]] StaffNames names() const;

 private:
  [[nodiscard]] net::HttpResponse list(net::HttpRequest const& request, web::Visitor const& visitor);
  [[nodiscard]] net::HttpResponse assignment(net::HttpRequest const& request, web::Visitor const& visitor);
  [[nodiscard]] net::HttpResponse post_act(net::HttpRequest const& request, web::Visitor const& visitor);
  [[nodiscard]] net::HttpResponse unit_log();
  /// Nothing where the visitor is not to know of it.
  [[nodiscard]] std::optional<AssignmentFile> file_for(web::Visitor const& visitor, AssignmentId id);
  [[nodiscard]] boost::json::object recorded_view(AssignmentFile const& file, RecordedAct const& recorded);

  World world_;
};

}  // namespace fieldnode::office
