#include "tests/unit/office/centre_double.h"

#include <gtest/gtest.h>

#include "node/office/https_transport.h"
#include "sync/wire/signing.h"

namespace fieldnode::office {
namespace {

net::HttpServerOptions on_loopback(net::Identity const& server, std::string const& ca_pem) {
  net::HttpServerOptions options;
  net::Endpoint endpoint;
  endpoint.tls.emplace();
  endpoint.tls->certificate_chain_pem = server.certificate_pem + ca_pem;
  endpoint.tls->private_key_pem = server.private_key_pem;
  endpoint.tls->client_ca_pem = ca_pem;
  options.endpoints.push_back(std::move(endpoint));
  options.hosts = {"127.0.0.1"};
  options.stop_max = Milliseconds(500);
  return options;
}

}  // namespace

CentreDouble::CentreDouble(net::Identity const& server, std::string const& ca_pem, crypto::KeyPair const& city,
                           wire::ListName const& journal)
    : city_(city), journal_hash_(wire::chain_start(journal)) {
  net::Router router;
  router.add_late(
      net::Method::kPost, "/sync/v1/exchange",
      [this](net::HttpRequest const& request, net::Responder const& responder) { exchange(request, responder); },
      {.body_max_bytes = 1024 * 1024, .caller = net::Caller::kProgram, .body_type = std::string(kExchangeType)});
  auto started = net::HttpServer::start(on_loopback(server, ca_pem), std::move(router));
  EXPECT_TRUE(started) << started.error().sentence;
  server_ = *std::move(started);
}

std::string CentreDouble::address() const { return "https://127.0.0.1:" + std::to_string(server_->ports().front()); }

void CentreDouble::refuse_all(int status, std::string code) {
  std::lock_guard const lock(mutex_);
  refused_status_ = status;
  refused_code_ = std::move(code);
}

void CentreDouble::refuse_acts(std::string code) {
  std::lock_guard const lock(mutex_);
  refused_acts_ = std::move(code);
}

void CentreDouble::dispatch(AssignmentId assignment, UtcTime at) {
  std::lock_guard const lock(mutex_);
  feed_.dispatch(assignment, at);
}

void CentreDouble::dispatch_confidential(AssignmentId assignment, UtcTime at) {
  std::lock_guard const lock(mutex_);
  feed_.dispatch_confidential(assignment, at);
}

bool CentreDouble::comes_to(std::function<bool(Counters const&)> const& holds) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, std::chrono::seconds(10), [&] { return holds(counters_); });
}

void CentreDouble::exchange(net::HttpRequest const& http, net::Responder const& responder) {
  auto const request = wire::decode_request(http.body_bytes()).value();
  std::unique_lock lock(mutex_);
  changed_.notify_all();
  if (!refused_code_.empty()) {
    responder.answer(refusal(refused_status_, refused_code_));
    return;
  }
  if (!refused_acts_.empty() && !request.acts.empty()) {
    responder.answer(refusal(409, refused_acts_));
    return;
  }
  ++counters_.exchanges;
  bool const has_news = request.feed.seq < feed_.head().seq;
  if (request.wait_seconds > 0 && !has_news) {
    ++counters_.parked;
    auto const leave = [this] {
      std::lock_guard const again(mutex_);
      --counters_.parked;
      changed_.notify_all();
    };
    lock.unlock();
    responder.park(std::chrono::seconds(request.wait_seconds), [this, request, leave] {
      leave();
      std::lock_guard const again(mutex_);
      return reply_to(request);
    });
    responder.on_gone(leave);
    return;
  }
  responder.answer(reply_to(request));
}

net::HttpResponse CentreDouble::refusal(int status, std::string const& code) {
  ++counters_.refused;
  return net::error_response(status, code, "Refused by the test.");
}

net::HttpResponse CentreDouble::reply_to(wire::ExchangeRequest const& request) {
  if (request.head) {
    counters_.journal_seq = request.head->seq;
    journal_hash_ = request.head->hash;
  }
  auto const head = feed_.head();
  wire::ExchangeReply reply;
  reply.receipt = {.key_id = 3, .nonce = request.nonce, .unit = request.unit, .node = request.node};
  reply.receipt.journal_epoch = request.journal_epoch;
  reply.receipt.journal_seq = counters_.journal_seq;
  reply.receipt.journal_hash = journal_hash_;
  reply.receipt.feed_epoch = head.list.epoch;
  reply.receipt.feed_head_seq = reply.receipt.answer_seq = head.seq;
  reply.receipt.feed_head_hash = reply.receipt.answer_hash = head.hash;
  reply.have = counters_.journal_seq;
  reply.first_entry = request.feed.seq + 1;
  for (auto& arrival : feed_.arrivals(request.feed.seq, head.seq)) reply.feed.push_back({false, arrival.entry});
  wire::sign_receipt(reply.receipt, *suite_, city_.secret_key);
  changed_.notify_all();
  return net::bytes_response(200, std::string(kExchangeType), wire::encode_reply(reply, 1));
}

}  // namespace fieldnode::office
