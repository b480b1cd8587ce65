#include "tests/sim/sim_network.h"

namespace fieldnode::sim {
namespace {

Refusal line_broke() { return refuse("unreachable", "the simulated line broke"); }

}  // namespace

Result<void> SimNetwork::exchange(BytesView request, std::chrono::seconds, engine::ReplySink const& take) {
  auto const reply = carry(request);
  if (!reply) return reply.error();
  return take(*reply);
}

Result<Bytes> SimNetwork::carry(BytesView request) {
  ++exchanges_;
  clock_.advance(Milliseconds(20 + static_cast<std::int64_t>(random_.below(400))));
  if (!faults_on_ || random_.below(2) == 0) return deliver(request);
  ++faults_;
  return suffer(static_cast<Fault>(random_.below(static_cast<std::uint64_t>(Fault::kCount))), request);
}

Result<Bytes> SimNetwork::suffer(Fault fault, BytesView request) {
  switch (fault) {
    case Fault::kRequestLost:
      old_requests_.emplace_back(request.begin(), request.end());
      return line_broke();
    case Fault::kReplyLost:
      (void)deliver(request);
      return line_broke();
    case Fault::kRequestDoubled:
      (void)deliver(request);
      return deliver(request);
    case Fault::kOldRequestFirst:
      if (!old_requests_.empty()) (void)centre_.handle(old_requests_[random_.below(old_requests_.size())]);
      return deliver(request);
    case Fault::kOldReply:
      (void)deliver(request);
      return old_replies_[random_.below(old_replies_.size())];
    case Fault::kReplyCut: {
      auto reply = deliver(request);
      if (reply) reply->resize(random_.below(reply->size()));
      return reply;
    }
    case Fault::kReplyChanged: {
      auto reply = deliver(request);
      if (reply) (*reply)[random_.below(reply->size())] ^= static_cast<std::uint8_t>(1U << random_.below(8));
      return reply;
    }
    case Fault::kCount:
      break;
  }
  return line_broke();
}

Result<Bytes> SimNetwork::deliver(BytesView request) {
  old_requests_.emplace_back(request.begin(), request.end());
  bytes_ += request.size();
  auto reply = centre_.handle(request);
  clock_.advance(Milliseconds(20 + static_cast<std::int64_t>(random_.below(400))));
  if (!reply) return reply;
  bytes_ += reply->size();
  old_replies_.push_back(*reply);
  return reply;
}

}  // namespace fieldnode::sim
