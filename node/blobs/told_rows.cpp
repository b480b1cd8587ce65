#include "node/blobs/told_rows.h"

namespace fieldnode::blobs {

void ToldRows::replace(std::vector<ToldFile> const& files) {
  connection_.prepare("DELETE FROM blob_told WHERE node = :node").bind(":node", node_).run();
  auto insert = connection_.prepare(
      "INSERT INTO blob_told (node, unit, assignment, address, held, here)"
      " VALUES (:node, :unit, :assignment, :address, :held, :here)"
      " ON CONFLICT DO UPDATE SET held = excluded.held, here = excluded.here");
  for (auto const& file : files) {
    insert.bind(":node", node_)
        .bind(":unit", unit_)
        .bind(":assignment", file.key.assignment)
        .bind(":address", file.key.address)
        .bind(":held", file.held)
        .bind(":here", file.here)
        .run();
  }
}

std::vector<ToldFile> ToldRows::all() {
  std::vector<ToldFile> files;
  auto select = connection_.prepare(
      "SELECT t.assignment, t.address, max(n.size), t.held, t.here FROM blob_told t JOIN named_blob n"
      " ON n.unit = t.unit AND n.assignment = t.assignment AND n.address = t.address"
      " WHERE t.node = :node AND t.unit = :unit GROUP BY t.assignment, t.address");
  select.bind(":node", node_).bind(":unit", unit_);
  for (auto const row : select) {
    files.push_back({.key = {row.get<AssignmentId>(0), row.get<Hash>(1)},
                     .size = row.get<std::uint64_t>(2),
                     .held = row.get<std::uint64_t>(3),
                     .here = row.get<bool>(4)});
  }
  return files;
}

void ToldRows::forget_unnamed(db::Connection& connection) {
  connection.execute(
      "DELETE FROM blob_told WHERE NOT EXISTS (SELECT 1 FROM named_blob n WHERE n.unit = blob_told.unit"
      " AND n.assignment = blob_told.assignment AND n.address = blob_told.address)");
}

}  // namespace fieldnode::blobs
