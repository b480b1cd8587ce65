#include "node/central/exchange_service.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "node/central/outage_log.h"
#include "node/web/answers.h"
#include "sync/engine/long_answer.h"
#include "sync/wire/exchange_stream.h"
#include "sync/wire/fingerprint.h"

namespace fieldnode::central {
namespace {

constexpr std::string_view kMediaType = "application/x-fieldnode-exchange";

int status_of(std::string_view code) {
  if (code == "no_certificate") return 401;
  if (code == "unknown_node" || code == "node_revoked" || code == "bad_signature" || code == "not_confirmed" ||
      code == "node_refused" || code == "certificate_expired") {
    return 403;
  }
  if (code == "malformed_message" || code == "newer_protocol" || code == "message_too_large" ||
      code == "malformed_entry" || code == "missing_salt_keys") {
    return 400;
  }
  if (code == "storage_failed" || code == "writer_busy" || code == "writer_stopped") return 503;
  return 409;
}

/// Somebody is on the telephone with the office: it asks again soon, and need not be told.
constexpr char const* kConfirmationPauseSeconds = "5";

net::HttpResponse refused(Refusal const& refusal) {
  auto answer = web::refusal_answer(status_of(refusal.code), refusal);
  if (refusal.code == "not_confirmed") return std::move(answer).with("Retry-After", kConfirmationPauseSeconds);
  return answer;
}

/// What stands against serving the node at all.
Result<void> require_service(NodeRecord const& node) {
  switch (node.standing()) {
    case NodeStanding::kServing:
      return {};
    case NodeStanding::kWaiting:
      return refuse("not_confirmed",
                    fmt::format("The centre has this node's request; somebody there must confirm it: read the "
                                "fingerprint {} out to them. Until then nothing is sent to it.",
                                wire::node_fingerprint(node.public_key)));
    case NodeStanding::kRefused:
      return refuse("node_refused",
                    "The centre's operator refused this node. Ask them, and enrol an empty directory "
                    "with a new code.");
    case NodeStanding::kRevoked:
      break;
  }
  return refuse(
      "node_revoked",
      "This node was revoked or replaced: it gets nothing more, and what it did is only set aside. Ask the centre.");
}

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

ExchangeService::ExchangeService(CentralStore& store, engine::ExchangeServer const& server,
                                 IdentityDesk const& identities, Clock const& clock, ClockGuard& guard,
                                 ExchangeLimits limits)
    : store_(store), server_(server), identities_(identities), clock_(clock), guard_(guard), limits_(limits) {}

/// One request on its way in. What refuses it is said at the end; until then nothing more of it is read.
class ExchangeService::Intake final : public net::BodyTaker {
 public:
  Intake(ExchangeService& service, net::Peer peer) : service_(service), peer_(std::move(peer)) {}

  void take(BytesView piece) override {
    Turn const turn(service_.running_);
    if (!goes_on(turn)) return;
    auto const runs = reader_.take(piece);
    if (!runs) {
      refusal_ = refused(runs.error());
      return;
    }
    for (auto const& run : *runs) {
      auto const kept = keep(run);
      if (kept) continue;
      refusal_ = refused(kept.error());
      return;
    }
  }

  void finish(net::Responder responder) override {
    Turn const turn(service_.running_);
    if (goes_on(turn)) {
      if (auto const whole = read_to_end(); !whole) refusal_ = refused(whole.error());
    }
    if (refusal_) {
      responder.answer(*std::move(refusal_));
    } else {
      service_.answer_or_park({*std::move(request_), *began_at_}, responder);
    }
  }

 private:
  /// Who is there, before a byte of what he says is read.
  bool goes_on(Turn const& turn) {
    if (refusal_) return false;
    // A receipt says when the request came: of a long one, when it began to.
    if (!began_at_) began_at_ = service_.clock_.wall();
    // Once a part was admitted the rest is let in too: sent away, it would be sent again.
    if (!request_ && turn.place() > service_.limits_.running_max) {
      refusal_ =
          net::busy_response(503, "The centre is busy; the node comes again by itself.", service_.limits_.hold_off);
    } else if (!node_) {
      auto node = service_.node_of(peer_);
      if (node) {
        node_ = *std::move(node);
      } else {
        refusal_ = refused(node.error());
      }
    }
    return !refusal_;
  }

  /// A part of a longer request: its acts do not wait for those that follow.
  Result<void> keep(wire::ExchangeRequest const& part) {
    if (!request_) {
      if (auto const good = service_.check_dates(peer_, part); !good) return good.error();
      request_ = part;
      request_->acts.clear();
      request_->head.reset();
    }
    if (auto const own = speaks_for_itself(part); !own) return own.error();
    return service_.admit(part);
  }

  Result<void> read_to_end() {
    auto whole = reader_.finish();
    if (!whole) return whole.error();
    if (!request_) {
      request_ = std::move(whole->front());
      if (auto const good = service_.check_dates(peer_, *request_); !good) return good.error();
    }
    if (auto const own = speaks_for_itself(*request_); !own) return own.error();
    request_->wait_seconds = std::min(request_->wait_seconds, service_.limits_.wait_max_seconds);
    return {};
  }

