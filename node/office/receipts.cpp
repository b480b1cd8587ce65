#include "node/office/receipts.h"

#include <fmt/format.h>

#include <algorithm>

#include "node/office/revocation.h"

namespace fieldnode::office {
namespace {

wire::Receipt require_receipt(BytesView bytes) {
  auto receipt = wire::unpack_receipt(bytes);
  if (!receipt) throw BrokenWorld("a receipt held does not unpack: " + receipt.error().sentence);
  return *std::move(receipt);
}

std::string number_of(wire::Receipt const& receipt) {
  return fmt::format("R-{}-{:08X}", receipt.journal_seq, wire::anchor_id(receipt) >> 32);
}

Coverage aside_coverage(db::Connection& connection, Position act) {
  auto const receipt = Revocation(connection).receipt_over(act);
  return receipt ? Coverage{Delivery::kAside, number_of(*receipt)} : Coverage{};
}

/// An older answer that was overtaken on its way.
bool has_gone_back(wire::Receipt const& receipt, wire::Receipt const& held) {
  bool const same_feed = receipt.feed_epoch == held.feed_epoch;
  return receipt.journal_seq < held.journal_seq || (same_feed && receipt.feed_head_seq < held.feed_head_seq);
}

/// One list has gone on, here or there.
bool has_gone_on(wire::Receipt const& receipt, wire::Receipt const& held) {
  return receipt.feed_epoch != held.feed_epoch || receipt.journal_seq > held.journal_seq ||
         receipt.feed_head_seq > held.feed_head_seq || receipt.answer_seq > held.answer_seq;
}

/// Whatever the older one signs of the feed, this one does.
bool proves_as_much(wire::Receipt const& receipt, wire::Receipt const& older) {
  return receipt.feed_epoch == older.feed_epoch && receipt.answer_seq >= older.answer_seq;
}

}  // namespace

/// Of a feed that the centre went on in after it had lost acts there may be a newer one that covers fewer.
std::optional<wire::Receipt> Receipts::greatest() {
  auto rows = connection_.prepare(
      "SELECT bytes FROM receipt WHERE journal_epoch = :epoch ORDER BY journal_seq DESC, number DESC LIMIT 1");
  auto const bytes = rows.bind(":epoch", journal_epoch_).maybe<Bytes>();
  if (!bytes) return std::nullopt;
  return require_receipt(*bytes);
}

std::vector<wire::Receipt> Receipts::all() {
  std::vector<wire::Receipt> receipts;
  auto rows = connection_.prepare("SELECT bytes FROM receipt WHERE journal_epoch = :epoch ORDER BY number");
  rows.bind(":epoch", journal_epoch_);
  for (db::Row const row : rows) receipts.push_back(require_receipt(row.get<BytesView>(0)));
  return receipts;
}

void Receipts::add_mark(wire::Mark const& mark) {
  connection_
      .prepare("INSERT INTO mark (journal_epoch, seq, received_at) VALUES (:epoch, :seq, :at) ON CONFLICT DO NOTHING")
      .bind(":epoch", journal_epoch_)
      .bind(":seq", mark.seq)
      .bind(":at", mark.received_at)
      .run();
}

void Receipts::drop_timeless(std::uint64_t marked) {
  std::vector<std::uint64_t> timeless;
  auto rows = connection_.prepare(
      "SELECT number, bytes FROM receipt WHERE journal_epoch = :epoch AND journal_seq > :marked AND covers = 1");
  rows.bind(":epoch", journal_epoch_).bind(":marked", marked);
  for (db::Row const row : rows) {
    if (!require_receipt(row.get<BytesView>(1)).sent_at) timeless.push_back(row.get<std::uint64_t>(0));
  }
  for (auto const number : timeless) drop(number);
}

void Receipts::keep(wire::Receipt const& receipt) {
  auto const held = greatest();
  auto const marked = marked_seq();
  for (auto const& mark : receipt.marks) add_mark(mark);
  bool const marks_more = marked_seq() > marked;
  if (held && has_gone_back(receipt, *held)) return keep_as_proof(receipt);
  if (held && !marks_more && !has_gone_on(receipt, *held)) return;
  if (marks_more) drop_timeless(marked);
  bool const covers = marks_more || receipt.journal_seq > (held ? held->journal_seq : 0);
  drop_proofs_within(receipt);
  add(receipt, covers);
}

/// It covers fewer acts than another, because the centre lost some; but it alone may sign the feed that goes on since.
void Receipts::keep_as_proof(wire::Receipt const& receipt) {
  auto rows = connection_.prepare("SELECT bytes FROM receipt WHERE feed_epoch = :feed ORDER BY number DESC");
  rows.bind(":feed", receipt.feed_epoch);
  for (db::Row const row : rows) {
    if (proves_as_much(require_receipt(row.get<BytesView>(0)), receipt)) return;
  }
  drop_proofs_within(receipt);
  add(receipt, false);
}

/// Those kept for the feed's sake alone. The greatest of a journal stays where the new one covers less of it.
void Receipts::drop_proofs_within(wire::Receipt const& receipt) {
  std::vector<std::uint64_t> within;
  auto rows = connection_.prepare("SELECT number, bytes FROM receipt WHERE covers = 0");
  for (db::Row const row : rows) {
    auto const older = require_receipt(row.get<BytesView>(1));
    bool const covers_more = older.journal_epoch == receipt.journal_epoch && older.journal_seq > receipt.journal_seq;
    if (proves_as_much(receipt, older) && !covers_more) within.push_back(row.get<std::uint64_t>(0));
  }
  for (auto const number : within) drop(number);
}

void Receipts::drop(std::uint64_t number) {
  connection_.prepare("DELETE FROM receipt WHERE number = :number").bind(":number", number).run();
}

void Receipts::add(wire::Receipt const& receipt, bool covers) {
  connection_
      .prepare(
          "INSERT INTO receipt (journal_epoch, journal_seq, feed_epoch, feed_head, covers, bytes)"
          " VALUES (:journal_epoch, :journal_seq, :feed_epoch, :feed_head, :covers, :bytes)")
      .bind(":journal_epoch", receipt.journal_epoch)
      .bind(":journal_seq", receipt.journal_seq)
      .bind(":feed_epoch", receipt.feed_epoch)
      .bind(":feed_head", receipt.feed_head_seq)
      .bind(":covers", covers)
      .bind(":bytes", wire::pack_receipt(receipt))
      .run();
}

Coverage Receipts::coverage(std::uint64_t act_seq, Position feed_held) {
  auto rows = connection_.prepare(
      "SELECT feed_epoch, feed_head, bytes FROM receipt"
      " WHERE journal_epoch = :epoch AND journal_seq >= :seq AND covers = 1 ORDER BY journal_seq, number LIMIT 1");
  auto const row = rows.bind(":epoch", journal_epoch_).bind(":seq", act_seq).next();
  if (!row) return aside_coverage(connection_, {journal_epoch_, act_seq});
  auto const receipt = require_receipt(row->get<BytesView>(2));
  bool const passed =
      row->get<std::uint64_t>(0) != feed_held.epoch.value || row->get<std::uint64_t>(1) <= feed_held.seq;
  return {passed ? Delivery::kSettled : Delivery::kDelivered, number_of(receipt)};
}

std::vector<wire::Receipt> Receipts::proving(std::uint64_t act_seq) {
  auto rows = connection_.prepare(
      "SELECT bytes FROM receipt WHERE journal_epoch = :epoch AND journal_seq >= :seq AND covers = 1"
      " ORDER BY journal_seq, number");
  rows.bind(":epoch", journal_epoch_).bind(":seq", act_seq);
  std::vector<wire::Receipt> receipts;
  for (db::Row const row : rows) {
    auto receipt = require_receipt(row.get<BytesView>(0));
    bool const marks = std::ranges::any_of(receipt.marks, [&](auto const& mark) { return mark.seq >= act_seq; });
    if (receipts.empty() || marks) receipts.push_back(std::move(receipt));
    if (marks) break;
  }
  return receipts;
}

std::uint64_t Receipts::marked_seq() {
  auto rows = connection_.prepare("SELECT max(seq) FROM mark WHERE journal_epoch = :epoch");
  return rows.bind(":epoch", journal_epoch_).one<std::optional<std::uint64_t>>().value_or(0);
}

std::uint64_t Receipts::covered_seq() {
  auto rows = connection_.prepare("SELECT max(journal_seq) FROM receipt WHERE journal_epoch = :epoch");
  return rows.bind(":epoch", journal_epoch_).one<std::optional<std::uint64_t>>().value_or(0);
}

std::uint64_t Receipts::settled_seq(Position feed_held) {
  auto rows = connection_.prepare(
      "SELECT journal_seq FROM receipt WHERE journal_epoch = :epoch AND covers = 1"
      " AND (feed_epoch <> :feed_epoch OR feed_head <= :feed_seq) ORDER BY journal_seq DESC LIMIT 1");
  return rows.bind(":epoch", journal_epoch_)
      .bind(":feed_epoch", feed_held.epoch)
      .bind(":feed_seq", feed_held.seq)
      .maybe<std::uint64_t>()
      .value_or(0);
}

std::vector<wire::Receipt> all_receipts(db::Connection& connection) {
  std::vector<wire::Receipt> receipts;
  auto rows = connection.prepare("SELECT bytes FROM receipt ORDER BY number");
  for (db::Row const row : rows) receipts.push_back(require_receipt(row.get<BytesView>(0)));
  return receipts;
}

}  // namespace fieldnode::office
