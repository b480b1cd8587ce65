#include "node/net/connection.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <optional>
#include <utility>

#include "node/net/socket_facts.h"

namespace fieldnode::net {
namespace {

constexpr std::size_t kReadSize = 16 * 1024;
constexpr std::size_t kReadAheadMax = 64 * 1024;
constexpr std::size_t kFarewellMaxBytes = 1024 * 1024;

Instant instant() { return std::chrono::steady_clock::now(); }

}  // namespace

Connection::Connection(SocketStream stream)
    : stream_(std::move(stream)), incoming_(kReadSize), alarm_(stream_.executor()) {}

boost::asio::awaitable<void> Connection::wait() {
  boost::system::error_code woken;
  alarm_.expires_at(Instant::max());
  co_await alarm_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, woken));
}

void Connection::wake() { alarm_.cancel(); }

boost::asio::awaitable<bool> Connection::handshake() {
  std::optional<boost::system::error_code> result;
  stream_.handshake([self = shared_from_this(), &result](boost::system::error_code failure, std::size_t) {
    result = failure;
    self->wake();
  });
  while (!result) co_await wait();
  is_lost_ = is_lost_ || result->failed();
  co_return !is_lost_;
}

void Connection::look_ahead() {
  if (is_reading_ || is_lost_ || buffer_.size() >= kReadAheadMax) return;
  is_reading_ = true;
  stream_.read_some(boost::asio::buffer(incoming_),
                    [self = shared_from_this()](boost::system::error_code failure, std::size_t size) {
                      self->on_read(failure, size);
                    });
}

void Connection::on_read(boost::system::error_code failure, std::size_t size) {
  is_reading_ = false;
  is_lost_ = is_lost_ || failure.failed();
  buffer_.commit(boost::asio::buffer_copy(buffer_.prepare(size), boost::asio::buffer(incoming_, size)));
  bytes_read_ += size;
  wake();
}

boost::asio::awaitable<bool> Connection::fill() {
  auto const before = buffer_.size();
  look_ahead();
  while (is_reading_ && buffer_.size() == before) co_await wait();
  co_return buffer_.size() > before;
}

boost::asio::awaitable<bool> Connection::write(std::string_view bytes, Milliseconds stall_max) {
  write_watch_.demand(1, stall_max, moved_out(), instant());
  while (!bytes.empty() && !is_lost_) {
    std::optional<std::pair<boost::system::error_code, std::size_t>> result;
    stream_.write_some(boost::asio::buffer(bytes),
                       [self = shared_from_this(), &result](boost::system::error_code failure, std::size_t size) {
                         result.emplace(failure, size);
                         self->wake();
                       });
    while (!result) co_await wait();
    is_lost_ = is_lost_ || result->first.failed();
    bytes_written_ += result->second;
    bytes.remove_prefix(result->second);
  }
  write_watch_.rest();
  co_return !is_lost_;
}

boost::asio::awaitable<void> Connection::finish(Milliseconds farewell_max) {
  if (!is_lost_) {
    stream_.finish_writing();
    await_at_most(farewell_max);
    buffer_.consume(buffer_.size());
    // Unread bytes at close would make the kernel send RST, and the client may then never see our last answer.
    std::size_t thrown_away = 0;
    while (thrown_away < kFarewellMaxBytes && !is_lost_) {
      static_cast<void>(co_await fill());
      thrown_away += buffer_.size();
      buffer_.consume(buffer_.size());
    }
  }
  close();
}

void Connection::await_at_most(Milliseconds limit) { read_watch_.allow(limit, instant()); }

void Connection::await_progress(std::uint64_t bytes, Milliseconds window) {
  read_watch_.demand(bytes, window, moved_in(), instant());
}

void Connection::look(Instant now) {
  if (is_lost_) return;
  bool const is_reading_over = read_watch_.is_overdue(moved_in(), now);
  bool const is_writing_over = write_watch_.is_overdue(moved_out(), now);
  if (is_reading_over || is_writing_over) close();
}

void Connection::close() {
  is_lost_ = true;
  stream_.close();
  wake();
}

std::uint64_t Connection::moved_in() {
  auto const facts = socket_facts(stream_.descriptor());
  return facts ? facts->moved_in() : bytes_read_;
}

std::uint64_t Connection::moved_out() {
  auto const facts = socket_facts(stream_.descriptor());
  return facts ? facts->moved_out() : bytes_written_;
}

}  // namespace fieldnode::net