  Result<void> speaks_for_itself(wire::ExchangeRequest const& part) const {
    if (part.unit == node_->unit && part.node == node_->id) return {};
    return refuse("unknown_node", "The request speaks for another node than the certificate that it came with.");
  }

  ExchangeService& service_;
  net::Peer peer_;
  wire::RequestReader reader_;
  std::optional<NodeRecord> node_;
  std::optional<UtcTime> began_at_;
  std::optional<wire::ExchangeRequest> request_;  ///< what is to be answered
  std::optional<net::HttpResponse> refusal_;
};

std::unique_ptr<net::BodyTaker> ExchangeService::begin(net::HttpRequest const& request) {
  return std::make_unique<Intake>(*this, request.peer);
}

void ExchangeService::answer_or_park(Call call, net::Responder const& responder) {
  bool const polls = call.request.wait_seconds > 0;
  // The newest poll of a node stands for the older one; acts on the other connection leave it parked.
  if (polls) release(unpark(call.request.node, std::nullopt));
  auto done = run(call, polls);
  if (!done) {
    tell_operators(call.request, done.error());
    responder.answer(refused(done.error()));
  } else if (*done) {
    responder.answer(std::move(**done));
  } else {
    park(std::move(call), responder);
  }
}

/// What only an operator can set right: two programs with one key, a report that cannot be taken in. The refusal has
/// undone its own transaction.
void ExchangeService::tell_operators(wire::ExchangeRequest const& request, Refusal const& why) {
  constexpr std::array<std::string_view, 4> kTold{"journal_fork", "journal_superseded", "report_conflicts",
                                                  "report_unproven"};
  if (std::ranges::find(kTold, why.code) == kTold.end()) return;
  // In safe mode nothing is noted; the node is refused all the same.
  (void)store_.with_unit(request.unit, [&](UnitWork& work) -> Result<void> {
    work.raise({why.code, request.journal_epoch.value, request.first_act,
                request.first_act + std::max<std::size_t>(request.acts.size(), 1) - 1, clock_.wall()});
    return {};
  });
}

Result<NodeRecord> ExchangeService::node_of(net::Peer const& peer) {
  if (!peer.certificate) {
    return refuse("no_certificate", "The exchange needs the node's own TLS certificate; enrol the node first.");
  }
  auto node = store_.find_node(peer.certificate->fingerprint);
  if (!node) {
    return refuse("unknown_node", "No node was enrolled here with this certificate; enrol it with a new code.");
  }
  if (auto const serves = require_service(*node); !serves) return serves.error();
  return std::move(*node);
}

Result<void> ExchangeService::check_dates(net::Peer const& peer, wire::ExchangeRequest const& message) {
  bool const renews = message.identity && message.identity->renewal;
  bool const is_over = peer.certificate->not_after < clock_.wall();
  if (!is_over || renews || !guard_.signable()) return {};
  return refuse("certificate_expired",
                "This node's certificate has ended; it renews it by itself with its next exchange.");
}

Result<void> ExchangeService::admit(wire::ExchangeRequest const& run) {
  auto const done = store_.with_unit(run.unit, [&](UnitWork& work) -> Result<void> {
    auto const now = clock_.wall();
    auto const node = work.find_node(run.node);
    if (auto const serves = node ? require_service(*node) : Result<void>{}; !serves) return serves.error();
    auto const taken = server_.receive(work, run, now);
    if (!taken) return taken.error();
    if (guard_.signable_after(work.unit().last_sent_at)) work.mark_held(now);
    return {};
  });
  if (!done) tell_operators(run, done.error());
  return done;
}

Result<std::optional<net::HttpResponse>> ExchangeService::run(Call const& call, bool may_park) {
  auto const& request = call.request;
  auto const plan = engine::plan_answer(request, limits_.reply_budget_bytes);
  std::vector<wire::ExchangeReply> parts;
  std::optional<wire::IdentityNews> identity;
  bool parks = false;
  auto const done = store_.with_unit(request.unit, [&](UnitWork& work) -> Result<void> {
    auto const now = clock_.wall();
    // A parked poll was let in a while ago.
    auto const node = work.find_node(request.node);
    if (auto const serves = node ? require_service(*node) : Result<void>{}; !serves) return serves.error();
    auto const taken = server_.receive(work, request, now);
    if (!taken) return taken.error();
    bool const is_sure = guard_.signable_after(work.unit().last_sent_at).has_value();
    // A centre that doubts its clock says of no moment that somebody was silent.
    bool const told = is_sure && log_outages(work, now);
    if (request.identity && node) {
      auto news = identities_.answer(work, *node, *request.identity, now);
      if (!news) return news.error();
      identity = *std::move(news);
    }
    parks = may_park && taken->nothing_new && !told && !identity;
    if (parks) return {};
    work.note_exchange(request.status, now);
    parts = engine::long_answer(server_, work, request, plan, is_sure ? std::optional(call.received_at) : std::nullopt,
                                is_sure ? std::optional(now) : std::nullopt);
    return {};
  });
  if (!done) return done.error();
  if (parks) return std::optional<net::HttpResponse>{};
  parts.front().identity = std::move(identity);
  for (auto& part : parts) {
    part.next_seconds = limits_.next_seconds;
    server_.sign(part);
  }
  auto const bytes =
      wire::encode_replies(parts, limits_.compression_level > 0 ? limits_.compression_level : plan.compression_level);
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
