#include "node/central/aside_service.h"

#include "node/web/answers.h"

namespace fieldnode::central {
namespace {

constexpr std::string_view kMediaType = "application/x-fieldnode-exchange";
constexpr int kCompressionLevel = 9;

int status_of(std::string_view code) {
  if (code == "no_certificate") return 401;
  if (code == "unknown_node" || code == "not_confirmed" || code == "node_refused" || code == "bad_signature")
    return 403;
  if (code == "malformed_message" || code == "newer_protocol" || code == "message_too_large" ||
      code == "malformed_entry" || code == "missing_salt_keys") {
    return 400;
  }
  if (code == "aside_full") return 413;
  if (code == "storage_failed" || code == "writer_busy" || code == "writer_stopped") return 503;
  return 409;
}

net::HttpResponse refused(Refusal const& why) { return web::refusal_answer(status_of(why.code), why); }

Result<void> require_revoked(NodeRecord const& node) {
  switch (node.standing()) {
    case NodeStanding::kRevoked:
      return {};
    case NodeStanding::kServing:
      return refuse("node_serves", "This node is in service: it delivers by its exchange, and nothing is set aside.");
    case NodeStanding::kWaiting:
      return refuse("not_confirmed", "Somebody at the centre must confirm this node first; it has nothing to deliver.");
    case NodeStanding::kRefused:
      break;
  }
  return refuse("node_refused", "The centre's operator refused this node; nothing of it is kept.");
}

}  // namespace

void AsideService::add_routes(net::Router& router) {
  router.post("/sync/v1/handover", [this](net::HttpRequest const& request) { return take(request); },
              {.body_max_bytes = wire::kMessageMaxBytes,
               .caller = net::Caller::kProgram,
               .body_type = std::string(kMediaType)});
}

net::HttpResponse AsideService::take(net::HttpRequest const& request) {
  auto const node = caller_of(request);
  if (!node) return refused(node.error());
  auto const message = wire::decode_request(request.body_bytes());
  if (!message) return refused(message.error());
  auto reply = keep(*node, *message);
  if (!reply) return refused(reply.error());
  server_.sign(*reply);
  return net::bytes_response(200, std::string(kMediaType), wire::encode_reply(*reply, kCompressionLevel));
}

Result<NodeRecord> AsideService::caller_of(net::HttpRequest const& request) {
  if (!request.peer.certificate) {
    return refuse("no_certificate", "A node shows its own TLS certificate here; enrol the node first.");
  }
  auto node = world_.store.find_node(request.peer.certificate->fingerprint);
  if (!node) return refuse("unknown_node", "No node was enrolled here with this certificate.");
  if (auto const revoked = require_revoked(*node); !revoked) return revoked.error();
  return *std::move(node);
}

Result<wire::ExchangeReply> AsideService::keep(NodeRecord const& node, wire::ExchangeRequest const& message) {
  engine::RevokedNode const from{node.unit, node.id, node.public_key};
  wire::ExchangeReply reply;
  auto const kept = world_.store.with_unit(node.unit, [&](UnitWork& work) -> Result<void> {
    auto const now = world_.clock.wall();
    bool const is_sure = world_.guard.signable_after(work.unit().last_sent_at).has_value();
    auto const received_at = is_sure ? std::optional(now) : std::nullopt;
    auto const fresh = server_.receive(work.aside(), from, message, received_at);
    if (!fresh) return fresh.error();
    reply = server_.answer(work.aside(), from, message, received_at);
    if (*fresh == 0) return {};
    auto const last = reply.receipt.journal_seq;
    work.raise({"acts_aside", node.id.value, last - work.aside().use(node.id).acts + 1, last, now});
    return {};
  });
  if (!kept) return kept.error();
  return reply;
}

}  // namespace fieldnode::central
