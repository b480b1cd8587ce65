#include "node/central/store/bundle_needs.h"

namespace fieldnode::central {

std::vector<lists::NamedBlob> blobs_named_in(db::Connection& connection, UnitId unit, FeedStretch const& stretch,
                                             std::size_t most) {
  auto select = connection.prepare(R"sql(
SELECT named.assignment, named.address, max(named.size)
FROM named_blob AS named
JOIN list ON list.id = named.list AND list.kind = 2
JOIN list AS last ON last.unit = :unit AND last.kind = 2 AND last.epoch = :upto_epoch
LEFT JOIN list AS held ON held.unit = :unit AND held.kind = 2 AND held.epoch = :after_epoch
WHERE named.unit = :unit
  AND (list.rank > coalesce(held.rank, 0) OR (list.id = held.id AND named.seq > :after_seq))
  AND (list.rank < last.rank OR (list.id = last.id AND named.seq <= :upto_seq))
GROUP BY named.assignment, named.address ORDER BY max(named.seq) DESC LIMIT :most)sql");
  select.bind(":unit", unit)
      .bind(":upto_epoch", stretch.upto.epoch)
      .bind(":after_epoch", stretch.after.epoch)
      .bind(":after_seq", stretch.after.seq)
      .bind(":upto_seq", stretch.upto.seq)
      .bind(":most", most);
  std::vector<lists::NamedBlob> named;
  for (db::Row const row : select) {
    named.push_back({row.get<AssignmentId>(0), row.get<Hash>(1), row.get<std::uint64_t>(2)});
  }
  return named;
}

}  // namespace fieldnode::central
