#include "node/office/attachment_doors.h"

#include <algorithm>

#include "node/lists/readable.h"
#include "node/web/answers.h"
#include "node/web/attachment_form.h"
#include "node/web/blob_download.h"
#include "node/web/upload_doors.h"

namespace fieldnode::office {
namespace {

namespace json = boost::json;
using rules::StaffRole;

std::optional<AssignmentId> read_assignment(net::HttpRequest const& request) {
  auto const id = blobs::read_offset(request.path_variable("id"));
  if (!id) return std::nullopt;
  return AssignmentId{*id};
}

net::HttpResponse no_such_attachment() {
  return web::refusal_answer(refuse("not_found", "No entry of this assignment names such a file."));
}

/// After a take-back nobody here has business with the citizen's papers any more.
bool hides_files(AssignmentFile const& file) {
  return file.state.stage() == rules::Stage::kTakenBack || file.state.stage() == rules::Stage::kReturned;
}

/// What the entries name, each content once, in the order of its first naming: the centre's files first.
std::vector<wire::BlobRef> named_in(AssignmentFile const& file) {
  std::vector<wire::BlobRef> named;
  auto const add = [&](lists::StoredEntry const& stored) {
    if (stored.skeleton.blobs == 0) return;
    for (auto const& blob : lists::body_of(stored).blobs) {
      if (std::ranges::find(named, blob.address, &wire::BlobRef::address) == named.end()) named.push_back(blob);
    }
  };
  for (auto const& stored : file.feed) add(stored);
  for (auto const& act : file.acts) add(act.entry);
  return named;
}

}  // namespace

void AttachmentDoors::add_routes(net::Router& router, web::Gatekeeper& gatekeeper) {
  auto const place = [this](net::HttpRequest const& request, web::Visitor const& visitor) {
    auto const id = read_assignment(request);
    auto const row = id ? store_.row_of(*id) : std::nullopt;
    if (!row || !may_see(clearance_of(visitor.role), row->confidential)) return std::optional<web::UploadPlace>();
    return std::optional(web::UploadPlace{.owner = {store_.identity().unit, *id},
                                          .rule = store_.rules()->current()->policy.attachments});
  };
  web::add_upload_doors(router, gatekeeper, "/api/assignments/{id}", {StaffRole::kClerk, StaffRole::kSupervisor},
                        {.store = blobs_, .place = place, .now = [this] { return time_.now().interval.earliest; }});
  router.get("/api/assignments/{id}/attachments",
             gatekeeper.guard([this](auto const& request, auto const& who) { return list(request, who); }));
  router.get("/api/assignments/{id}/attachments/{address}",
             gatekeeper.guard([this](auto const& request, auto const& who) { return download(request, who); },
                              {StaffRole::kClerk, StaffRole::kSupervisor}));
}

std::optional<AssignmentFile> AttachmentDoors::file_for(net::HttpRequest const& request, web::Visitor const& visitor) {
  auto const id = read_assignment(request);
  auto file = id ? store_.file_of(*id) : std::nullopt;
  if (file && !may_see(clearance_of(visitor.role), file->row.confidential)) return std::nullopt;
  return file;
}

net::HttpResponse AttachmentDoors::list(net::HttpRequest const& request, web::Visitor const& visitor) {
  auto const file = file_for(request, visitor);
  if (!file) return no_such_attachment();
  auto const named = named_in(*file);
  auto views = web::attachments_view(named);
  for (std::size_t i = 0; i < named.size(); ++i) {
    auto const state = blobs_.state(blobs::NamedFile{
        .owner = {store_.identity().unit, file->row.id}, .address = named[i].address, .size = named[i].size});
    views[i].as_object()["held"] = state.held;
    views[i].as_object()["here"] = state.here;
  }
  return web::json_answer(200, json::object{{"items", std::move(views)}, {"hidden", hides_files(*file)}});
}

net::HttpResponse AttachmentDoors::download(net::HttpRequest const& request, web::Visitor const& visitor) {
  auto const file = file_for(request, visitor);
  auto const address = blobs::read_address(request.path_variable("address"));
  if (!file || !address) return no_such_attachment();
  auto const named = named_in(*file);
  auto const blob = std::ranges::find(named, *address, &wire::BlobRef::address);
  if (blob == named.end()) return no_such_attachment();
  if (hides_files(*file)) {
    return web::refusal_answer(
        refuse("attachment_hidden", "The assignment was taken back or returned; its files are shown no more."));
  }
  auto const row = blobs_.find({store_.identity().unit, file->row.id}, *address);
  if (row) return web::blob_answer(request, blobs_, *row, blob->name);
  return web::refusal_answer(refuse("attachment_not_here", "The file has not come whole yet; try again later."));
}

}  // namespace fieldnode::office
