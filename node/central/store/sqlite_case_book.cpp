#include "node/central/store/sqlite_case_book.h"

#include "node/blobs/label_rows.h"
#include "node/central/store/case_state.h"
#include "node/central/store/sequence.h"

namespace fieldnode::central {

SqliteCaseBook::SqliteCaseBook(db::Connection& connection, lists::ContactVault& vault)
    : connection_(connection), rows_(connection, vault), refusals_(connection), assignments_(connection) {}

void SqliteCaseBook::add(CaseRecord const& record, CaseContact const& contact) {
  rows_.add(record, contact);
  note_changed(record.id);
}

void SqliteCaseBook::update(CaseRecord const& record, CaseContact const& contact) {
  rows_.update(record, contact);
  note_changed(record.id);
}

void SqliteCaseBook::refuse(CaseId id, CaseRefusal const& refusal) {
  refusals_.rule(id, RefusalStanding::kEnded, refusal.staff, refusal.at);
  refusals_.add(id, refusal);
  follow(id);
}

void SqliteCaseBook::rule_refusal(CaseId id, RefusalStanding standing, StaffId staff, UtcTime at) {
  refusals_.rule(id, standing, staff, at);
  follow(id);
}

void SqliteCaseBook::merge(CaseId from, CaseId into) {
  auto const parts = merged_into(from);
  rows_.merge(from, into);
  follow(from);
  for (auto const& part : parts) note_changed(part.id);
  note_changed(into);
}

void SqliteCaseBook::follow(CaseId id) {
  refresh_state(connection_, id);
  note_changed(id);
}

CaseId SqliteCaseBook::next_case() { return CaseId{next_number(connection_, "case")}; }

AssignmentId SqliteCaseBook::next_assignment() { return AssignmentId{next_number(connection_, "assignment")}; }

std::vector<wire::BlobRef> SqliteCaseBook::attachments_of(CaseId id) {
  return blobs::LabelRows(connection_).all(blobs::owner_of(id));
}

void SqliteCaseBook::attach(CaseId id, wire::BlobRef const& file, StaffId who, UtcTime at) {
  blobs::LabelRows(connection_).add(blobs::owner_of(id), file, {who, at});
  note_changed(id);
}

void SqliteCaseBook::detach_all(CaseId id) { blobs::LabelRows(connection_).remove(blobs::owner_of(id)); }

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
