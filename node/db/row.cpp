#include "node/db/row.h"

#include <fmt/core.h>
#include <sqlite3.h>

#include <algorithm>

#include "node/db/error.h"
#include "sync/base/check.h"

namespace fieldnode::db {
namespace {

std::string_view name_of_type(int type) {
  switch (type) {
    case SQLITE_INTEGER:
      return "an integer";
    case SQLITE_FLOAT:
      return "a real number";
    case SQLITE_TEXT:
      return "text";
    case SQLITE_BLOB:
      return "a blob";
    default:
      return "NULL";
  }
}

}  // namespace

int Row::size() const { return sqlite3_data_count(statement_); }

bool Row::is_null(int column) const {
  check(column >= 0 && column < size(), "a column index past the end of the row");
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

void Row::wrong_value(int column, std::string_view wanted) const {
  throw DatabaseError(SQLITE_MISMATCH,
                      fmt::format("column {} ({}) holds {}, wanted {}", column, sqlite3_column_name(statement_, column),
                                  name_of_type(sqlite3_column_type(statement_, column)), wanted),
                      sqlite3_sql(statement_));
}

void Row::require_type(int column, int type) const {
  check(column >= 0 && column < size(), "a column index past the end of the row");
  if (sqlite3_column_type(statement_, column) != type) wrong_value(column, name_of_type(type));
}

std::int64_t Row::integer(int column) const {
  require_type(column, SQLITE_INTEGER);
  return sqlite3_column_int64(statement_, column);
}

double Row::real(int column) const {
  require_type(column, SQLITE_FLOAT);
  return sqlite3_column_double(statement_, column);
}

std::string_view Row::text(int column) const {
  require_type(column, SQLITE_TEXT);
  auto const* const data = reinterpret_cast<char const*>(sqlite3_column_text(statement_, column));
  if (data == nullptr) throw DatabaseError(SQLITE_NOMEM, "out of memory", sqlite3_sql(statement_));
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

BytesView Row::blob(int column) const {
  require_type(column, SQLITE_BLOB);
  auto const* const data = static_cast<std::uint8_t const*>(sqlite3_column_blob(statement_, column));
  auto const size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  if (data == nullptr && size != 0) throw DatabaseError(SQLITE_NOMEM, "out of memory", sqlite3_sql(statement_));
  return {data, size};
}

Hash Row::hash(int column) const {
  auto const bytes = blob(column);
  Hash hash{};
  if (bytes.size() != hash.size()) wrong_value(column, "a blob of 32 bytes");
  std::copy(bytes.begin(), bytes.end(), hash.begin());
  return hash;
}

}  // namespace fieldnode::db
