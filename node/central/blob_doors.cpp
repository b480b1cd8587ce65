#include "node/central/blob_doors.h"

#include <algorithm>
#include <array>

#include "node/blobs/chunk_pace.h"
#include "node/central/blob_finder.h"
#include "node/lists/named_blobs.h"
#include "node/web/answers.h"

namespace fieldnode::central {
namespace {

using blobs::kBlobPartType;
using blobs::kBlobStateType;

net::HttpResponse state_answer(Result<blobs::BlobState> const& state) {
  if (!state) return web::refusal_answer(state.error());
  return net::bytes_response(200, std::string(kBlobStateType), blobs::pack_blob_state(*state));
}

net::HttpResponse refused(Refusal const& why) {
  if (why.code == "no_certificate") return web::refusal_answer(401, why);
  static constexpr std::array kNotThisNode{"unknown_node", "not_confirmed", "node_refused", "node_revoked",
                                           "certificate_expired"};
  bool const is_about_node = std::ranges::find(kNotThisNode, why.code) != kNotThisNode.end();
  return is_about_node ? web::refusal_answer(403, why) : web::refusal_answer(why);
}

std::optional<std::uint64_t> number_in(net::HttpRequest const& request, std::string_view name) {
  auto const text = request.query_value(name);
  return text ? blobs::read_offset(*text) : std::nullopt;
}

Refusal bad_place() { return refuse("bad_field", "Parameters 'offset' and 'most' must be numbers of bytes."); }

}  // namespace

void BlobDoors::add_routes(net::Router& router) {
  net::RouteOptions const program{.body_max_bytes = blobs::kChunkMostBytes,
                                  .caller = net::Caller::kProgram,
                                  .body_type = std::string(kBlobPartType)};
  std::string const path = "/sync/v1/blobs/{assignment}/{address}";
  router.get(
      path + "/state", [this](auto const& request) { return state(request); }, program);
  router.get(
      path, [this](auto const& request) { return give(request); }, program);
  router.post(
      path, [this](auto const& request) { return take(request); }, program);
}

Result<NodeRecord> BlobDoors::caller_of(net::HttpRequest const& request) {
  auto const& certificate = request.peer.certificate;
  if (!certificate) return refuse("no_certificate", "A node shows its certificate here; enrol first.");
  auto node = world_.store.find_node(certificate->fingerprint);
  if (!node) return refuse("unknown_node", "This certificate belongs to no node of this city; enrol again.");
  if (node->standing() == NodeStanding::kWaiting) {
    return refuse("not_confirmed", "Somebody at the centre must confirm this node first; no file goes either way.");
  }
  if (node->standing() == NodeStanding::kRefused) {
    return refuse("node_refused", "The centre's operator refused this node; no file goes either way.");
  }
  if (certificate->not_after < world_.clock.wall() && world_.guard.signable()) {
    return refuse("certificate_expired", "This node's certificate has ended; it renews it with its next exchange.");
  }
  return *std::move(node);
}

Result<BlobDoors::Asked> BlobDoors::asked(net::HttpRequest const& request) {
  auto const node = caller_of(request);
  if (!node) return node.error();
  auto const key = blobs::read_blob_key(request.path_variable("assignment"), request.path_variable("address"));
  auto const size = [&]() -> std::optional<std::uint64_t> {
    if (!key) return std::nullopt;
    auto const lease = world_.readers.lease();
    return lists::NamedBlobs(*lease).size_of(node->unit, key->assignment, key->address);
  }();
  if (!size) return refuse("not_found", "No entry of this unit that the centre holds names such a file.");
  return Asked{.unit = node->unit,
               .file = {.owner = {node->unit, key->assignment}, .address = key->address, .size = *size},
               .revoked = node->revoked_at.has_value()};
}

net::HttpResponse BlobDoors::state(net::HttpRequest const& request) {
  auto const file = asked(request);
  if (!file) return refused(file.error());
  blobs::BlobKey const key{file->file.owner.assignment, file->file.address};
  if (auto const row = find_blob(world_.store, world_.blobs, file->unit, key)) {
    return state_answer(blobs::BlobState{.held = row->size, .size = row->size, .here = true});
  }
  return state_answer(world_.blobs.state(file->file));
}

net::HttpResponse BlobDoors::take(net::HttpRequest const& request) {
  auto const file = asked(request);
  if (!file) return refused(file.error());
  auto const offset = number_in(request, "offset");
  if (!offset) return refused(bad_place());
  auto const rule = world_.store.rules_of(file->unit)->current()->policy.attachments;
  return state_answer(world_.blobs.take(file->file, *offset, request.body_bytes(), rule, world_.clock.wall()));
}

net::HttpResponse BlobDoors::give(net::HttpRequest const& request) {
  auto const file = asked(request);
  if (!file) return refused(file.error());
  if (file->revoked) return refused(refuse("node_revoked", "This node was replaced; it may only deliver."));
  auto const offset = number_in(request, "offset");
  auto const most = number_in(request, "most");
  if (!offset || !most || *most == 0) return refused(bad_place());
  auto const row = find_blob(world_.store, world_.blobs, file->unit, {file->file.owner.assignment, file->file.address});
  if (!row) return refused(refuse("attachment_not_here", "The file has not come to the centre yet; ask again later."));
  auto const part = world_.blobs.read(*row, *offset, std::min(*most, blobs::kChunkMostBytes));
  if (!part) return refused(part.error());
  return net::bytes_response(200, std::string(kBlobPartType), *part);
}

}  // namespace fieldnode::central
