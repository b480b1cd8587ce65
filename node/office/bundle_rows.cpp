#include "node/office/bundle_rows.h"

#include <algorithm>

namespace fieldnode::office {

std::uint64_t BundleRows::add(BundleOut const& bundle) {
  auto last = connection_.prepare("SELECT max(number) FROM bundle_out WHERE journal_epoch = :epoch");
  auto const number = last.bind(":epoch", journal_epoch_).one<std::optional<std::uint64_t>>().value_or(0) + 1;
  connection_
      .prepare(
          "INSERT INTO bundle_out (journal_epoch, number, created_at, after_seq, upto_seq)"
          " VALUES (:epoch, :number, :created_at, :after, :upto)")
      .bind(":epoch", journal_epoch_)
      .bind(":number", number)
      .bind(":created_at", bundle.created_at)
      .bind(":after", bundle.after)
      .bind(":upto", bundle.upto)
      .run();
  return number;
}

void BundleRows::finish(std::uint64_t number, std::uint64_t bytes) {
  connection_.prepare("UPDATE bundle_out SET bytes = :bytes WHERE journal_epoch = :epoch AND number = :number")
      .bind(":bytes", bytes)
      .bind(":epoch", journal_epoch_)
      .bind(":number", number)
      .run();
}

std::uint64_t BundleRows::take(BundleIn const& in) {
  connection_
      .prepare(
          "UPDATE bundle_out SET answered_at = :at"
          " WHERE journal_epoch = :epoch AND number = :answers AND answered_at IS NULL")
      .bind(":at", in.taken_at)
      .bind(":epoch", journal_epoch_)
      .bind(":answers", in.answers)
      .run();
  connection_
      .prepare(
          "INSERT INTO bundle_in (number, answers, created_on, taken_at, times)"
          " VALUES (:number, :answers, :created_on, :taken_at, 1) ON CONFLICT (number) DO UPDATE SET times = times + 1")
      .bind(":number", in.number)
      .bind(":answers", in.answers)
      .bind(":created_on", in.created_on)
      .bind(":taken_at", in.taken_at)
      .run();
  auto times = connection_.prepare("SELECT times FROM bundle_in WHERE number = :number");
  return times.bind(":number", in.number).one<std::uint64_t>();
}

BundleNews BundleRows::news(std::uint64_t covered) {
  BundleNews news;
  auto out = connection_.prepare(
      "SELECT number, created_at, after_seq, upto_seq, bytes, answered_at FROM bundle_out"
      " WHERE journal_epoch = :epoch AND bytes IS NOT NULL ORDER BY number DESC LIMIT 1");
  if (auto const row = out.bind(":epoch", journal_epoch_).next()) {
    news.out = BundleOut{row->get<std::uint64_t>(0),
                         row->get<UtcTime>(1),
                         row->get<std::uint64_t>(2),
                         row->get<std::uint64_t>(3),
                         row->get<std::optional<std::uint64_t>>(4),
                         row->get<std::optional<UtcTime>>(5)};
    news.acts_on_the_way = news.out->upto - std::min(news.out->upto, covered);
  }
  auto in = connection_.prepare(
      "SELECT number, answers, created_on, taken_at, times FROM bundle_in ORDER BY number DESC LIMIT 1");
  if (auto const row = in.next()) {
    news.in = BundleIn{row->get<std::uint64_t>(0), row->get<std::uint64_t>(1), row->get<UtcTime>(2),
                       row->get<UtcTime>(3), row->get<std::uint64_t>(4)};
  }
  return news;
}

}  // namespace fieldnode::office
