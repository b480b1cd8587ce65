#include "node/web/upload_doors.h"

#include "node/blobs/blob_name.h"
#include "node/web/answers.h"
#include "node/web/json_form.h"

namespace fieldnode::web {
namespace {

namespace json = boost::json;

net::HttpResponse no_such_place() {
  return refusal_answer(refuse("not_found", "There is nothing under this number that files could be attached to."));
}

net::HttpResponse state_answer(int status, Result<blobs::UploadState> const& state) {
  if (!state) return refusal_answer(state.error());
  return json_answer(
      status, json::object{{"held", state->held},
                           {"size", state->size},
                           {"piece_max_bytes", kPieceMaxBytes},
                           {"address", state->address ? json::value(to_hex(*state->address)) : json::value(nullptr)}});
}

Result<blobs::Upload> read_upload(std::string_view body) {
  auto form = JsonForm::parse(body);
  if (!form) return form.error();
  blobs::Upload upload{.upload = form->text("upload", 64),
                       .owner = {},
                       .staff = {},
                       .name = form->text("name", 4 * blobs::kBlobNameMaxBytes),
                       .size = static_cast<std::uint64_t>(form->whole("size", 0, INT64_MAX))};
  if (auto const read = form->finish(); !read) return read.error();
  return upload;
}

net::HttpResponse begin(UploadWorld const& world, net::HttpRequest const& request, Visitor const& visitor) {
  auto const place = world.place(request, visitor);
  if (!place) return no_such_place();
  auto upload = read_upload(request.body);
  if (!upload) return refusal_answer(upload.error());
  upload->owner = place->owner;
  upload->staff = visitor.id;
  return state_answer(201, world.store.begin(*upload, place->rule, world.now()));
}

/// The upload that the path means, as far as the path and the visitor say.
blobs::Upload asked_upload(UploadPlace const& place, net::HttpRequest const& request, Visitor const& visitor) {
  return {.upload = request.path_variable("upload"), .owner = place.owner, .staff = visitor.id, .name = {}, .size = 0};
}

net::HttpResponse take(UploadWorld const& world, net::HttpRequest const& request, Visitor const& visitor) {
  auto const place = world.place(request, visitor);
  if (!place) return no_such_place();
  auto const offset = blobs::read_offset(request.query_value("offset").value_or(""));
  if (!offset) return refusal_answer(refuse("bad_field", "Parameter 'offset' must be a number of bytes."));
  auto const upload = asked_upload(*place, request, visitor);
  return state_answer(200, world.store.take(upload, *offset, request.body_bytes(), world.now()));
}

}  // namespace

void add_upload_doors(net::Router& router, Gatekeeper& gatekeeper, std::string const& under, Roles const& roles,
                      UploadWorld const& world) {
  router.post(
      under + "/uploads",
      gatekeeper.guard([world](auto const& request, auto const& who) { return begin(world, request, who); }, roles));
  router.get(under + "/uploads/{upload}",
             gatekeeper.guard(
                 [world](net::HttpRequest const& request, Visitor const& who) {
                   auto const place = world.place(request, who);
                   return place ? state_answer(200, world.store.state(asked_upload(*place, request, who)))
                                : no_such_place();
                 },
                 roles));
  router.add(
      net::Method::kPut, under + "/uploads/{upload}",
      gatekeeper.guard([world](auto const& request, auto const& who) { return take(world, request, who); }, roles),
      {.body_max_bytes = kPieceMaxBytes, .body_type = "application/octet-stream"});
}

}  // namespace fieldnode::web
