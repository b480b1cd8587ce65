#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "node/net/progress_watch.h"
#include "node/net/socket_stream.h"

namespace fieldnode::net {

/// A socket whose bytes can be awaited, under deadlines. One reading is always possible while a writing runs, so a
/// client that leaves is noticed while its answer is still being made.
/// Thread: the socket's strand.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  explicit Connection(SocketStream stream);

  [[nodiscard]] SocketStream& stream() { return stream_; }
  /// Bytes received and not yet consumed.
  [[nodiscard]] boost::beast::flat_buffer& buffer() { return buffer_; }

  [[nodiscard]] boost::asio::awaitable<bool> handshake();
  /// Waits for more bytes in the buffer; false when there will be none.
  [[nodiscard]] boost::asio::awaitable<bool> fill();
  /// Starts a reading without waiting for it; does nothing when one runs or enough has been read ahead.
  void look_ahead();
  /// The client has left, or the connection is cut.
  [[nodiscard]] bool is_lost() const { return is_lost_; }
  /// Sends all of `bytes` within the stall limit; false when the client is lost.
  [[nodiscard]] boost::asio::awaitable<bool> write(std::string_view bytes, Milliseconds stall_max);
  /// After the last answer: lets it arrive although the client may still be sending, then closes.
  [[nodiscard]] boost::asio::awaitable<void> finish(Milliseconds farewell_max);

  /// Waits for the next `wake`.
  [[nodiscard]] boost::asio::awaitable<void> wait();
  void wake();

  /// The deadlines of reading: none, a plain limit, or a demand of bytes.
  void await_without_limit() { read_watch_.rest(); }
  void await_at_most(Milliseconds limit);
  void await_progress(std::uint64_t bytes, Milliseconds window);
  /// Cuts the connection if a deadline is over.
  void look(Instant now);
  void close();

 private:
  [[nodiscard]] std::uint64_t moved_in();
  [[nodiscard]] std::uint64_t moved_out();
  void on_read(boost::system::error_code failure, std::size_t size);

  SocketStream stream_;
  std::vector<char> incoming_;  ///< a read under way; `buffer_` may be emptied meanwhile
  boost::beast::flat_buffer buffer_;
  boost::asio::steady_timer alarm_;
  ProgressWatch read_watch_;
  ProgressWatch write_watch_;
  std::uint64_t bytes_read_ = 0;
  std::uint64_t bytes_written_ = 0;
  bool is_reading_ = false;
  bool is_lost_ = false;
};

}  // namespace fieldnode::net
