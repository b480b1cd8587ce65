#pragma once

#include <curl/curl.h>

#include <atomic>
#include <exception>
#include <functional>
#include <memory>
#include <string>

#include "node/net/call_sockets.h"
#include "node/net/https_client.h"
#include "node/net/progress_watch.h"

namespace fieldnode::net {

/// libcurl's global state, counted by the library itself.
class CurlLibrary {
 public:
  CurlLibrary();
  ~CurlLibrary() { curl_global_cleanup(); }
  CurlLibrary(CurlLibrary const&) = delete;
  CurlLibrary& operator=(CurlLibrary const&) = delete;
};

/// What one call may cost and must bring.
struct CallPlan {
  Milliseconds connect_max{};
  Milliseconds stall_max{};
  Milliseconds wait{};
  std::size_t answer_max_bytes = 0;
  std::string answer_type;
  std::size_t body_bytes = 0;
  std::function<bool(BytesView)> on_body{};
};

struct CallEnd {
  enum class Why { kDone, kNotConnected, kStalled, kCancelled };
  Why why = Why::kDone;
  CURLcode code = CURLE_OK;
  std::string detail;
  HttpAnswer answer;
  bool is_wrong_type = false;
  bool is_too_large = false;
};

/// Takes an answer in as it comes, and stops it as soon as it is known to be useless.
class AnswerSink {
 public:
  explicit AnswerSink(CallPlan const& plan) : plan_(plan) {}

  [[nodiscard]] bool take_header(std::string_view line);
  [[nodiscard]] bool take_body(std::string_view bytes);
  /// Moves the answer and its faults out. Errors: throws what the taker of the body threw.
  void finish(CallEnd& end);
  [[nodiscard]] bool has_begun() const { return header_bytes_ > 0; }

 private:
  [[nodiscard]] bool is_good() const { return answer_.status >= 200 && answer_.status < 300; }
  [[nodiscard]] bool has_right_type() const;

  [[nodiscard]] bool pass_on(BytesView bytes);

  CallPlan const& plan_;
  std::size_t header_bytes_ = 0;
  std::size_t body_bytes_ = 0;
  std::exception_ptr thrown_;
  HttpAnswer answer_;
  bool is_wrong_type_ = false;
  bool is_too_large_ = false;
};

/// One libcurl handle with its kept-alive connection, driven under progress deadlines.
/// Thread: `run` from one thread at a time; `cancel`, `shut`, `traffic`, `answer_comes` from any.
class CurlCall {
 public:
  explicit CurlCall(Milliseconds stall_max);
  ~CurlCall();
  CurlCall(CurlCall const&) = delete;
  CurlCall& operator=(CurlCall const&) = delete;

  /// Clean options, with those that every call of this project has; connections stay.
  [[nodiscard]] CURL* reset();
  /// After a call in which nothing moved for too long the line may be thin rather than dead: the calls that follow wait
  /// twice as long and open connections with small packets, until one is quick again.
  [[nodiscard]] CallEnd run(CallPlan plan);
  void cancel();
  void shut();
  [[nodiscard]] Traffic traffic() const { return sockets_.traffic(); }
  [[nodiscard]] bool answer_comes() const { return answer_comes_; }

 private:
  enum class Phase { kNone, kConnecting, kMoving, kWaiting };

  void drive(CallPlan const& plan, AnswerSink const& sink, CallEnd& end);
  [[nodiscard]] Phase phase_of(SocketFacts const& facts, CallPlan const& plan, AnswerSink const& sink) const;
  void start_watch(CallPlan const& plan, std::uint64_t moved, Instant now);
  [[nodiscard]] bool is_overdue(CallPlan const& plan, AnswerSink const& sink);
  [[nodiscard]] bool take_result(CallEnd& end);
  void learn(CallEnd const& end, Milliseconds took);

  CurlLibrary library_;
  Milliseconds const stall_max_;
  bool is_patient_ = false;
  CallSockets sockets_;  // outlives the connections of multi_
  CURLM* multi_;
  CURL* easy_;
  std::string error_text_;
  Phase phase_ = Phase::kNone;
  ProgressWatch watch_;
  std::atomic<bool> answer_comes_{false};
  std::atomic<bool> is_running_{false};
  std::atomic<bool> is_cancelled_{false};
  std::atomic<bool> is_shut_{false};
};

}  // namespace fieldnode::net
