#include "node/central/import_intake.h"

#include "node/central/case_guards.h"
#include "node/central/dispatch.h"
#include "node/central/dispatch_desk.h"

namespace fieldnode::central {
namespace {

/// Gives the case to the unit. What may be refused comes before anything is written.
Result<void> dispatch(UnitWork& work, CaseRecord const& record, CaseContact const& contact, UtcTime now,
                      Random& random) {
  DispatchOrder const order{
      .id = work.cases().next_assignment(), .record = record, .contact = contact, .limits = {}, .at = now};
  auto const appended = append_dispatch(work, order, random);
  if (!appended) return appended.error();
  return {};
}

Result<Intake> take_new(UnitWork& work, ImportedCase const& imported, CaseSource const& source, UtcTime now,
                        Random& random) {
  auto const record = record_of(imported, source, work.cases().next_case(), now);
  auto const contact = contact_of(imported.contact);
  if (auto const room = require_room(record, contact); !room) return room.error();
  if (!imported.is_closed) {
    if (auto const given = dispatch(work, record, contact, now, random); !given) return given.error();
  }
  work.cases().add(record, contact);
  return Intake{.effect = imported.is_closed ? IntakeEffect::kClosed : IntakeEffect::kDispatched};
}

Result<void> tell(UnitWork& work, AssignmentId assignment, CaseRecord const& before, CaseRecord const& record,
                  CaseContact const& contact, UtcTime now) {
  auto const appended =
      work.append({.kind = rules::EntryKind::kCaseUpdate,
                   .assignment = assignment,
                   .payload = rules::CaseUpdate{},
                   .at = now,
                   .body = changed_words(before, record),
                   .contact = {.fields = changed_contact(work.cases().contact_of(before.id), contact), .keys = {}}});
  if (!appended) return appended.error();
  return {};
}

/// N5 forbids to record what the source goes on saying, of the case as of what is part of it.
bool is_withheld(CaseBook& book, CaseRecord const& known) {
  if (known.is_withheld()) return true;
  auto const whole = known.merged_into ? book.find(known.merged_into) : std::nullopt;
  return whole && whole->is_withheld();
}

Result<Intake> take_change(UnitWork& work, CaseRecord const& known, ImportedCase const& imported,
                           CaseSource const& source, UtcTime now, Random& random) {
  auto const live = live_among(work.cases().assignments_of(known.id));
  if (live && live->unit != work.unit().id) return Intake{.effect = IntakeEffect::kElsewhere, .holder = live->unit};
  bool const withheld = is_withheld(work.cases(), known);
  auto const record =
      withheld ? emptied(changed_record(known, imported, source)) : changed_record(known, imported, source);
  auto const contact = withheld ? CaseContact{} : contact_of(imported.contact);
  if (auto const room = require_room(record, contact); !room) return room.error();
  bool const reopened = known.source->is_history && !imported.is_closed;
  if (live) {
    if (auto const told = tell(work, live->id, known, record, contact, now); !told) return told.error();
  } else if (reopened) {
    if (auto const given = dispatch(work, record, contact, now, random); !given) return given.error();
  }
  work.cases().update(record, contact);
  return Intake{.effect = reopened ? IntakeEffect::kReopened : IntakeEffect::kUpdated};
}

}  // namespace

Result<Intake> take_in(UnitWork& work, ImportedCase const& imported, CaseSource const& source, UtcTime now,
                       Random& random) {
  auto const known = work.cases().find_imported(source.system, source.external_id);
  if (!known) return take_new(work, imported, source, now, random);
  bool const is_same =
      known->source->content_hash == source.content_hash && known->source->contact_hash == source.contact_hash;
  if (is_same) return Intake{.effect = IntakeEffect::kUnchanged};
  return take_change(work, *known, imported, source, now, random);
}

}  // namespace fieldnode::central
