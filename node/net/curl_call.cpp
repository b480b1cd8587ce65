#include "node/net/curl_call.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "node/net/text.h"
#include "sync/base/check.h"
#include "sync/base/result.h"

namespace fieldnode::net {
namespace {

constexpr std::size_t kHeaderMaxBytes = 64 * 1024;
constexpr std::size_t kErrorBodyMaxBytes = 64 * 1024;
constexpr Milliseconds kLookMax{250};

std::size_t on_header(char* data, std::size_t size, std::size_t count, void* sink) {
  return static_cast<AnswerSink*>(sink)->take_header({data, size * count}) ? size * count : 0;
}

std::size_t on_body(char* data, std::size_t size, std::size_t count, void* sink) {
  return static_cast<AnswerSink*>(sink)->take_body({data, size * count}) ? size * count : 0;
}

template <class Number>
Number info_of(CURL* easy, CURLINFO what) {
  Number value{};
  curl_easy_getinfo(easy, what, &value);
  return value;
}

}  // namespace

CurlLibrary::CurlLibrary() {
  if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) throw BrokenWorld("libcurl does not start");
}

bool AnswerSink::take_header(std::string_view line) {
  header_bytes_ += line.size();
  if (header_bytes_ > kHeaderMaxBytes) {
    is_too_large_ = true;
    return false;
  }
  while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
  if (line.starts_with("HTTP/")) {
    // A new status line supersedes what came before it (100 Continue).
    answer_ = {};
    auto const digits = line.substr(std::min(line.size(), line.find(' ') + 1));
    std::from_chars(digits.data(), digits.data() + digits.size(), answer_.status);
    return true;
  }
  auto const colon = line.find(':');
  if (colon == std::string_view::npos) return true;
  answer_.headers.add(std::string(line.substr(0, colon)), std::string(trimmed(line.substr(colon + 1))));
  return true;
}

bool AnswerSink::has_right_type() const {
  auto const& type = plan_.answer_type;
  return type.empty() || media_type(answer_.headers.find("Content-Type").value_or("")) == type;
}

bool AnswerSink::take_body(std::string_view bytes) {
  is_wrong_type_ = is_good() && !has_right_type();
  if (is_wrong_type_) return false;
  auto const max = is_good() ? plan_.answer_max_bytes : kErrorBodyMaxBytes;
  bool const fits = bytes.size() <= max - body_bytes_;
  auto const taken = bytes_of(bytes.substr(0, max - body_bytes_));
  is_too_large_ = is_too_large_ || (is_good() && !fits);
  if (is_too_large_) return false;
  body_bytes_ += taken.size();
  if (is_good() && plan_.on_body) return pass_on(taken);
  answer_.body.insert(answer_.body.end(), taken.begin(), taken.end());
  return fits;
}

/// An exception must not pass through C.
bool AnswerSink::pass_on(BytesView bytes) try { return plan_.on_body(bytes); } catch (...) {
  thrown_ = std::current_exception();
  return false;
}

void AnswerSink::finish(CallEnd& end) {
  if (thrown_) std::rethrow_exception(thrown_);
  if (is_good() && answer_.status != 204 && !has_right_type()) is_wrong_type_ = true;
  end.answer = std::move(answer_);
  end.is_wrong_type = is_wrong_type_;
  end.is_too_large = is_too_large_;
}

CurlCall::CurlCall(Milliseconds stall_max)
    : stall_max_(stall_max),
      sockets_(2 * stall_max),
      multi_(curl_multi_init()),
      easy_(curl_easy_init()),
      error_text_(CURL_ERROR_SIZE, '\0') {
  if (multi_ == nullptr || easy_ == nullptr) throw BrokenWorld("libcurl gives no handle");
}

CurlCall::~CurlCall() {
  check(!is_running_, "a client is destroyed during its call");
  curl_easy_cleanup(easy_);
  curl_multi_cleanup(multi_);
}

