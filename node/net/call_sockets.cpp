#include "node/net/call_sockets.h"

#include <sys/socket.h>
#include <unistd.h>

namespace fieldnode::net {
namespace {

void add_counters(SocketFacts& sum, SocketFacts const& one) {
  sum.acknowledged += one.acknowledged;
  sum.received += one.received;
  sum.delivered_packets += one.delivered_packets;
  sum.received_packets += one.received_packets;
}

}  // namespace

void CallSockets::install(CURL* handle) {
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, &CallSockets::open);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, this);
  curl_easy_setopt(handle, CURLOPT_CLOSESOCKETFUNCTION, &CallSockets::close);
  curl_easy_setopt(handle, CURLOPT_CLOSESOCKETDATA, this);
}

SocketFacts CallSockets::facts() const {
  std::lock_guard const lock(mutex_);
  auto sum = closed_;
  for (auto const socket : open_) {
    auto const one = socket_facts(socket);
    if (!one) {  // a unix socket: there from the start, and it counts nothing
      sum.is_connected = true;
      continue;
    }
    sum.is_connected = sum.is_connected || one->is_connected;
    sum.has_unacknowledged = sum.has_unacknowledged || one->has_unacknowledged;
    add_counters(sum, *one);
  }
  return sum;
}

Traffic CallSockets::traffic() const {
  auto const sum = facts();
  std::lock_guard const lock(mutex_);
  return {sum.acknowledged, sum.received, opened_};
}

curl_socket_t CallSockets::open(void* self, curlsocktype, curl_sockaddr* place) {
  auto* const sockets = static_cast<CallSockets*>(self);
  auto const socket = ::socket(place->family, place->socktype | SOCK_CLOEXEC, place->protocol);
  if (socket < 0) return CURL_SOCKET_BAD;
  bool const is_thin = sockets->is_thin_;
  set_dead_peer_detection(socket, sockets->dead_after_ * (is_thin ? 2 : 1));
  if (is_thin) set_small_segments(socket);
  std::lock_guard const lock(sockets->mutex_);
  sockets->open_.push_back(socket);
  ++sockets->opened_;
  return socket;
}

int CallSockets::close(void* self, curl_socket_t socket) {
  auto* const sockets = static_cast<CallSockets*>(self);
  auto const last = socket_facts(socket);
  std::lock_guard const lock(sockets->mutex_);
  std::erase(sockets->open_, socket);
  if (last) add_counters(sockets->closed_, *last);
  return ::close(socket);
}

}  // namespace fieldnode::net
