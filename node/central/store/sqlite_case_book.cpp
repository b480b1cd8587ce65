#include "node/central/store/sqlite_case_book.h"

#include "node/central/store/sequence.h"

namespace fieldnode::central {

SqliteCaseBook::SqliteCaseBook(db::Connection& connection, lists::ContactVault& vault)
    : connection_(connection), rows_(connection, vault), assignments_(connection) {}

CaseId SqliteCaseBook::next_case() { return CaseId{next_number(connection_, "case")}; }

AssignmentId SqliteCaseBook::next_assignment() { return AssignmentId{next_number(connection_, "assignment")}; }

std::optional<RequestRecord> SqliteCaseBook::find_request(std::string_view id) {
  auto select = connection_.prepare(
      "SELECT id, content, case_id, assignment, feed_epoch, feed_seq, at FROM request WHERE id = :id");
  auto const row = select.bind(":id", id).next();
  if (!row) return std::nullopt;
  return RequestRecord{.id = row->get<std::string>(0),
                       .content = row->get<Hash>(1),
                       .case_id = row->get<CaseId>(2),
                       .assignment = row->get<AssignmentId>(3),
                       .entry = {row->get<Epoch>(4), row->get<std::uint64_t>(5)},
                       .at = row->get<UtcTime>(6)};
}

void SqliteCaseBook::keep_request(RequestRecord const& request) {
  connection_
      .prepare(
          "INSERT INTO request (id, content, case_id, assignment, feed_epoch, feed_seq, at)"
          " VALUES (:id, :content, :case_id, :assignment, :feed_epoch, :feed_seq, :at)")
      .bind(":id", request.id)
      .bind(":content", request.content)
      .bind(":case_id", request.case_id)
      .bind(":assignment", request.assignment)
      .bind(":feed_epoch", request.entry.epoch)
      .bind(":feed_seq", request.entry.seq)
      .bind(":at", request.at)
      .run();
}

}  // namespace fieldnode::central
