#include "node/net/http_server.h"

#include <algorithm>
#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <unordered_map>

#include "node/net/listener.h"
#include "node/net/session.h"
#include "node/net/socket_facts.h"
#include "sync/base/check.h"

namespace fieldnode::net {
namespace {

namespace asio = boost::asio;

/// A session that is cut ends by itself; this only bounds a defect.
constexpr Milliseconds kCutMax{1'000};

/// How often sessions are looked at while the server waits for them to end.
constexpr Milliseconds kStopTick{20};

/// Often enough that no limit is overrun by more than about a quarter.
Milliseconds tick_of(HttpLimits const& limits) {
  auto const shortest = std::min({limits.handshake_max, limits.header_max, limits.idle_max, limits.body_progress_window,
                                  limits.write_stall_max, limits.heartbeat});
  return std::clamp(shortest / 4, Milliseconds(10), Milliseconds(500));
}

}  // namespace

/// Owns threads, listeners and sessions.
class HttpServer::Core {
 public:
  Core(HttpServerOptions options, Router router);
  ~Core() { stop(); }
  Core(Core const&) = delete;
  Core& operator=(Core const&) = delete;

  [[nodiscard]] Result<> listen();
  void run();
  void stop();

  [[nodiscard]] std::vector<std::uint16_t> const& ports() const { return ports_; }
  [[nodiscard]] std::size_t connection_count() const { return ledger_.total(); }

 private:
  void accept(SocketStream stream, Peer peer);
  void forget(std::uint64_t connection, std::exception_ptr const& failure);
  asio::awaitable<void> tick();
  [[nodiscard]] std::vector<std::shared_ptr<Session>> sessions();
  /// Posts `what` to every session's strand.
  template <class What>
  void tell_sessions(What what);
  void run_guarded(std::function<void()> const& work) const;
  void report(std::string_view fault) const;
  void wait_for_sessions(Milliseconds max);
  void join_threads();

