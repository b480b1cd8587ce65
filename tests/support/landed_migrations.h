#pragma once

#include <fmt/format.h>

#include <fstream>
#include <span>
#include <sstream>
#include <string>

#include "node/db/migrations.h"

namespace fieldnode::test {

/// A row for each migration: end, number, the hash by which a database remembers it.
inline std::string rows_of(std::string_view end, std::span<db::Migration const> migrations) {
  std::string rows;
  for (auto const& one : migrations) rows += fmt::format("{}\t{}\t{:016x}\n", end, one.number, db::text_hash(one.sql));
  return rows;
}

/// The rows of that end in `tests/data/migrations.tsv`.
inline std::string landed_rows(std::string_view end) {
  std::ifstream stream(std::string(FIELDNODE_TEST_DATA) + "/migrations.tsv");
  std::string rows;
  for (std::string line; std::getline(stream, line);) {
    if (line.starts_with(fmt::format("{}\t", end))) rows += line + "\n";
  }
  return rows;
}

}  // namespace fieldnode::test
