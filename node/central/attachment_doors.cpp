#include "node/central/attachment_doors.h"

#include <algorithm>

#include "node/central/blob_finder.h"
#include "node/central/page_query.h"
#include "node/lists/readable.h"
#include "node/web/answers.h"
#include "node/web/attachment_form.h"
#include "node/web/blob_download.h"
#include "node/web/upload_doors.h"

namespace fieldnode::central {
namespace {

namespace json = boost::json;
using rules::StaffRole;

net::HttpResponse no_such_attachment() { return web::refusal_answer(not_found("attachment")); }

std::vector<wire::BlobRef> named_in(AssignmentDossier const& dossier) {
  std::vector<wire::BlobRef> named;
  for (auto const* entries : {&dossier.feed, &dossier.acts}) {
    for (auto const& stored : *entries) {
      if (stored.skeleton.blobs == 0) continue;
      for (auto const& blob : lists::body_of(stored).blobs) {
        if (std::ranges::find(named, blob.address, &wire::BlobRef::address) == named.end()) named.push_back(blob);
      }
    }
  }
  return named;
}

/// The files with how much of each is here.
template <class StateOf>
net::HttpResponse list_answer(int status, std::vector<wire::BlobRef> const& named, StateOf const& state_of) {
  auto views = web::attachments_view(named);
  for (std::size_t i = 0; i < named.size(); ++i) {
    blobs::BlobState const state = state_of(named[i]);
    views[i].as_object()["held"] = state.held;
    views[i].as_object()["here"] = state.here;
  }
  return web::json_answer(status, json::object{{"items", std::move(views)}, {"hidden", false}});
}

blobs::BlobState here(blobs::BlobRow const& row) { return {.held = row.size, .size = row.size, .here = true}; }

net::HttpResponse file_answer(net::HttpRequest const& request, blobs::BlobStore& store,
                              std::vector<wire::BlobRef> const& named, std::optional<blobs::BlobRow> const& row,
                              Hash const& address) {
  auto const blob = std::ranges::find(named, address, &wire::BlobRef::address);
  if (blob == named.end()) return no_such_attachment();
  if (row) return web::blob_answer(request, store, *row, blob->name);
  return web::refusal_answer(refuse("attachment_not_here", "The file has not come whole yet; try again later."));
}

}  // namespace

void AttachmentDoors::add_routes(net::Router& router, web::Gatekeeper& gatekeeper) {
  web::Roles const operators{StaffRole::kOperator, StaffRole::kSupervisor};
  auto const place = [this](net::HttpRequest const& request, web::Visitor const&) {
    auto const id = read_id(request);
    if (!id || !centre_.store().find_case(CaseId{*id})) return std::optional<web::UploadPlace>();
    return std::optional(web::UploadPlace{blobs::owner_of(CaseId{*id}), centre_.attachments().rule()});
  };
  web::add_upload_doors(router, gatekeeper, "/api/cases/{id}", operators,
                        {.store = centre_.blobs(), .place = place, .now = [this] { return centre_.clock().wall(); }});
  router.post(
      "/api/cases/{id}/attachments",
      gatekeeper.guard([this](auto const& request, auto const& who) { return attach(request, who); }, operators));
  router.get("/api/cases/{id}/attachments",
             gatekeeper.guard([this](auto const& request, auto const&) { return of_case(request); }));
  router.get("/api/cases/{id}/attachments/{address}",
             gatekeeper.guard([this](auto const& request, auto const&) { return from_case(request); }, operators));
  router.get("/api/assignments/{id}/attachments",
             gatekeeper.guard([this](auto const& request, auto const&) { return of_assignment(request); }));
  router.get(
      "/api/assignments/{id}/attachments/{address}",
      gatekeeper.guard([this](auto const& request, auto const&) { return from_assignment(request); }, operators));
}

net::HttpResponse AttachmentDoors::attach(net::HttpRequest const& request, web::Visitor const& who) {
  auto const id = read_id(request);
  if (!id) return web::refusal_answer(not_found("case"));
  auto form = web::JsonForm::parse(request.body);
  if (!form) return web::refusal_answer(form.error());
  (void)form->text("request_id", 64);  // a content is attached once, whatever the number of its request
  auto files = web::read_attachments(*form);
  if (files.empty()) form->fault("attachments", "names no file");
  if (auto const read = form->finish(); !read) return web::refusal_answer(read.error());
  auto const done = centre_.attachments().attach(who.id, CaseId{*id}, std::move(files), centre_.clock().wall());
  return done ? of_case(request) : web::refusal_answer(done.error());
}

net::HttpResponse AttachmentDoors::of_case(net::HttpRequest const& request) {
  auto const id = read_id(request);
  if (!id) return web::refusal_answer(not_found("case"));
  auto const owner = blobs::owner_of(CaseId{*id});
  return list_answer(200, centre_.attachments().of_case(CaseId{*id}), [&](wire::BlobRef const& file) {
    auto const row = find_blob(centre_.store(), centre_.blobs(), CaseId{*id}, file.address);
    return row ? here(*row) : centre_.blobs().state(blobs::NamedFile{owner, file.address, file.size});
  });
}

net::HttpResponse AttachmentDoors::from_case(net::HttpRequest const& request) {
  auto const id = read_id(request);
  auto const address = blobs::read_address(request.path_variable("address"));
  if (!id || !address) return no_such_attachment();
  auto const row = find_blob(centre_.store(), centre_.blobs(), CaseId{*id}, *address);
  return file_answer(request, centre_.blobs(), centre_.attachments().of_case(CaseId{*id}), row, *address);
}

net::HttpResponse AttachmentDoors::of_assignment(net::HttpRequest const& request) {
  auto const id = read_id(request);
  auto const dossier = id ? centre_.store().dossier(AssignmentId{*id}) : std::nullopt;
  if (!dossier) return web::refusal_answer(not_found("assignment"));
  return list_answer(200, named_in(*dossier), [&](wire::BlobRef const& file) {
    auto const row = find_blob(centre_.store(), centre_.blobs(), dossier->unit.id, {dossier->row.id, file.address});
    blobs::NamedFile const coming{{dossier->unit.id, dossier->row.id}, file.address, file.size};
    return row ? here(*row) : centre_.blobs().state(coming);
  });
}

net::HttpResponse AttachmentDoors::from_assignment(net::HttpRequest const& request) {
  auto const id = read_id(request);
  auto const address = blobs::read_address(request.path_variable("address"));
  auto const dossier = id ? centre_.store().dossier(AssignmentId{*id}) : std::nullopt;
  if (!dossier || !address) return no_such_attachment();
  auto const row = find_blob(centre_.store(), centre_.blobs(), dossier->unit.id, {dossier->row.id, *address});
  return file_answer(request, centre_.blobs(), named_in(*dossier), row, *address);
}

}  // namespace fieldnode::central
