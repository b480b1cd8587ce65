#include "node/central/store/operator_note_rows.h"

namespace fieldnode::central {
namespace {

OperatorNote note_from(db::Row const& row) {
  return {row.get<std::string>(0), row.get<StaffId>(1), static_cast<rules::SupervisionGround>(row.get<std::uint8_t>(2)),
          row.get<std::string>(3), row.get<StaffId>(4), row.get<UtcTime>(5)};
}

}  // namespace

void OperatorNoteRows::add(OperatorNote const& note) {
  connection_
      .prepare(
          "INSERT INTO operator_note (request, about, ground, text, staff, at)"
          " VALUES (:request, :about, :ground, :text, :staff, :at)")
      .bind(":request", note.request)
      .bind(":about", note.about)
      .bind(":ground", static_cast<std::int64_t>(note.ground))
      .bind(":text", note.text)
      .bind(":staff", note.staff)
      .bind(":at", note.at)
      .run();
}

std::optional<OperatorNote> OperatorNoteRows::find(std::string_view request) {
  auto select =
      connection_.prepare("SELECT request, about, ground, text, staff, at FROM operator_note WHERE request = :request");
  auto const row = select.bind(":request", request).next();
  if (!row) return std::nullopt;
  return note_from(*row);
}

std::vector<OperatorNote> OperatorNoteRows::all() {
  auto select =
      connection_.prepare("SELECT request, about, ground, text, staff, at FROM operator_note ORDER BY id DESC");
  std::vector<OperatorNote> notes;
  for (db::Row const row : select) notes.push_back(note_from(row));
  return notes;
}

}  // namespace fieldnode::central
