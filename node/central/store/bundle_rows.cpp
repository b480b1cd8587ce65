#include "node/central/store/bundle_rows.h"

namespace fieldnode::central {

std::uint64_t BundleRows::add(NodeId node, BundleSent const& bundle) {
  auto last = connection_.prepare("SELECT max(number) FROM bundle_sent WHERE node = :node");
  auto const number = last.bind(":node", node).one<std::optional<std::uint64_t>>().value_or(0) + 1;
  connection_
      .prepare(
          "INSERT INTO bundle_sent (node, number, answers, created_at, feed_epoch, feed_seq)"
          " VALUES (:node, :number, :answers, :created_at, :feed_epoch, :feed_seq)")
      .bind(":node", node)
      .bind(":number", number)
      .bind(":answers", bundle.answers)
      .bind(":created_at", bundle.created_at)
      .bind(":feed_epoch", bundle.upto.epoch)
      .bind(":feed_seq", bundle.upto.seq)
      .run();
  return number;
}

void BundleRows::finish(NodeId node, BundleSent const& bundle) {
  connection_
      .prepare(
          "UPDATE bundle_sent SET bytes = :bytes, feed_epoch = :feed_epoch, feed_seq = :feed_seq"
          " WHERE node = :node AND number = :number")
      .bind(":bytes", bundle.bytes)
      .bind(":feed_epoch", bundle.upto.epoch)
      .bind(":feed_seq", bundle.upto.seq)
      .bind(":node", node)
      .bind(":number", bundle.number)
      .run();
}

std::vector<BundleUnderWay> BundleRows::under_way() {
  auto select = connection_.prepare(R"sql(
SELECT unit.code, sent.number, sent.answers, sent.created_at, sent.feed_epoch, sent.feed_seq, sent.bytes
FROM bundle_sent AS sent
JOIN node ON node.id = sent.node
JOIN unit ON unit.node = node.id
LEFT JOIN node_place AS place ON place.node = node.id
WHERE sent.number = (SELECT max(number) FROM bundle_sent WHERE node = sent.node AND bytes IS NOT NULL)
  AND (place.node IS NULL OR place.feed_epoch <> sent.feed_epoch OR place.feed_seq < sent.feed_seq)
  AND coalesce(node.last_exchange_at, 0) < sent.created_at
ORDER BY unit.code)sql");
  std::vector<BundleUnderWay> bundles;
  for (db::Row const row : select) {
    bundles.push_back({row.get<std::string>(0),
                       {row.get<std::uint64_t>(1),
                        row.get<std::uint64_t>(2),
                        row.get<UtcTime>(3),
                        {row.get<Epoch>(4), row.get<std::uint64_t>(5)},
                        row.get<std::optional<std::uint64_t>>(6)}});
  }
  return bundles;
}

std::vector<BundleArrived> BundleRows::arrived() {
  auto select = connection_.prepare(R"sql(
SELECT unit.code, taken.journal_epoch, taken.number, taken.created_on, max(taken.taken_at), taken.times
FROM bundle_taken AS taken JOIN unit ON unit.node = taken.node
GROUP BY unit.id ORDER BY unit.code)sql");
  std::vector<BundleArrived> bundles;
  for (db::Row const row : select) {
    bundles.push_back({row.get<std::string>(0),
                       {row.get<Epoch>(1), row.get<std::uint64_t>(2), row.get<UtcTime>(3), row.get<UtcTime>(4),
                        row.get<std::uint64_t>(5)}});
  }
  return bundles;
}

std::uint64_t BundleRows::take(NodeId node, BundleTaken const& bundle) {
  connection_
      .prepare(
          "INSERT INTO bundle_taken (node, journal_epoch, number, created_on, taken_at, times)"
          " VALUES (:node, :epoch, :number, :created_on, :taken_at, 1)"
          " ON CONFLICT (node, journal_epoch, number) DO UPDATE SET times = times + 1, taken_at = excluded.taken_at")
      .bind(":node", node)
      .bind(":epoch", bundle.journal_epoch)
      .bind(":number", bundle.number)
      .bind(":created_on", bundle.created_on)
      .bind(":taken_at", bundle.taken_at)
      .run();
  auto times = connection_.prepare(
      "SELECT times FROM bundle_taken WHERE node = :node AND journal_epoch = :epoch AND number = :number");
  times.bind(":node", node).bind(":epoch", bundle.journal_epoch).bind(":number", bundle.number);
  return times.one<std::uint64_t>();
}

void BundleRows::note_place(NodeId node, NodePlace const& place) {
  auto const known = this->place(node);
  bool const is_behind = known && known->feed.epoch == place.feed.epoch && place.feed.seq < known->feed.seq;
  if (is_behind || known == place) return;
  connection_
      .prepare(
          "INSERT INTO node_place (node, feed_epoch, feed_seq, marked_seq)"
          " VALUES (:node, :feed_epoch, :feed_seq, :marked_seq) ON CONFLICT (node) DO UPDATE SET"
          " feed_epoch = excluded.feed_epoch, feed_seq = excluded.feed_seq, marked_seq = excluded.marked_seq")
      .bind(":node", node)
      .bind(":feed_epoch", place.feed.epoch)
      .bind(":feed_seq", place.feed.seq)
      .bind(":marked_seq", place.marked_seq)
      .run();
}

std::optional<NodePlace> BundleRows::place(NodeId node) {
  auto select = connection_.prepare("SELECT feed_epoch, feed_seq, marked_seq FROM node_place WHERE node = :node");
  auto const row = select.bind(":node", node).next();
  if (!row) return std::nullopt;
  return NodePlace{{row->get<Epoch>(0), row->get<std::uint64_t>(1)}, row->get<std::uint64_t>(2)};
}

}  // namespace fieldnode::central
