#include "node/central/exchange_service.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "node/central/outage_log.h"
#include "node/web/answers.h"

namespace fieldnode::central {
namespace {

constexpr std::string_view kMediaType = "application/x-fieldnode-exchange";

int status_of(std::string_view code) {
  if (code == "no_certificate") return 401;
  if (code == "unknown_node" || code == "node_revoked" || code == "bad_signature") return 403;
  if (code == "malformed_message" || code == "newer_protocol" || code == "message_too_large" ||
      code == "malformed_entry" || code == "missing_salt_keys") {
    return 400;
  }
  if (code == "storage_failed" || code == "writer_busy" || code == "writer_stopped") return 503;
  return 409;
}

net::HttpResponse refused(Refusal const& refusal) { return web::refusal_answer(status_of(refusal.code), refusal); }

/// Counts one exchange at work for as long as it lives.
class Turn {
 public:
  explicit Turn(std::atomic<std::size_t>& running) : running_(running), place_(++running) {}
  Turn(Turn const&) = delete;
  Turn& operator=(Turn const&) = delete;
  ~Turn() { --running_; }
  [[nodiscard]] std::size_t place() const { return place_; }

 private:
  std::atomic<std::size_t>& running_;
  std::size_t place_;
};

}  // namespace

ExchangeService::ExchangeService(CentralStore& store, engine::ExchangeServer const& server, Clock const& clock,
                                 ClockGuard& guard, ExchangeLimits limits)
    : store_(store), server_(server), clock_(clock), guard_(guard), limits_(limits) {}

void ExchangeService::take(net::HttpRequest const& request, net::Responder responder) {
  auto const received_at = clock_.wall();
  Turn const turn(running_);
  if (turn.place() > limits_.running_max) {
    responder.answer(net::busy_response(503, "The centre is busy; the node comes again by itself.", limits_.hold_off));
    return;
  }
  auto const node = node_of(request);
  if (!node) {
    responder.answer(refused(node.error()));
    return;
  }
  auto message = read(request, *node);
  if (!message) {
    responder.answer(refused(message.error()));
    return;
  }
  // The newest request of a node speaks for it: an older parked one has nothing to wait for any more.
  release(unpark(node->id, std::nullopt));
  Call call{std::move(*message), received_at};
  auto done = run(call, call.request.wait_seconds > 0);
  if (!done) {
    responder.answer(refused(done.error()));
  } else if (*done) {
    responder.answer(std::move(**done));
  } else {
    park(std::move(call), responder);
  }
}

Result<NodeRecord> ExchangeService::node_of(net::HttpRequest const& request) {
  if (!request.peer.certificate) {
    return refuse("no_certificate", "The exchange needs the node's own TLS certificate; enrol the node first.");
  }
  auto node = store_.find_node(request.peer.certificate->fingerprint);
  if (!node) {
    return refuse("unknown_node", "No node was enrolled here with this certificate; enrol it with a new code.");
  }
  if (node->revoked_at) {
    return refuse("node_revoked", "This node was revoked or replaced; its acts are not taken in. Ask the centre.");
  }
  return std::move(*node);
}

Result<wire::ExchangeRequest> ExchangeService::read(net::HttpRequest const& request, NodeRecord const& node) const {
  auto message = wire::decode_request(request.body_bytes());
  if (!message) return message.error();
  if (message->unit != node.unit || message->node != node.id) {
    return refuse("unknown_node", "The request speaks for another node than the certificate that it came with.");
  }
  message->wait_seconds = std::min(message->wait_seconds, limits_.wait_max_seconds);
  message->byte_budget = std::min(message->byte_budget, limits_.reply_budget_bytes);
  return message;
}

Result<std::optional<net::HttpResponse>> ExchangeService::run(Call const& call, bool may_park) {
  auto const& request = call.request;
  wire::ExchangeReply reply;
  bool parks = false;
  auto const done = store_.with_unit(request.unit, [&](UnitWork& work) -> Result<void> {
    auto const now = clock_.wall();
    auto const taken = server_.receive(work, request, now);
    if (!taken) return taken.error();
    bool const is_sure = guard_.signable_after(work.unit().last_sent_at).has_value();
    // A centre that doubts its clock says of no moment that somebody was silent.
    bool const told = is_sure && log_outages(work, now);
    parks = may_park && taken->nothing_new && !told;
    if (parks) return {};
    work.note_exchange(request.status, now);
    reply = server_.answer(work, request, is_sure ? std::optional(call.received_at) : std::nullopt,
                           is_sure ? std::optional(now) : std::nullopt);
    return {};
  });
  if (!done) return done.error();
  if (parks) return std::optional<net::HttpResponse>{};
  reply.next_seconds = limits_.next_seconds;
  server_.sign(reply);
  auto const bytes = wire::encode_reply(reply, limits_.compression_level);
  return std::optional(net::bytes_response(200, std::string(kMediaType), bytes));
}

net::HttpResponse ExchangeService::answer(Call const& call) {
  try {
    auto done = run(call, false);
    return done ? std::move(**done) : refused(done.error());
  } catch (BrokenWorld const&) {
    // Whoever made the feed grow must not pay for a poll that cannot be answered; the node asks again.
    return net::busy_response(503, "The centre could not answer; the node comes again by itself.", limits_.hold_off);
  }
}

void ExchangeService::park(Call call, net::Responder const& responder) {
  auto const node = call.request.node;
  auto const unit = call.request.unit;
  auto const held = call.request.feed;
  auto const wait = std::chrono::seconds(call.request.wait_seconds);
  std::uint64_t ticket = 0;
  {
    std::lock_guard const lock(mutex_);
    ticket = ++last_ticket_;
    parked_.insert_or_assign(node, Parked{ticket, call, responder});
  }
  responder.park(wait, [this, node, ticket, call] {
    (void)unpark(node, ticket);
    return answer(call);
  });
  responder.on_gone([this, node, ticket] { (void)unpark(node, ticket); });
  // The feed may have grown between the look at it and the parking.
  if (store_.feed_head(unit) != held) release(unpark(node, ticket));
}

std::optional<ExchangeService::Parked> ExchangeService::unpark(NodeId node, std::optional<std::uint64_t> ticket) {
  std::lock_guard const lock(mutex_);
  auto const found = parked_.find(node);
  if (found == parked_.end() || (ticket && found->second.ticket != *ticket)) return std::nullopt;
  auto parked = std::move(found->second);
  parked_.erase(found);
  return parked;
}

void ExchangeService::release(std::optional<Parked> parked) {
  if (parked && !parked->responder.is_gone()) parked->responder.answer(answer(parked->call));
}

void ExchangeService::feed_grew(UnitId unit) {
  std::vector<NodeId> waiting;
  {
    std::lock_guard const lock(mutex_);
    for (auto const& [node, parked] : parked_) {
      if (parked.call.request.unit == unit) waiting.push_back(node);
    }
  }
  for (auto const node : waiting) release(unpark(node, std::nullopt));
}

void ExchangeService::wake_all() {
  std::vector<NodeId> waiting;
  {
    std::lock_guard const lock(mutex_);
    for (auto const& [node, parked] : parked_) waiting.push_back(node);
  }
  for (auto const node : waiting) release(unpark(node, std::nullopt));
}

std::size_t ExchangeService::parked() {
  std::lock_guard const lock(mutex_);
  return parked_.size();
}

}  // namespace fieldnode::central
