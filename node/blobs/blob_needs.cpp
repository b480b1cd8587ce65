#include "node/blobs/blob_needs.h"

namespace fieldnode::blobs {

std::vector<lists::NamedBlob> missing_blobs(db::Connection& connection, UnitId unit, std::size_t most) {
  std::vector<lists::NamedBlob> missing;
  auto select = connection.prepare(
      "SELECT DISTINCT n.assignment, n.address, n.size FROM named_blob n"
      " WHERE n.unit = :unit AND NOT EXISTS (SELECT 1 FROM blob b WHERE b.unit = n.unit"
      " AND b.assignment = n.assignment AND b.address = n.address AND b.here = 1)"
      " ORDER BY n.size, n.address LIMIT :most");
  select.bind(":unit", unit).bind(":most", most);
  for (auto const row : select) {
    missing.push_back({row.get<AssignmentId>(0), row.get<Hash>(1), row.get<std::uint64_t>(2)});
  }
  return missing;
}

std::vector<BlobRow> unsent_blobs(db::Connection& connection, UnitId unit, Epoch feed, std::size_t most) {
  std::vector<BlobRow> unsent;
  auto select = connection.prepare(
      "SELECT b.id, b.assignment, b.size, b.address FROM blob b"
      " WHERE b.unit = :unit AND b.here = 1 AND b.known_at IS NOT :feed AND EXISTS (SELECT 1 FROM named_blob n"
      " WHERE n.unit = b.unit AND n.assignment = b.assignment AND n.address = b.address)"
      " ORDER BY b.size, b.id LIMIT :most");
  select.bind(":unit", unit).bind(":feed", feed).bind(":most", most);
  for (auto const row : select) {
    unsent.push_back({.id = row.get<BlobId>(0),
                      .owner = {unit, row.get<AssignmentId>(1)},
                      .size = row.get<std::uint64_t>(2),
                      .address = row.get<Hash>(3),
                      .here = true});
  }
  return unsent;
}

BlobCounts count_blobs(db::Connection& connection) {
  constexpr std::string_view kNamed =
      "SELECT count(*) FROM (SELECT DISTINCT unit, assignment, address FROM named_blob)";
  constexpr std::string_view kHere =
      "SELECT count(*) FROM (SELECT DISTINCT n.unit, n.assignment, n.address FROM named_blob n JOIN blob b"
      " ON b.unit = n.unit AND b.assignment = n.assignment AND b.address = n.address AND b.here = 1)";
  return {.named = connection.prepare(kNamed).one<std::uint64_t>(),
          .here = connection.prepare(kHere).one<std::uint64_t>()};
}

}  // namespace fieldnode::blobs
