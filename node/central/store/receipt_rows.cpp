#include "node/central/store/receipt_rows.h"

#include <algorithm>
#include <map>

#include "sync/wire/signing.h"

namespace fieldnode::central {
namespace {

wire::Receipt require_receipt(BytesView bytes) {
  auto receipt = wire::unpack_receipt(bytes);
  if (!receipt) throw BrokenWorld("a kept receipt does not unpack: " + receipt.error().sentence);
  return *std::move(receipt);
}

}  // namespace

void ReceiptRows::keep_times(wire::Receipt const& receipt) {
  if (receipt.sent_at) insert(receipt, std::nullopt);
}

void ReceiptRows::keep(wire::Receipt const& receipt) {
  if (!receipt.sent_at) return;
  auto const covered = connection_.prepare("SELECT receipted_seq FROM node WHERE id = :node")
                           .bind(":node", receipt.node)
                           .one<std::uint64_t>();
  std::optional<Bytes> bytes;
  if (receipt.journal_seq > covered) {
    bytes = wire::pack_receipt(receipt);
    connection_.prepare("UPDATE node SET receipted_seq = :seq WHERE id = :node")
        .bind(":seq", receipt.journal_seq)
        .bind(":node", receipt.node)
        .run();
  }
  insert(receipt, bytes);
}

void ReceiptRows::insert(wire::Receipt const& receipt, std::optional<Bytes> const& bytes) {
  connection_
      .prepare(
          "INSERT INTO receipt (anchor, node, sent_at, bytes) VALUES (:anchor, :node, :sent_at, :bytes)"
          " ON CONFLICT DO NOTHING")
      .bind(":anchor", wire::anchor_id(receipt))
      .bind(":node", receipt.node)
      .bind(":sent_at", *receipt.sent_at)
      .bind(":bytes", bytes)
      .run();
}

std::optional<UtcTime> ReceiptRows::sent_at(NodeId node, std::uint64_t anchor) {
  return connection_.prepare("SELECT sent_at FROM receipt WHERE anchor = :anchor AND node = :node AND repealed = 0")
      .bind(":anchor", anchor)
      .bind(":node", node)
      .maybe<UtcTime>();
}

void ReceiptRows::sign_all(engine::CityKey const& city) {
  std::vector<NodeId> nodes;
  auto select = connection_.prepare("SELECT id FROM node");
  for (db::Row const row : select) nodes.push_back(row.get<NodeId>(0));
  auto const suite = crypto::ed25519_suite();
  for (auto const node : nodes) {
    for (auto& receipt : covering(node)) {
      if (receipt.key_id != city.id) continue;  // signed when an earlier key went
      auto const anchor = wire::anchor_id(receipt);
      wire::sign_receipt(receipt, *suite, city.keys.secret_key);
      connection_.prepare("UPDATE receipt SET bytes = :bytes WHERE anchor = :anchor AND node = :node")
          .bind(":bytes", wire::pack_receipt(receipt))
          .bind(":anchor", anchor)
          .bind(":node", node)
          .run();
    }
  }
}

std::vector<wire::Receipt> ReceiptRows::covering(NodeId node) {
  std::vector<wire::Receipt> receipts;
  auto select = connection_.prepare("SELECT bytes FROM receipt WHERE node = :node AND bytes IS NOT NULL");
  select.bind(":node", node);
  for (db::Row const row : select) {
    receipts.push_back(require_receipt(row.get<BytesView>(0)));
  }
  std::ranges::sort(receipts, {}, &wire::Receipt::journal_seq);
  return receipts;
}

std::vector<wire::Receipt> ReceiptRows::first_covering(NodeId node, std::vector<std::uint64_t> seqs) {
  std::map<std::uint64_t, wire::Receipt> first;  // by act
  auto select = connection_.prepare("SELECT bytes FROM receipt WHERE node = :node AND bytes IS NOT NULL");
  select.bind(":node", node);
  for (db::Row const row : select) {
    auto const receipt = require_receipt(row.get<BytesView>(0));
    for (auto const seq : seqs) {
      if (seq > receipt.journal_seq) continue;
      auto const [held, added] = first.try_emplace(seq, receipt);
      if (!added && receipt.journal_seq < held->second.journal_seq) held->second = receipt;
    }
  }
  std::map<std::uint64_t, wire::Receipt> once;  // by what it covers
  for (auto& [seq, receipt] : first) once.emplace(receipt.journal_seq, std::move(receipt));
  std::vector<wire::Receipt> receipts;
  for (auto& [covered, receipt] : once) receipts.push_back(std::move(receipt));
  return receipts;
}

void ReceiptRows::add_mark(Epoch journal, wire::Mark const& mark) {
  connection_
      .prepare("INSERT INTO mark (unit, journal_epoch, seq, received_at) VALUES (:unit, :epoch, :seq, :received_at)")
      .bind(":unit", unit_)
      .bind(":epoch", journal)
      .bind(":seq", mark.seq)
      .bind(":received_at", mark.received_at)
      .run();
}

std::uint64_t ReceiptRows::marked_seq(Epoch journal) {
  return connection_.prepare("SELECT max(seq) FROM mark WHERE unit = :unit AND journal_epoch = :epoch")
      .bind(":unit", unit_)
      .bind(":epoch", journal)
      .one<std::optional<std::uint64_t>>()
      .value_or(0);
}

std::vector<wire::Mark> ReceiptRows::marks_after(Epoch journal, std::uint64_t seq, std::size_t most) {
  std::vector<wire::Mark> marks;
  auto select = connection_.prepare(
      "SELECT seq, received_at FROM mark WHERE unit = :unit AND journal_epoch = :epoch AND seq > :seq"
      " ORDER BY seq LIMIT :most");
  select.bind(":unit", unit_).bind(":epoch", journal).bind(":seq", seq).bind(":most", std::uint64_t{most});
  for (db::Row const row : select) marks.push_back({row.get<std::uint64_t>(0), row.get<UtcTime>(1)});
  return marks;
}

}  // namespace fieldnode::central
