#include "tests/sim/sim_link.h"

#include <fmt/format.h>

#include <array>

#include "node/office/https_transport.h"
#include "tests/sim/planted.h"

namespace fieldnode::sim {
namespace {

/// A fault in one of so many exchanges.
constexpr std::uint64_t kOneIn = 5;
constexpr std::size_t kRememberedMost = 12;

constexpr std::array kLinkFaults{
    Fault::kRequestLost,        Fault::kReplyLost,      Fault::kRequestDoubled,   Fault::kOldRequestReplayed,
    Fault::kOldReplyReplayed,   Fault::kReplyOvertaken, Fault::kRequestCut,       Fault::kReplyCut,
    Fault::kRequestChanged,     Fault::kReplyChanged,   Fault::kHalfOpen,         Fault::kThinLink,
    Fault::kLongRoundTrip,      Fault::kCaptivePortal,  Fault::kLoginRedirect,    Fault::kRogueCa,
    Fault::kCertificateExpired, Fault::kServerError,    Fault::kTooManyRequests,  Fault::kTooLarge,
    Fault::kUnauthorized,       Fault::kCentreBusy,     Fault::kPausedInExchange, Fault::kSleptInExchange};

Refusal broken(std::string_view code) { return refuse(code, "the simulated line"); }

net::HttpResponse web_page(int status) {
  return net::text_response(status, "<html><body>Welcome to our guest network</body></html>")
      .with("Content-Type", "text/html");
}

bool is_exchange_type(net::HttpResponse const& answer) {
  auto const type = answer.headers.find("Content-Type");
  return type && *type == office::kExchangeType;
}

}  // namespace

Result<void> SimLink::exchange(BytesView request, std::chrono::seconds, engine::ReplySink const& take) {
  breaks_off_ = false;
  auto const reply = carry(request);
  if (!reply) return reply.error();
  bool const breaks_off = std::exchange(breaks_off_, false);
  // In two pieces: whoever takes it in must not rely on where they end.
  auto const middle = reply->size() / 2;
  auto const bytes = BytesView(*reply);
  if (auto const taken = take(bytes.first(middle)); !taken) return taken;
  if (auto const taken = take(bytes.subspan(middle)); !taken) return taken;
  if (breaks_off) return broken("connection_lost");
  return {};
}

Result<Bytes> SimLink::carry(BytesView request) {
  ++exchanges_;
  asked_pause_ = {};
  if (is_cut_) {
    pass(1'000, 10'000);
    return broken("unreachable");
  }
  pass(20, 400);
  auto const fault = world_.chance.below(kOneIn) == 0 ? world_.faults.draw(kLinkFaults, world_.chance) : std::nullopt;
  if (!fault) return deliver(request);
  world_.faults.note(*fault);
  world_.trace.say(world_.timeline.truth(), fmt::format("node {}: {}", node_.value, name_of(*fault)));
  return suffer(*fault, request);
}

Result<Bytes> SimLink::suffer(Fault fault, BytesView request) {
  switch (fault) {
    case Fault::kRequestLost:
      remember(old_requests_, request);
      return broken("connection_lost");
    case Fault::kReplyLost:
      deliver_in_vain(request);
      return broken("connection_lost");
    case Fault::kRequestDoubled:
      deliver_in_vain(request);
      return deliver(request);
    case Fault::kOldRequestReplayed:
      if (!old_requests_.empty()) deliver_in_vain(old_requests_[world_.chance.below(old_requests_.size())]);
      return deliver(request);
    case Fault::kOldReplyReplayed:
      deliver_in_vain(request);
      if (old_replies_.empty()) return broken("connection_lost");
      return old_replies_[world_.chance.below(old_replies_.size())];
    case Fault::kReplyOvertaken: {
      auto reply = deliver(request);
      if (auto const other = std::exchange(other_, nullptr)) other();
      return reply;
    }
    case Fault::kHalfOpen:
      if (world_.chance.below(2) == 0) deliver_in_vain(request);
      pass(10'000, 20'000);
      return broken("timeout");
    case Fault::kThinLink:
      pass(request.size() * 10, request.size() * 10 + 10'000);
      return deliver(request);
    case Fault::kPausedInExchange:
    case Fault::kSleptInExchange:
      return stop_meanwhile(fault, request);
    case Fault::kLongRoundTrip:
      pass(1'000, 2'000);
      return deliver(request);
    default:
      return suffer_at_door(fault, request);
  }
}

Result<Bytes> SimLink::stop_meanwhile(Fault fault, BytesView request) {
  auto const stop = std::exchange(stop_, nullptr);
  bool const before = world_.chance.below(2) == 0;
  if (stop && before) stop(fault);
  auto reply = deliver(request);
  if (stop && !before) stop(fault);
  return reply;
}

Result<Bytes> SimLink::suffer_at_door(Fault fault, BytesView request) {
  auto& chance = world_.chance;
  switch (fault) {
    case Fault::kRequestCut:
      // Cut between two tagged blocks it is a whole message of an older version, and is answered.
      return deliver(request.first(chance.below(request.size())));
    case Fault::kRequestChanged: {
      Bytes changed(request.begin(), request.end());
      changed[chance.below(changed.size())] ^= static_cast<std::uint8_t>(1U << chance.below(8));
      return deliver(changed);
    }
    case Fault::kReplyCut: {
      auto reply = deliver(request);
      if (reply) reply->resize(chance.below(reply->size()));
      breaks_off_ = chance.below(2) == 0;
      return reply;
    }
    case Fault::kReplyChanged: {
      auto reply = deliver(request);
      if (reply) (*reply)[chance.below(reply->size())] ^= static_cast<std::uint8_t>(1U << chance.below(8));
      return reply;
    }
    case Fault::kCaptivePortal:
      return accept(web_page(200));
    case Fault::kLoginRedirect:
      return accept(web_page(302));
    case Fault::kRogueCa:
      return broken("wrong_ca");
    case Fault::kCertificateExpired:
      return broken("certificate_dates");
    case Fault::kServerError:
      return accept(web_page(500 + static_cast<int>(chance.below(5))));
    case Fault::kTooManyRequests:
      return accept(net::busy_response(429, "Too many requests.", std::chrono::seconds(30)));
    case Fault::kTooLarge:
      return accept(web_page(413));
    case Fault::kUnauthorized:
      return accept(net::error_response(401, "no_certificate", "simulated"));
    case Fault::kCentreBusy:
      return accept(net::busy_response(503, "The centre is busy.", std::chrono::seconds(5)));
    default:
      return deliver(request);
  }
}

Result<Bytes> SimLink::deliver(BytesView request) {
  remember(old_requests_, request);
  bytes_ += request.size();
  if (!world_.centre.runs()) return broken("unreachable");
  auto answer = world_.centre.post(request, node_, [&] {
    if (world_.faults.strikes(Fault::kHeldByCentre, world_.chance, 8)) pass(1'000, 50'000);
  });
  pass(20, 400);
  auto reply = accept(std::move(answer));
  if (!reply) return reply;
  ++answers_;
  bytes_ += reply->size();
  remember(old_replies_, *reply);
  return reply;
}

Result<Bytes> SimLink::accept(net::HttpResponse answer) {
  if (auto const pause = answer.headers.find("Retry-After")) {
    asked_pause_ = std::chrono::seconds(std::stoi(std::string(*pause)));
  }
  auto const body = bytes_of(answer.body);
  if (answer.status == 200 && (is_exchange_type(answer) || planted("html_accepted"))) {
    return Bytes(body.begin(), body.end());
  }
  if (answer.status == 200) return broken("bad_content_type");
  net::CallFailure failure;
  failure.code = "http_error";
  failure.answer = net::HttpAnswer{answer.status, answer.headers, Bytes(body.begin(), body.end())};
  if (auto said = office::refusal_within(failure)) return *std::move(said);
  return broken("http_error");
}

void SimLink::remember(std::vector<Bytes>& kept, BytesView message) {
  if (kept.size() < kRememberedMost) {
    kept.emplace_back(message.begin(), message.end());
  } else {
    kept[world_.chance.below(kRememberedMost)].assign(message.begin(), message.end());
  }
}

void SimLink::pass(std::uint64_t least_ms, std::uint64_t most_ms) {
  world_.timeline.pass(Milliseconds(static_cast<std::int64_t>(least_ms + world_.chance.below(most_ms - least_ms + 1))));
}

}  // namespace fieldnode::sim
