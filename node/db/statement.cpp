#include "node/db/statement.h"

#include <fmt/core.h>
#include <sqlite3.h>

#include <string>
#include <utility>

namespace fieldnode::db {
namespace {

constexpr int kParametersMax = 64;  // one bit each in bound_

}  // namespace

Statement::Statement(Handle& handle, std::string_view sql) : handle_(&handle), taken_(handle.take(sql)) {
  check(sqlite3_bind_parameter_count(taken_.statement.get()) <= kParametersMax, "an SQL text with over 64 parameters");
}

Statement::Statement(Statement&& other) noexcept
    : handle_(std::exchange(other.handle_, nullptr)),
      taken_(std::exchange(other.taken_, {})),
      bound_(other.bound_),
      stage_(other.stage_) {}

Statement::~Statement() {
  if (handle_ == nullptr) return;         // moved from
  sqlite3_reset(taken_.statement.get());  // repeats the error that `next` has thrown already
  sqlite3_clear_bindings(taken_.statement.get());
  handle_->give_back(std::move(taken_));
}

void Statement::start_over() {
  if (stage_ != Stage::kDone) return;
  sqlite3_reset(taken_.statement.get());
  stage_ = Stage::kReady;
}

int Statement::begin_bind(std::string_view name) {
  check(stage_ != Stage::kOnRow, "a parameter was bound between two rows");
  start_over();
  int const index = sqlite3_bind_parameter_index(taken_.statement.get(), std::string(name).c_str());
  if (index == 0) check(false, fmt::format("no parameter {} in: {}", name, sqlite3_sql(taken_.statement.get())));
  bound_ |= std::uint64_t{1} << (index - 1);
  return index;
}

void Statement::require_result(int code) {
  if (code != SQLITE_OK) handle_->fail(code, sqlite3_sql(taken_.statement.get()));
}

void Statement::bind_null(int index) { require_result(sqlite3_bind_null(taken_.statement.get(), index)); }

void Statement::bind_integer(int index, std::int64_t value) {
  require_result(sqlite3_bind_int64(taken_.statement.get(), index, value));
}

void Statement::bind_real(int index, double value) {
  require_result(sqlite3_bind_double(taken_.statement.get(), index, value));
}

void Statement::bind_text(int index, std::string_view value) {
  // A null pointer would bind NULL instead of the empty text.
  char const* const data = value.data() == nullptr ? "" : value.data();
  require_result(sqlite3_bind_text64(taken_.statement.get(), index, data, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Statement::bind_blob(int index, BytesView value) {
  void const* const data = value.data() == nullptr ? static_cast<void const*>("") : value.data();
  require_result(sqlite3_bind_blob64(taken_.statement.get(), index, data, value.size(), SQLITE_TRANSIENT));
}

void Statement::require_all_bound() const {
  int const count = sqlite3_bind_parameter_count(taken_.statement.get());
  std::uint64_t const all = count == kParametersMax ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
  if (bound_ != all) check(false, fmt::format("a parameter is not bound in: {}", sqlite3_sql(taken_.statement.get())));
}

std::optional<Row> Statement::next() {
  if (stage_ == Stage::kDone) return std::nullopt;
  if (stage_ == Stage::kReady) require_all_bound();
  int const code = sqlite3_step(taken_.statement.get());
  if (code != SQLITE_ROW) {
    finish(code);
    return std::nullopt;
  }
  stage_ = Stage::kOnRow;
  return Row(taken_.statement.get());
}

/// At the end a statement is reset at once: one left open would hold its snapshot and stop checkpoints.
void Statement::finish(int code) {
  stage_ = Stage::kDone;
  if (code != SQLITE_DONE) require_result(code);
  sqlite3_reset(taken_.statement.get());
}

std::int64_t Statement::run() {
  check(stage_ != Stage::kOnRow, "run() in the middle of a result");
  start_over();  // a second run() uses the same values again
  auto const before = sqlite3_total_changes64(handle_->raw());
  if (next())
    check(false, fmt::format("run() on a statement that returns rows: {}", sqlite3_sql(taken_.statement.get())));
  return sqlite3_total_changes64(handle_->raw()) == before ? 0 : sqlite3_changes64(handle_->raw());
}

void Statement::wrong_row_count(std::string_view found) const {
  throw DatabaseError(SQLITE_MISMATCH, fmt::format("wanted one row, found {}", found),
                      sqlite3_sql(taken_.statement.get()));
}

}  // namespace fieldnode::db
