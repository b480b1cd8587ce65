#pragma once

#include <exception>
#include <future>
#include <optional>
#include <type_traits>
#include <utility>

#include "node/db/connection.h"
#include "sync/base/result.h"

namespace fieldnode::db {

/// A piece of writing on its way through a Writer. What it came to is told to its caller by `deliver` alone, which
/// comes after the commit; until then it may still be overruled.
class Job {
 public:
  virtual ~Job() = default;

  /// Does the work inside a savepoint. True when it is to be kept, false when it refused or threw.
  [[nodiscard]] virtual bool perform(Connection& connection) = 0;
  /// Overrules whatever `perform` came to.
  virtual void refuse(Refusal const& refusal) = 0;
  virtual void fail(std::exception_ptr error) = 0;
  /// Tells the caller.
  virtual void deliver() = 0;
};

/// What a caller gets for a function that returns `T`: functions that may refuse keep their Result.
template <class T>
struct AnswerOf {
  using type = Result<T>;
};
template <class T>
struct AnswerOf<Result<T>> {
  using type = Result<T>;
};

template <class Function>
class JobOf final : public Job {
 public:
  using Value = std::invoke_result_t<Function&, Connection&>;
  using Answer = typename AnswerOf<Value>::type;

  explicit JobOf(Function function) : function_(std::move(function)) {}

  [[nodiscard]] std::future<Answer> future() { return promise_.get_future(); }

  [[nodiscard]] bool perform(Connection& connection) override {
    try {
      if constexpr (std::is_void_v<Value>) {
        function_(connection);
        answer_.emplace();
      } else {
        answer_.emplace(function_(connection));
      }
      return answer_->has_value();
    } catch (...) {  // thrown again in the caller's thread
      error_ = std::current_exception();
      return false;
    }
  }

  void refuse(Refusal const& refusal) override {
    error_ = nullptr;
    answer_.emplace(refusal);
  }

  void fail(std::exception_ptr error) override { error_ = std::move(error); }

  void deliver() override {
    if (error_) {
      promise_.set_exception(error_);
    } else {
      promise_.set_value(std::move(*answer_));
    }
  }

 private:
  Function function_;
  std::promise<Answer> promise_;
  std::optional<Answer> answer_;
  std::exception_ptr error_;
};

}  // namespace fieldnode::db
