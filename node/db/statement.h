#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string_view>

#include "node/db/handle.h"
#include "node/db/row.h"
#include "sync/base/check.h"

namespace fieldnode::db {

/// One use of a prepared statement, from `Connection::prepare`. Goes back to the connection's cache, reset and with its
/// values cleared, when it is destroyed; so hold it only for one use, and never past its connection.
///
///     auto statement = connection.prepare("SELECT seq, bytes FROM journal WHERE seq > :after");
///     statement.bind(":after", after);
///     for (Row const row : statement) keep(row.get<std::int64_t>(0), row.get<Bytes>(1));
///
/// Every parameter must be bound (NULL by nullptr or an empty optional) before the first row is asked for; a forgotten
/// or unknown name is a broken program. Errors: DatabaseError, ConstraintError, StorageError.
class Statement {
 public:
  Statement(Handle& handle, std::string_view sql);
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  /// Binds a named parameter (":name"). Types: those of `Row::get`; the value is copied. Binding after the last row was
  /// read, or after `run`, begins the next use and keeps the other values.
  template <class T>
  Statement& bind(std::string_view name, T const& value);

  /// The next row, nothing after the last.
  [[nodiscard]] std::optional<Row> next();

  /// Runs a statement that returns no rows. Returns how many rows it changed.
  std::int64_t run();

  /// The first column of the only row. Errors: DatabaseError when there is no row or more than one.
  template <class T>
  [[nodiscard]] T one();
  /// The same, nothing when there is no row. Not for string_view and BytesView, which would dangle.
  template <class T>
  [[nodiscard]] std::optional<T> maybe();

  class Iterator;
  [[nodiscard]] Iterator begin();
  [[nodiscard]] std::default_sentinel_t end() const { return {}; }

 private:
  enum class Stage { kReady, kOnRow, kDone };

  void start_over();
  [[nodiscard]] int begin_bind(std::string_view name);
  void bind_null(int index);
  void bind_integer(int index, std::int64_t value);
  void bind_real(int index, double value);
  void bind_text(int index, std::string_view value);
  void bind_blob(int index, BytesView value);
  template <class T>
  void bind_at(int index, T const& value);

  void require_all_bound() const;
  void finish(int code);
  void require_result(int code);
  [[noreturn]] void wrong_row_count(std::string_view found) const;

  Handle* handle_;
  Handle::Taken taken_;
  std::uint64_t bound_{0};
  Stage stage_{Stage::kReady};
};

/// Walks the rows once, forward.
class Statement::Iterator {
 public:
  using value_type = Row;
  using difference_type = std::ptrdiff_t;

  explicit Iterator(Statement& statement) : statement_(&statement), row_(statement.next()) {}
  [[nodiscard]] Row operator*() const { return *row_; }
  Iterator& operator++() {
    row_ = statement_->next();
    return *this;
  }
  void operator++(int) { ++*this; }
  friend bool operator==(Iterator const& iterator, std::default_sentinel_t) { return !iterator.row_.has_value(); }

 private:
  Statement* statement_;
  std::optional<Row> row_;
};

inline Statement::Iterator Statement::begin() { return Iterator(*this); }

template <class T>
Statement& Statement::bind(std::string_view name, T const& value) {
  bind_at(begin_bind(name), value);
  return *this;
}

template <class T>
void Statement::bind_at(int index, T const& value) {
  if constexpr (std::is_same_v<T, std::nullptr_t> || std::is_same_v<T, std::nullopt_t>) {
    bind_null(index);
  } else if constexpr (detail::kIsOptional<T>) {
    if (value) {
      bind_at(index, *value);
    } else {
      bind_null(index);
    }
  } else if constexpr (std::is_same_v<T, bool>) {
    bind_integer(index, value ? 1 : 0);
  } else if constexpr (std::is_same_v<T, std::uint64_t>) {
    bind_integer(index, std::bit_cast<std::int64_t>(value));
  } else if constexpr (detail::kIsNumber<T>) {
    static_assert(sizeof(T) < 8 || std::is_signed_v<T>, "an unsigned 64-bit number is bound as std::uint64_t");
    bind_integer(index, static_cast<std::int64_t>(value));
  } else if constexpr (std::is_floating_point_v<T>) {
    bind_real(index, value);
  } else if constexpr (detail::kIsId<T>) {
    bind_integer(index, std::bit_cast<std::int64_t>(value.value));
  } else if constexpr (std::is_same_v<T, UtcTime>) {
    bind_integer(index, ms_of(value));
  } else if constexpr (std::is_same_v<T, Milliseconds>) {
    bind_integer(index, value.count());
  } else if constexpr (std::is_convertible_v<T const&, std::string_view>) {
    bind_text(index, value);
  } else if constexpr (std::is_convertible_v<T const&, BytesView>) {
    bind_blob(index, value);
  } else {
    static_assert(detail::kUnsupported<T>, "no parameter is bound from this type");
  }
}

template <class T>
T Statement::one() {
  auto value = maybe<T>();
  if (!value) wrong_row_count("none");
  return std::move(*value);
}

template <class T>
std::optional<T> Statement::maybe() {
  static_assert(!std::is_same_v<T, std::string_view> && !std::is_same_v<T, BytesView>, "it would dangle");
  auto const row = next();
  if (!row) return std::nullopt;
  std::optional<T> value(std::in_place, row->get<T>(0));
  if (next()) wrong_row_count("several");
  return value;
}

}  // namespace fieldnode::db
