#include "node/central/store/sequence.h"

namespace fieldnode::central {

std::uint64_t next_number(db::Connection& connection, std::string_view of) {
  return connection
      .prepare(
          "INSERT INTO sequence (name, last) VALUES (:name, 1)"
          " ON CONFLICT (name) DO UPDATE SET last = last + 1 RETURNING last")
      .bind(":name", of)
      .one<std::uint64_t>();
}

}  // namespace fieldnode::central
