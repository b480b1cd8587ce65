#include "tests/sim/oracle/oracle.h"

#include <fmt/format.h>

#include <array>

#include "node/office/truth.h"

namespace fieldnode::sim {
namespace {

using wire::ListKind;

/// As the column "stage" of the table calls them, in the order of their numbers in the digest.
constexpr std::array<std::string_view, 9> kStages{"undispatched", "open",     "contacted",  "resolved", "unconfirmed",
                                                  "closed",       "returned", "taken_back", "redone"};

std::string_view name_of_stage(rules::Stage stage) { return kStages[static_cast<std::size_t>(stage)]; }

std::string name_of(SimOffice const& office) { return "unit " + std::to_string(office.identity().unit.value); }

bool is_ruled_out(Fate fate) { return fate == Fate::kRefused || fate == Fate::kConflict || fate == Fate::kSetAside; }

}  // namespace

Oracle::Seat& Oracle::seat_of(SimOffice& office) {
  auto& seat = seats_[&office];
  seat.journal = office.identity().journal_epoch;
  return seat;
}

// ---- what people were told ------------------------------------------------------------------------------------------

void Oracle::saved(SimOffice& office, ToldAct act, rules::TimeEvidence const& claimed) {
  auto const& interval = claimed.interval;
  bool const sound = !act.truth || holds(seat_of(office), interval, *act.truth);
  if (!sound && !is_excused(office.identity().unit)) {
    findings_.add(
        "I5", fmt::format("{}: act {} claims [{}, {}] and was made at {}", name_of(office), act.at.seq,
                          ms_of(interval.earliest), interval.latest ? ms_of(*interval.latest) : -1, ms_of(*act.truth)));
  }
  seat_of(office).floor = std::max(seat_of(office).floor, interval.earliest);
  if (!redactions_.has(office.identity().unit, act.act_id)) roll_.told(office, act.act_id, act.assignment);
  if (!has_turned(office)) note_told(office, std::move(act));
}

void Oracle::note_told(SimOffice& office, ToldAct act) {
  auto const known = told_ids_.find(act.act_id);
  if (known != told_ids_.end() && known->second != act.at) {
    findings_.add("I2", fmt::format("{}: act {} was saved twice, as {} and as {}", name_of(office), act.act_id,
                                    known->second.seq, act.at.seq));
  }
  if (known != told_ids_.end()) return;
  auto const place = told_.find(act.at);
  if (place != told_.end() && place->second.leaf != act.leaf) {
    findings_.add("I3", fmt::format("{}: seq {} was given twice", name_of(office), act.at.seq));
  }
  seat_of(office).not_in_force.emplace(act.at, act.assignment);
  told_ids_.emplace(act.act_id, act.at);
  told_.emplace(act.at, std::move(act));
}

void Oracle::redacted(UnitId unit, Redaction const& redaction) {
  redactions_.add(unit, redaction);
  roll_.forget(unit, redaction.act_id);
}

void Oracle::look_at_time(SimOffice& office) {
  if (is_excused(office.identity().unit)) return;
  auto& seat = seat_of(office);
  auto const now = office.time().now();
  auto const& interval = now.interval;
  auto const truth = timeline_.truth();
  if (interval.earliest < seat.floor) {
    findings_.add("I5", fmt::format("{}: the floor goes back to {}", name_of(office), ms_of(interval.earliest)));
  }
  if (holds({}, interval, truth) && (!interval.latest || now.anchor != seat.hidden_under)) seat.hidden = {};
  if (holds(seat, interval, truth)) return;
  findings_.add("I5", fmt::format("{}: true time {} is not in [{}, {}]", name_of(office), ms_of(truth),
                                  ms_of(interval.earliest), interval.latest ? ms_of(*interval.latest) : -1));
}

void Oracle::exchanged(SimOffice& office, engine::ExchangeOutcome const& outcome, std::uint64_t acts, bool answered) {
  if (!answered) findings_.add("I7", name_of(office) + ": an exchange is said to be done that nobody answered");
  if (has_turned(office)) return;
  check_covered(office);
  note_in_force(office);
  if (!outcome.delivered_all) return;
  auto const held = office.store().snapshot();
  auto const covered = held.greatest ? held.greatest->journal_seq : 0;
  if (covered < acts) {
    findings_.add("I7", fmt::format("{}: all is said to be delivered, and receipts cover {} of {} acts",
                                    name_of(office), covered, acts));
  }
}

void Oracle::hide_pause(SimOffice& office, Milliseconds by) {
  auto& seat = seat_of(office);
  seat.hidden += by;
  seat.hidden_under = office.time().now().anchor;
}

bool Oracle::holds(Seat const& seat, TimeInterval const& interval, UtcTime truth) {
  return interval.earliest <= truth && (!interval.latest || truth <= *interval.latest + seat.hidden);
}

// ---- what the ends show ---------------------------------------------------------------------------------------------

void Oracle::look_at(SimOffice& office) {
  auto& seat = seat_of(office);
  lists::EntryLists lists(office.connection(), office.vault(), office.identity().unit);
  redactions_.look_at(office);
  if (has_turned(office)) {
    (void)lists_.look(lists, ListKind::kFeed, Holder::kReader);
    return roll_.look_at(office);
  }
  auto changed = lists_.look(lists, ListKind::kJournal, Holder::kWriter);
  changed.merge(lists_.look(lists, ListKind::kFeed, Holder::kReader));
  changed.merge(seat.changed_office);
  changed.erase(AssignmentId{});
  seat.changed_office.clear();
  compare_told(office);
  check_monotonic(office);
  check_outages(office);
  check_covered(office);
  if (findings_.none()) compare_office(office, changed);
}

void Oracle::look_at(SimCentre& centre, UnitId unit) {
  lists::EntryLists lists(centre.connection(), centre.vault(), unit);
  auto changed = lists_.look(lists, ListKind::kFeed, Holder::kWriter);
  redactions_.look_at(centre, unit);
  if (turned_.contains(unit)) return;
  changed.merge(lists_.look(lists, ListKind::kJournal, Holder::kReader));
  changed.erase(AssignmentId{});
  auto const feed = lists.head(ListKind::kFeed);
  auto const journal = lists.head(ListKind::kJournal);
  if (feed) check_notes(*lists_.find(ListKind::kFeed, feed->list.epoch));
  if (feed && journal) {
    check_late_refusals(unit, *lists_.find(ListKind::kFeed, feed->list.epoch),
                        *lists_.find(ListKind::kJournal, journal->list.epoch));
  }
  if (findings_.none()) compare_centre(centre, unit, changed);
}

void Oracle::look_at_both(SimOffice& office, SimCentre& centre) {
  look_at(office);
  look_at(centre, office.identity().unit);
  if (has_turned(office)) return;
  auto const held = office.store().snapshot();
  auto const there = lists_.shown(ListKind::kJournal, held.journal.list.epoch, Holder::kReader);
  if (held.greatest && held.greatest->journal_seq > there) {
    findings_.add("I7", fmt::format("{}: act {} is called delivered, and the centre holds {}", name_of(office),
                                    held.greatest->journal_seq, there));
  }
}

void Oracle::look_at_all(SimOffice& office, SimCentre& centre) {
  look_at_both(office, centre);
  if (!findings_.none()) return;
  if (has_turned(office)) return roll_.compare(office, centre);
  auto const ids = office.assignments();
  std::set<AssignmentId> const all(ids.begin(), ids.end());
  compare_office(office, all);
  compare_centre(centre, office.identity().unit, all);
}

/// I1: what was told is there, as it was told.
void Oracle::compare_told(SimOffice& office) {
  auto const epoch = office.identity().journal_epoch;
  auto const* const journal = lists_.find(ListKind::kJournal, epoch);
  for (auto told = told_.lower_bound({epoch, 0}); told != told_.end() && told->first.epoch == epoch; ++told) {
    auto const seq = told->first.seq;
    if (journal != nullptr && seq <= journal->leaves.size() && journal->leaves[seq - 1] == told->second.leaf) continue;
    findings_.add("I1", fmt::format("{}: act {} was told to be saved and is not there", name_of(office), seq));
  }
}

/// I5: what a journal claims as earliest never goes back, unless the centre has taken a time back.
void Oracle::check_monotonic(SimOffice& office) {
  auto const unit = office.identity().unit;
  auto& seat = seat_of(office);
  auto const* const journal = lists_.find(ListKind::kJournal, seat.journal);
  if (journal == nullptr || is_excused(unit)) return;
  UtcTime floor{};
  for (auto const& act : journal->entries) {
    if (act.earliest < floor) {
      findings_.add("I5", fmt::format("{}: the floor goes back at act {}", name_of(office), act.at.seq));
    }
    floor = act.earliest;
  }
}

/// I2: one outage is told once. Two outages are longer apart than the bounds of their moments are wide.
void Oracle::check_outages(SimOffice& office) {
  auto const* const journal = lists_.find(ListKind::kJournal, office.identity().journal_epoch);
  if (journal == nullptr) return;
  constexpr auto kNear = std::chrono::minutes(4);
  SeenEntry const* before = nullptr;
  for (auto const& act : journal->entries) {
    if (act.kind != seen::kOutage) continue;
    bool const again = before != nullptr && act.attempts == before->attempts &&
                       std::chrono::abs(act.from - before->from) < kNear &&
                       std::chrono::abs(act.until - before->until) < kNear;
    if (again) {
      findings_.add("I2", fmt::format("{}: act {} tells of an outage that was told", name_of(office), act.at.seq));
    }
    before = &act;
  }
}

/// I7: what is called delivered the centre holds, and no later receipt takes that back.
void Oracle::check_covered(SimOffice& office) {
  auto& seat = seat_of(office);
  auto const held = office.store().snapshot();
  auto const covered = held.greatest ? held.greatest->journal_seq : 0;
  if (covered < seat.covered) {
    findings_.add("I7", fmt::format("{}: act {} was delivered and is not any more", name_of(office), seat.covered));
  }
  seat.covered = covered;
}

/// Looked at after every exchange: an "in force" that lasted a moment counts, too.
void Oracle::note_in_force(SimOffice& office) {
  auto& seat = seat_of(office);
  std::erase_if(seat.not_in_force, [&](auto const& told) {
    if (told.first.seq > seat.covered) return false;
    auto const file = office.store().file_of(told.second);
    if (file) judge_truths(office, *file);
    return seat.shown_in_force.contains(told.first);
  });
}

/// I2: what an operator asked for once stands once.
void Oracle::check_notes(SeenList const& feed) {
  std::map<AssignmentId, std::uint64_t> notes;
  for (auto const& entry : feed.entries) {
    if (entry.kind == seen::kSupervisionNote) ++notes[entry.assignment];
  }
  for (auto const& [id, count] : notes) {
    if (count <= notes_asked_[id]) continue;
    findings_.add("I2",
                  fmt::format("assignment {} has {} notes, and {} were asked for", id.value, count, notes_asked_[id]));
  }
}

/// I6: no limit of an application is over within sixteen hours of the dispatch, so no such act is late.
void Oracle::check_late_refusals(UnitId unit, SeenList const& feed, SeenList const& journal) {
  if (is_excused(unit)) return;
  std::map<AssignmentId, UtcTime> dispatched;
  for (auto const& entry : feed.entries) {
    if (entry.kind == seen::kDispatch) dispatched.emplace(entry.assignment, entry.estimate);
    if (entry.kind != seen::kRefusal || entry.code != "application_late") continue;
    auto const told = told_.find(entry.named);
    if (told == told_.end() || !told->second.truth || entry.named.epoch != journal.name.epoch) continue;
    if (*told->second.truth - dispatched[entry.assignment] >= std::chrono::hours(16)) continue;
    findings_.add("I6", fmt::format("unit {}: act {} was made at {}, soon after the dispatch, and was refused as late",
                                    unit.value, entry.named.seq, ms_of(*told->second.truth)));
  }
}

void Oracle::compare_office(SimOffice& office, std::set<AssignmentId> const& ids) {
  if (ids.empty()) return;
  auto const held = office.store().snapshot();
  auto const* const journal = lists_.find(ListKind::kJournal, held.journal.list.epoch);
  auto const* const feed = lists_.find(ListKind::kFeed, held.feed.list.epoch);
  if (journal == nullptr || feed == nullptr) return;
  auto const ahead = feed->at(held.previewed);
  auto const folded = fold_unit(table_, {feed->entries, held.feed.seq, ahead, journal->entries, held.journal.seq});
  auto const who = name_of(office) + " at its office";
  for (auto const id : ids) {
    auto const file = office.store().file_of(id);
    auto const mine = folded.find(id);
    if (!file || mine == folded.end()) {
      findings_.add("I4", fmt::format("{}: assignment {} is known to one of oracle and office", who, id.value));
      continue;
    }
    if (name_of_stage(file->row.stage) != mine->second.stage) {
      findings_.add("I4", fmt::format("{}: the list shows assignment {} as {}, it is {}", who, id.value,
                                      name_of_stage(file->row.stage), mine->second.stage));
    }
    compare_fold(who, id, file->state, mine->second);
    judge_truths(office, *file);
    judge_verdicts(who, office.identity().unit, id, file->verdicts);
  }
}

void Oracle::compare_centre(SimCentre& centre, UnitId unit, std::set<AssignmentId> const& ids) {
  if (ids.empty()) return;
  lists::EntryLists lists(centre.connection(), centre.vault(), unit);
  auto const journal_head = lists.head(ListKind::kJournal);
  auto const feed_head = lists.head(ListKind::kFeed);
  if (!journal_head || !feed_head) return;
  auto const* const journal = lists_.find(ListKind::kJournal, journal_head->list.epoch);
  auto const* const feed = lists_.find(ListKind::kFeed, feed_head->list.epoch);
  auto const folded = fold_unit(table_, {feed->entries, feed_head->seq, {}, journal->entries, journal_head->seq});
  auto const who = fmt::format("unit {} at the centre", unit.value);
  for (auto const id : ids) {
    auto const dossier = centre.store().dossier(id);
    auto const mine = folded.find(id);
    if (!dossier || mine == folded.end()) continue;  // an act on an assignment that this unit never had
    if (name_of_stage(dossier->row.stage) != mine->second.stage) {
      findings_.add("I4", fmt::format("{}: the list shows assignment {} as {}, it is {}", who, id.value,
                                      name_of_stage(dossier->row.stage), mine->second.stage));
    }
    compare_fold(who, id, dossier->state, mine->second);
    for (auto const& act : mine->second.acts) {
      if (act.fate != Fate::kNoEffect) continue;
      findings_.add("I4",
                    fmt::format("{}: act {} was taken in, has no effect, and no entry says why", who, act.act->at.seq));
    }
    judge_verdicts(who, unit, id, dossier->verdicts);
  }
}

void Oracle::compare_fold(std::string const& who, AssignmentId id, rules::AssignmentState const& state,
                          FoldedAssignment const& folded) {
  if (name_of_stage(state.stage()) != folded.stage) {
    findings_.add("I4", fmt::format("{}: assignment {} is {}, the program says {}", who, id.value, folded.stage,
                                    name_of_stage(state.stage())));
  }
  check_counted(who, id, folded);
  if (state.idle_entries != folded.idle) {
    findings_.add("I4", fmt::format("{}: of assignment {} {} entries changed nothing, the program says {}", who,
                                    id.value, folded.idle.size(), state.idle_entries.size()));
  }
  if (state.acts.size() != folded.acts.size()) {
    findings_.add("I2", fmt::format("{}: assignment {} has {} acts, the program says {}", who, id.value,
                                    folded.acts.size(), state.acts.size()));
    return;
  }
  for (std::size_t i = 0; i < folded.acts.size(); ++i) {
    auto const& mine = folded.acts[i];
    auto const& theirs = state.acts[i];
    bool const same =
        mine.act->at == theirs.at && static_cast<unsigned>(mine.fate) == static_cast<unsigned>(theirs.standing);
    if (same) continue;
    findings_.add("I4",
                  fmt::format("{}: act {} on assignment {} stands as {}, the program says {}", who, mine.act->at.seq,
                              id.value, static_cast<unsigned>(mine.fate), static_cast<unsigned>(theirs.standing)));
  }
}

/// I4: an assignment is known up to some entry and each one counts once, whether it came with the feed or ahead of it.
void Oracle::check_counted(std::string const& who, AssignmentId id, FoldedAssignment const& folded) {
  std::uint64_t number = 0;
  for (auto const* const entry : folded.feed) {
    if (entry->number == ++number) continue;
    return findings_.add("I4", fmt::format("{}: entry {} on assignment {} has number {} and stands as number {}", who,
                                           entry->at.seq, id.value, entry->number, number));
  }
}

/// I7: what the page says of each act, and whether it ever has to take back an "in force".
void Oracle::judge_truths(SimOffice& office, office::AssignmentFile const& file) {
  auto& seat = seat_of(office);
  for (auto const& act : file.acts) {
    auto const* const record = file.state.act(act.entry.at);
    if (record == nullptr) continue;
    auto const truth = office::truth_of(*record, act.coverage.delivery);
    bool const against = is_ruled_out(static_cast<Fate>(record->standing));
    if (truth == office::Truth::kInForce) seat.shown_in_force.insert(act.entry.at);
    if (against && seat.shown_in_force.contains(act.entry.at)) {
      findings_.add("I7", fmt::format("{}: act {} was shown in force and is not", name_of(office), act.entry.at.seq));
    }
  }
}

void Oracle::judge_verdicts(std::string const& who, UnitId unit, AssignmentId id,
                            std::vector<rules::ClockVerdict> const& verdicts) {
  if (is_excused(unit)) return;
  for (auto const& verdict : verdicts) {
    if (!verdict.act) continue;
    auto const told = told_.find(verdict.act->at);
    if (told == told_.end() || !told->second.truth) continue;
    judge_verdict(who, id, verdict, *told->second.truth);
  }
}

/// I6.
void Oracle::judge_verdict(std::string const& who, AssignmentId id, rules::ClockVerdict const& verdict, UtcTime truth) {
  auto const seq = verdict.act->at.seq;
  auto const& bracket = verdict.bracket;
  if (truth < bracket.earliest || (bracket.latest && truth > *bracket.latest)) {
    findings_.add(
        "I6",
        fmt::format("{}: act {} on assignment {} was made at {}, outside of what is called proven, [{}, {}]", who, seq,
                    id.value, ms_of(truth), ms_of(bracket.earliest), bracket.latest ? ms_of(*bracket.latest) : -1));
  }
  if (!verdict.due || !verdict.verdict) return;
  bool const in_time = std::chrono::floor<std::chrono::seconds>(truth) <= *verdict.due;
  using rules::Verdict;
  bool const says_in_time = *verdict.verdict == Verdict::kInTimeProven || *verdict.verdict == Verdict::kInTimeByClock;
  bool const says_late = *verdict.verdict == Verdict::kLateProven || *verdict.verdict == Verdict::kLateByClock;
  if ((says_in_time && !in_time) || (says_late && in_time)) {
    findings_.add("I6", fmt::format("{}: act {} on assignment {} was {} and is called {}", who, seq, id.value,
                                    in_time ? "in time" : "late", static_cast<unsigned>(*verdict.verdict)));
  }
}

}  // namespace fieldnode::sim