CURL* CurlCall::reset() {
  curl_easy_reset(easy_);
  sockets_.install(easy_);
  curl_easy_setopt(easy_, CURLOPT_ERRORBUFFER, error_text_.data());
  curl_easy_setopt(easy_, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy_, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy_, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  curl_easy_setopt(easy_, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  curl_easy_setopt(easy_, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  // libcurl's own limit would count the TLS handshake, which takes a minute at 100 B/s; the watch replaces it.
  curl_easy_setopt(easy_, CURLOPT_CONNECTTIMEOUT_MS, 86'400'000L);
  return easy_;
}

CallEnd CurlCall::run(CallPlan plan) {
  check(!is_running_.exchange(true), "a client makes one call at a time");
  auto const began = std::chrono::steady_clock::now();
  if (is_patient_) {
    plan.connect_max *= 2;
    plan.stall_max *= 2;
  }
  sockets_.expect_thin_line(is_patient_);
  phase_ = Phase::kNone;
  error_text_.assign(CURL_ERROR_SIZE, '\0');
  AnswerSink sink(plan);
  curl_easy_setopt(easy_, CURLOPT_HEADERFUNCTION, &on_header);
  curl_easy_setopt(easy_, CURLOPT_HEADERDATA, &sink);
  curl_easy_setopt(easy_, CURLOPT_WRITEFUNCTION, &on_body);
  curl_easy_setopt(easy_, CURLOPT_WRITEDATA, &sink);
  CallEnd end;
  curl_multi_add_handle(multi_, easy_);
  drive(plan, sink, end);
  // libcurl would otherwise wait for its resolver thread, which a dead name server holds for ten seconds.
  if (is_shut_) curl_easy_setopt(easy_, CURLOPT_QUICK_EXIT, 1L);
  curl_multi_remove_handle(multi_, easy_);  // closes the connection if the call is not finished
  answer_comes_ = false;
  is_cancelled_ = false;
  is_running_ = false;
  sink.finish(end);
  end.detail = error_text_.c_str();
  if (end.detail.empty()) end.detail = curl_easy_strerror(end.code);
  learn(end, std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now() - began));
  return end;
}

void CurlCall::learn(CallEnd const& end, Milliseconds took) {
  if (end.why == CallEnd::Why::kNotConnected || end.why == CallEnd::Why::kStalled) is_patient_ = true;
  if (end.why == CallEnd::Why::kDone && end.code == CURLE_OK && took < stall_max_ / 2) is_patient_ = false;
}

void CurlCall::drive(CallPlan const& plan, AnswerSink const& sink, CallEnd& end) {
  auto const look = std::clamp(std::min(plan.connect_max, plan.stall_max) / 4, Milliseconds(5), kLookMax);
  for (;;) {
    if (is_cancelled_ || is_shut_) {
      end.why = CallEnd::Why::kCancelled;
      return;
    }
    int running = 0;
    auto const code = curl_multi_perform(multi_, &running);
    if (code != CURLM_OK) throw BrokenWorld(std::string("libcurl: ") + curl_multi_strerror(code));
    answer_comes_ = sink.has_begun();
    if (running == 0 && take_result(end)) return;
    if (is_overdue(plan, sink)) {
      end.why = phase_ == Phase::kConnecting ? CallEnd::Why::kNotConnected : CallEnd::Why::kStalled;
      return;
    }
    curl_multi_poll(multi_, nullptr, 0, static_cast<int>(look.count()), nullptr);
  }
}

bool CurlCall::take_result(CallEnd& end) {
  int left = 0;
  auto const* const message = curl_multi_info_read(multi_, &left);
  if (message == nullptr || message->msg != CURLMSG_DONE) return false;
  end.code = message->data.result;
  return true;
}

CurlCall::Phase CurlCall::phase_of(SocketFacts const& facts, CallPlan const& plan, AnswerSink const& sink) const {
  if (!facts.is_connected) return Phase::kConnecting;
  bool const is_asked =
      info_of<long>(easy_, CURLINFO_REQUEST_SIZE) > 0 &&
      info_of<curl_off_t>(easy_, CURLINFO_SIZE_UPLOAD_T) >= static_cast<curl_off_t>(plan.body_bytes) &&
      !facts.has_unacknowledged;
  return is_asked && !sink.has_begun() ? Phase::kWaiting : Phase::kMoving;
}

void CurlCall::start_watch(CallPlan const& plan, std::uint64_t moved, Instant now) {
  if (phase_ == Phase::kConnecting) {
    watch_.allow(plan.connect_max, now);
  } else {
    watch_.demand(1, phase_ == Phase::kWaiting ? plan.stall_max + plan.wait : plan.stall_max, moved, now);
  }
}

bool CurlCall::is_overdue(CallPlan const& plan, AnswerSink const& sink) {
  auto const now = std::chrono::steady_clock::now();
  auto const facts = sockets_.facts();
  auto const moved = facts.moved_out() + facts.moved_in();
  auto const phase = phase_of(facts, plan, sink);
  if (phase != phase_) {
    phase_ = phase;
    start_watch(plan, moved, now);
  }
  return watch_.is_overdue(moved, now);
}

void CurlCall::cancel() {
  is_cancelled_ = true;
  curl_multi_wakeup(multi_);
}

void CurlCall::shut() {
  is_shut_ = true;
  curl_multi_wakeup(multi_);
}

}  // namespace fieldnode::net
