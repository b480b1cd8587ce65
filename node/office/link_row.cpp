#include "node/office/link_row.h"

namespace fieldnode::office {

LinkRecord load_link(db::Connection& connection) {
  auto rows = connection.prepare("SELECT last_exchange_at, error_code, error_sentence, failed_at FROM link");
  auto const row = rows.next();
  if (!row) return {};
  LinkRecord record{row->get<std::optional<UtcTime>>(0), std::nullopt};
  if (auto const at = row->get<std::optional<UtcTime>>(3)) {
    record.failure = LinkFailure{{row->get<std::string>(1), row->get<std::string>(2)}, *at};
  }
  return record;
}

void note_exchange(db::Connection& connection, std::optional<UtcTime> sent_at) {
  connection
      .prepare(
          "INSERT INTO link (id, last_exchange_at, error_code, error_sentence, failed_at)"
          " VALUES (1, :at, '', '', NULL) ON CONFLICT (id) DO UPDATE SET"
          " last_exchange_at = coalesce(excluded.last_exchange_at, last_exchange_at),"
          " error_code = '', error_sentence = '', failed_at = NULL")
      .bind(":at", sent_at)
      .run();
}

void note_link_failure(db::Connection& connection, LinkFailure const& failure) {
  connection
      .prepare(
          "INSERT INTO link (id, last_exchange_at, error_code, error_sentence, failed_at)"
          " VALUES (1, NULL, :code, :sentence, :at) ON CONFLICT (id) DO UPDATE SET"
          " error_code = excluded.error_code, error_sentence = excluded.error_sentence,"
          " failed_at = excluded.failed_at")
      .bind(":code", failure.why.code)
      .bind(":sentence", failure.why.sentence)
      .bind(":at", failure.at)
      .run();
}

}  // namespace fieldnode::office
