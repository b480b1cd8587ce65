#include "node/central/store/sqlite_unit_epochs.h"

#include <fmt/format.h>

#include <algorithm>

#include "node/central/store/restore_marks.h"
#include "node/central/store/rule_rows.h"
#include "node/central/store/salt_keys.h"
#include "node/central/store/signed_head_rows.h"
#include "node/central/store/unit_alarms.h"
#include "node/central/store/unit_rows.h"
#include "node/lists/list_register.h"
#include "sync/base/check.h"

namespace fieldnode::central {

using wire::ListKind;

namespace {

std::string text_of(wire::Body const& body, wire::TextTag tag) {
  auto const found = std::ranges::find(body.texts, tag, &wire::TextField::tag);
  return found == body.texts.end() ? std::string() : found->text;
}

wire::Body body_of(lists::StoredEntry const& entry) {
  auto body = wire::decode_body(entry.entry.body.bytes);
  return body ? *std::move(body) : wire::Body{};  // erased
}

CaseContact contact_of(lists::StoredEntry const& entry) {
  auto contact = wire::decode_contact(entry.entry.contact.bytes);
  return contact ? std::move(contact->fields) : CaseContact{};  // erased
}

Refusal report_conflicts(std::string_view what, std::uint64_t number) {
  return refuse("report_conflicts",
                fmt::format("The node hands back {0} {1}, whose number this centre has given to another one since its "
                            "files were put back without `restore`: nothing was taken in. An operator must look at "
                            "both {0}s; the node keeps what it holds.",
                            what, number));
}

/// A case that was made after the lost dispatch and says something else only shares the number with the lost one.
bool is_another(CaseRecord const& held, std::string const& title, UtcTime dispatched_at) {
  return held.created_at > dispatched_at && held.title != title;
}

}  // namespace

std::vector<engine::EpochRun> SqliteUnitEpochs::journals() { return runs(ListKind::kJournal); }

std::vector<engine::EpochRun> SqliteUnitEpochs::feeds() { return runs(ListKind::kFeed); }

std::vector<engine::EpochRun> SqliteUnitEpochs::runs(ListKind kind) {
  std::vector<engine::EpochRun> runs;
  lists::ListRegister lists(world_.connection, world_.unit);
  for (auto const& list : lists.all(kind)) {
    runs.push_back({list.head, std::min(list.head.seq, lists.run_end(list))});
  }
  return runs;
}

std::optional<Hash> SqliteUnitEpochs::hash_at(ListKind kind, Position at) { return world_.lists.hash_at(kind, at); }

std::vector<wire::EncodedEntry> SqliteUnitEpochs::entries_after(ListKind kind, Position at, std::size_t budget_bytes) {
  return world_.lists.lasting_after(kind, at, budget_bytes);
}

std::optional<wire::SignedHead> SqliteUnitEpochs::signed_head(wire::ListName const& journal) {
  return SignedHeadRows(world_.connection).find(journal);
}

void SqliteUnitEpochs::register_journal(wire::ListName const& journal) {
  world_.lists.open(journal);
  // A report may have brought words on its acts back before it.
  for (auto const id : world_.lists.resting_on(journal.epoch)) world_.touched(id);
  // From here on receipts count the acts of the new journal.
  world_.connection.prepare("UPDATE node SET journal_epoch = :epoch, receipted_seq = 0 WHERE id = :node")
      .bind(":epoch", journal.epoch)
      .bind(":node", journal.node)
      .run();
  // An operator has chosen a copy; the others are heard of again when they call.
  UnitAlarms alarms(world_.connection, world_.unit);
  alarms.clear("journal_fork");
  alarms.clear("journal_superseded");
}

bool SqliteUnitEpochs::awaits_report() { return UnitRows(world_.connection).awaits_report(world_.unit); }

UtcTime SqliteUnitEpochs::awaits_report_since() { return UnitRows(world_.connection).awaits_report_since(world_.unit); }

void SqliteUnitEpochs::await_reports(UtcTime now) { mark_restored(world_.connection, now); }

std::optional<wire::SaltKeys> SqliteUnitEpochs::feed_keys(AssignmentId assignment) {
  return world_.lists.keys_of(ListKind::kFeed, assignment);
}

Result<void> SqliteUnitEpochs::readopt(wire::ListName const& feed, engine::FeedArrival const& arrival) {
  world_.lists.open(feed);
  lists::StoredEntry const entry{
      {feed.epoch, arrival.seq}, arrival.leaf, arrival.hash, arrival.skeleton, arrival.entry};
  world_.lists.append_received(ListKind::kFeed, entry);
  switch (entry.skeleton.kind) {
    case rules::EntryKind::kDispatch:
      if (auto const made = readopt_case(entry); !made) return made;
      break;
    case rules::EntryKind::kPolicy:
    case rules::EntryKind::kCalendar:
      readopt_rule(entry);
      break;
    case rules::EntryKind::kRedact:
      // A target that is not held has nothing left to redact.
      (void)world_.lists.apply_redact(entry.at);
      break;
    default:
      break;
  }
  world_.feed_grew();
  if (entry.skeleton.assignment) world_.touched(entry.skeleton.assignment);
  return {};
}

void SqliteUnitEpochs::attach_to(CaseId id, lists::StoredEntry const& dispatch) {
  for (auto const& file : body_of(dispatch).blobs) {
    world_.work.cases().attach(id, file, dispatch.skeleton.staff, dispatch.skeleton.time.estimate);
  }
}

/// A case that was made after the backup comes back with the words of its dispatch, which are its own; its files are
/// attached to it as they were.
Result<void> SqliteUnitEpochs::readopt_case(lists::StoredEntry const& dispatch) {
  auto const& said = std::get<rules::Dispatch>(dispatch.skeleton.payload);
  auto const id = dispatch.skeleton.assignment;
  auto given = world_.connection.prepare("SELECT count(*) FROM assignment WHERE id = :id");
  if (given.bind(":id", id).one<std::uint64_t>() > 0) return report_conflicts("assignment", id.value);
  auto const body = body_of(dispatch);
  auto& cases = world_.work.cases();
  if (auto const held = cases.find(said.case_id)) {
    if (is_another(*held, text_of(body, wire::TextTag::kTitle), dispatch.skeleton.time.estimate)) {
      return report_conflicts("case", said.case_id.value);
    }
    attach_to(said.case_id, dispatch);
    return {};
  }
  CaseRecord const record{.id = said.case_id,
                          .number = text_of(body, wire::TextTag::kNumber),
                          .title = text_of(body, wire::TextTag::kTitle),
                          .text = text_of(body, wire::TextTag::kText),
                          .place = text_of(body, wire::TextTag::kPlace),
                          .category = said.category,
                          .kind = said.kind,
                          .urgent = said.urgent,
                          .confidential = said.confidential,
                          .limits = said.limits,
                          .created_at = dispatch.skeleton.time.estimate,
                          .state = CaseState::kNew,
                          .source = {}};
  cases.add(record, contact_of(dispatch));
  attach_to(said.case_id, dispatch);
  return {};
}

/// Every feed brings the same publications in the same order: one that this feed has more than the city knows was lost.
void SqliteUnitEpochs::readopt_rule(lists::StoredEntry const& published) {
  RuleRows rules(world_.connection, world_.rules);
  if (world_.lists.published_rules().size() <= rules.published().size()) return;
  RuleText text{.kind = published.skeleton.kind,
                .version = {},
                .document = text_of(body_of(published), wire::TextTag::kDocument)};
  StaffId second{};
  if (auto const* const policy = std::get_if<rules::PolicyVersion>(&published.skeleton.payload)) {
    text.version = policy->version;
  } else if (auto const* const calendar = std::get_if<rules::CalendarVersion>(&published.skeleton.payload)) {
    text.version = calendar->version;
    second = calendar->second;
  }
  rules.publish(text, published.skeleton.staff, second, published.skeleton.time.estimate);
}

void SqliteUnitEpochs::readopt(wire::Receipt const& receipt) {
  ReceiptRows rows(world_.connection, world_.unit);
  for (auto const& mark : receipt.marks) {
    if (mark.seq > rows.marked_seq(receipt.journal_epoch)) rows.add_mark(receipt.journal_epoch, mark);
  }
  rows.keep_times(receipt);
  if (receipt.sent_at) world_.work.note_told(*receipt.sent_at);
}

void SqliteUnitEpochs::note_judged(Position upto) {
  world_.connection
      .prepare(
          "UPDATE unit SET judged_seq = CASE WHEN judged_epoch = :epoch THEN max(judged_seq, :seq) ELSE :seq END,"
          " judged_epoch = :epoch WHERE id = :unit")
      .bind(":epoch", upto.epoch)
      .bind(":seq", upto.seq)
      .bind(":unit", world_.unit)
      .run();
}

bool SqliteUnitEpochs::was_judged(Position act) {
  return world_.connection
             .prepare("SELECT count(*) FROM unit WHERE id = :unit AND judged_epoch = :epoch AND judged_seq >= :seq")
             .bind(":unit", world_.unit)
             .bind(":epoch", act.epoch)
             .bind(":seq", act.seq)
             .one<std::uint64_t>() > 0;
}

void SqliteUnitEpochs::resume_feed(std::uint64_t lost, UtcTime at) {
  auto const end = world_.lists.head(ListKind::kFeed);
  check(end.has_value(), "a unit has a feed from its first day");
  if (lost > 0) {
    UnitAlarms(world_.connection, world_.unit)
        .raise({"feed_lost", end->list.epoch.value, end->seq + 1, end->seq + lost, at});
  }
  world_.connection.prepare("UPDATE unit SET awaits_report = 0 WHERE id = :unit").bind(":unit", world_.unit).run();
  auto const opened = open_feed(at);
  check(opened.has_value(), "an opening says nothing that could be refused");
  auto const told = world_.work.append_rules(at);
  check(told.has_value(), "what was published once is taken by every feed");
}

Result<void> SqliteUnitEpochs::open_feed(UtcTime at) {
  auto bits = world_.random.bits64();
  while (bits == 0) bits = world_.random.bits64();  // 0 would mean "no epoch"
  rules::Opening opening;
  if (auto const before = world_.lists.head(ListKind::kFeed)) {
    opening = {{before->list.epoch, before->seq}, before->hash};
  }
  world_.lists.open({ListKind::kFeed, world_.unit, {}, Epoch{bits}});
  auto const opened = world_.work.append({.kind = rules::EntryKind::kFeedOpening,
                                          .assignment = {},
                                          .payload = opening,
                                          .staff = {},
                                          .at = at,
                                          .body = {},
                                          .contact = {.fields = {}, .keys = draw_salt_keys(world_.random)}});
  if (!opened) return opened.error();
  return {};
}

}  // namespace fieldnode::central