  HttpServerOptions const options_;
  Router const router_;
  ConnectionLedger ledger_;
  std::atomic<bool> is_stopping_{false};
  std::vector<std::uint16_t> ports_;
  asio::thread_pool workers_;
  SessionWorld const world_;  // before io_, whose last coroutines look at it while they are destroyed
  asio::io_context io_;
  std::vector<std::unique_ptr<Listener>> listeners_;
  std::vector<std::thread> threads_;
  std::mutex mutex_;
  std::condition_variable empty_;
  std::unordered_map<std::uint64_t, std::shared_ptr<Session>> sessions_;
  std::uint64_t last_connection_ = 0;
  bool is_stopped_ = false;
};

HttpServer::Core::Core(HttpServerOptions options, Router router)
    : options_(std::move(options)),
      router_(std::move(router)),
      ledger_(options_.limits.connections_max),
      workers_(options_.worker_threads),
      world_{options_, router_, ledger_, is_stopping_, [this](std::function<void()> work) {
               asio::post(workers_, [this, work = std::move(work)] { run_guarded(work); });
             }} {
  check(options_.io_threads > 0 && options_.worker_threads > 0, "a server needs threads");
}

Result<> HttpServer::Core::listen() {
  for (auto const& endpoint : options_.endpoints) {
    auto listener = Listener::open(io_, endpoint);
    if (!listener) return listener.error();
    ports_.push_back((*listener)->port());
    listeners_.push_back(std::move(*listener));
  }
  return {};
}

void HttpServer::Core::run() {
  auto const fence = [this](std::exception_ptr const& failure) { forget(0, failure); };
  for (auto const& listener : listeners_) {
    auto accepted = [this](SocketStream stream, Peer peer) { accept(std::move(stream), std::move(peer)); };
    asio::co_spawn(listener->executor(), listener->run(std::move(accepted)), fence);
  }
  asio::co_spawn(io_, tick(), fence);
  for (unsigned i = 0; i < options_.io_threads; ++i) {
    threads_.emplace_back([this] { io_.run(); });
  }
}

void HttpServer::Core::accept(SocketStream stream, Peer peer) {
  if (is_stopping_ || !ledger_.enter(peer.address, options_.limits.connections_per_address_max)) {
    stream.close();
    return;
  }
  set_dead_peer_detection(stream.descriptor(), options_.limits.write_stall_max);
  std::shared_ptr<Session> session;
  std::uint64_t connection = 0;
  {
    std::lock_guard const lock(mutex_);
    connection = peer.connection = ++last_connection_;
    session = std::make_shared<Session>(world_, std::move(stream), std::move(peer));
    sessions_.emplace(connection, session);
  }
  auto const strand = session->executor();
  asio::co_spawn(strand, Session::run(std::move(session)),
                 [this, connection](std::exception_ptr const& failure) { forget(connection, failure); });
}

void HttpServer::Core::forget(std::uint64_t connection, std::exception_ptr const& failure) {
  try {
    if (failure) std::rethrow_exception(failure);
  } catch (std::exception const& fault) {
    report(fault.what());
  }
  std::shared_ptr<Session> last;
  std::lock_guard const lock(mutex_);
  if (auto const found = sessions_.find(connection); found != sessions_.end()) {
    last = std::move(found->second);
    sessions_.erase(found);
  }
  if (sessions_.empty()) empty_.notify_all();
}

asio::awaitable<void> HttpServer::Core::tick() {
  asio::steady_timer timer(io_);
  while (!io_.stopped()) {
    timer.expires_after(tick_of(options_.limits));
    co_await timer.async_wait(asio::use_awaitable);
    tell_sessions([](Session& session) { session.look(std::chrono::steady_clock::now()); });
  }
}

std::vector<std::shared_ptr<Session>> HttpServer::Core::sessions() {
  std::lock_guard const lock(mutex_);
  std::vector<std::shared_ptr<Session>> all;
  all.reserve(sessions_.size());
  for (auto const& [connection, session] : sessions_) all.push_back(session);
  return all;
}

template <class What>
void HttpServer::Core::tell_sessions(What what) {
  for (auto const& session : sessions()) {
    asio::post(session->executor(), [session, what] { what(*session); });
  }
}

void HttpServer::Core::run_guarded(std::function<void()> const& work) const try {
  work();
} catch (std::exception const& fault) {
  report(fault.what());
}

void HttpServer::Core::report(std::string_view fault) const {
  if (options_.on_fault) options_.on_fault(fault);
}

void HttpServer::Core::stop() {
  if (std::exchange(is_stopped_, true)) return;
  is_stopping_ = true;
  for (auto const& listener : listeners_) {
    asio::post(listener->executor(), [&listener] { listener->close(); });
  }
  tell_sessions([](Session& session) { session.wind_down(); });
  wait_for_sessions(options_.stop_max);
  tell_sessions([](Session& session) { session.cut(); });
  wait_for_sessions(kCutMax);
  join_threads();
}

void HttpServer::Core::wait_for_sessions(Milliseconds max) {
  if (threads_.empty()) return;
  for (auto rest = max; rest > Milliseconds(0); rest -= kStopTick) {
    {
      std::unique_lock lock(mutex_);
      if (empty_.wait_for(lock, std::min(rest, kStopTick), [this] { return sessions_.empty(); })) return;
    }
    tell_sessions([](Session& session) { session.look(std::chrono::steady_clock::now()); });
  }
}

void HttpServer::Core::join_threads() {
  // Workers first: they may still answer into sessions, which live until the I/O threads have ended.
  workers_.join();
  io_.stop();
  for (auto& thread : threads_) thread.join();
  for (auto const& session : sessions()) session->lose_handler();
  std::unordered_map<std::uint64_t, std::shared_ptr<Session>> last;
  std::lock_guard const lock(mutex_);
  last.swap(sessions_);
}

Result<std::unique_ptr<HttpServer>> HttpServer::start(HttpServerOptions options, Router router) {
  auto core = std::make_unique<Core>(std::move(options), std::move(router));
  if (auto listening = core->listen(); !listening) return listening.error();
  core->run();
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(core)));
}

HttpServer::HttpServer(std::unique_ptr<Core> core) : core_(std::move(core)) {}
HttpServer::~HttpServer() = default;
std::vector<std::uint16_t> const& HttpServer::ports() const { return core_->ports(); }
std::size_t HttpServer::connection_count() const { return core_->connection_count(); }
void HttpServer::stop() { core_->stop(); }

}  // namespace fieldnode::net
