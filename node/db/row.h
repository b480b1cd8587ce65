#pragma once

#include <bit>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "sync/base/bytes.h"
#include "sync/base/ids.h"
#include "sync/base/time.h"

struct sqlite3_stmt;

namespace fieldnode::db {

/// The row a statement stands on. Valid until the statement moves on or is destroyed.
///
/// `get<T>(column)` reads by index from 0. T is one of: a signed integer or unsigned up to 32 bits (range checked),
/// std::uint64_t and Id<Tag> (the 64 bits as they are), bool (0 or 1), double, std::string, Bytes, Hash (32 bytes),
/// UtcTime and Milliseconds (integer milliseconds), std::optional of these (NULL is nothing), and std::string_view and
/// BytesView, which point into the row.
/// Errors: DatabaseError when the column holds another type, NULL without optional, or a value out of range: the file
/// is not what the program wrote. An index past the last column is a broken program.
class Row {
 public:
  template <class T>
  [[nodiscard]] T get(int column) const;
  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] int size() const;

 private:
  friend class Statement;
  explicit Row(sqlite3_stmt* statement) : statement_(statement) {}

  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] double real(int column) const;
  [[nodiscard]] std::string_view text(int column) const;
  [[nodiscard]] BytesView blob(int column) const;
  [[nodiscard]] Hash hash(int column) const;
  void require_type(int column, int type) const;
  [[noreturn]] void wrong_value(int column, std::string_view wanted) const;

  sqlite3_stmt* statement_;
};

namespace detail {

template <class T>
inline constexpr bool kIsOptional = false;
template <class T>
inline constexpr bool kIsOptional<std::optional<T>> = true;
template <class T>
inline constexpr bool kIsId = false;
template <class Tag>
inline constexpr bool kIsId<Id<Tag>> = true;
template <class T>
inline constexpr bool kIsNumber = std::is_integral_v<T> && !std::is_same_v<T, bool> && !std::is_same_v<T, char>;
template <class T>
inline constexpr bool kUnsupported = false;

}  // namespace detail

template <class T>
T Row::get(int column) const {
  if constexpr (detail::kIsOptional<T>) {
    if (is_null(column)) return std::nullopt;
    return get<typename T::value_type>(column);
  } else if constexpr (std::is_same_v<T, bool>) {
    auto const value = integer(column);
    if (value != 0 && value != 1) wrong_value(column, "0 or 1");
    return value == 1;
  } else if constexpr (std::is_same_v<T, std::uint64_t>) {
    return std::bit_cast<std::uint64_t>(integer(column));
  } else if constexpr (detail::kIsNumber<T>) {
    auto const value = integer(column);
    if (!std::in_range<T>(value)) wrong_value(column, "an integer in range");
    return static_cast<T>(value);
  } else if constexpr (std::is_same_v<T, double>) {
    return real(column);
  } else if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, std::string_view>) {
    return T(text(column));
  } else if constexpr (std::is_same_v<T, BytesView>) {
    return blob(column);
  } else if constexpr (std::is_same_v<T, Bytes>) {
    auto const bytes = blob(column);
    return Bytes(bytes.begin(), bytes.end());
  } else if constexpr (std::is_same_v<T, Hash>) {
    return hash(column);
  } else if constexpr (detail::kIsId<T>) {
    return T{std::bit_cast<std::uint64_t>(integer(column))};
  } else if constexpr (std::is_same_v<T, UtcTime>) {
    return utc_from_ms(integer(column));
  } else if constexpr (std::is_same_v<T, Milliseconds>) {
    return Milliseconds(integer(column));
  } else {
    static_assert(detail::kUnsupported<T>, "no column is read as this type");
  }
}

}  // namespace fieldnode::db
