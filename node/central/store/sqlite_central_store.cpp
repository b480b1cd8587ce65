#include "node/central/store/sqlite_central_store.h"

#include <fmt/format.h>

#include <algorithm>

#include "node/central/store/assignment_rows.h"
#include "node/central/store/case_reader.h"
#include "node/central/store/case_rows.h"
#include "node/central/store/dossier_reader.h"
#include "node/central/store/evidence_reader.h"
#include "node/central/store/operator_note_rows.h"
#include "node/central/store/outage_rows.h"
#include "node/central/store/phone_reader.h"
#include "node/central/store/refusal_rows.h"
#include "node/central/store/rule_previewer.h"
#include "node/central/store/rule_rows.h"
#include "node/central/store/sequence.h"
#include "node/central/store/sqlite_unit_work.h"
#include "node/central/store/time_rows.h"
#include "node/central/store/unit_alarms.h"
#include "node/central/store/unit_rows.h"
#include "node/central/store/unit_witness.h"
#include "node/central/store/verification.h"
#include "node/central/store/veto_rows.h"
#include "node/db/health.h"
#include "node/db/transaction.h"
#include "node/lists/entry_lists.h"
#include "node/lists/state_digests.h"

namespace fieldnode::central {
namespace {

constexpr std::size_t kCodeMaxBytes = 64;
constexpr std::size_t kNameMaxBytes = 200;

bool is_fit(std::string_view text, std::size_t max_bytes) {
  auto const is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  return !text.empty() && text.size() <= max_bytes && text.front() != ' ' && text.back() != ' ' &&
         std::ranges::none_of(text, is_control);
}

Result<void> require_fit(std::string_view code, std::string_view name) {
  if (!is_fit(code, kCodeMaxBytes)) {
    return refuse("bad_unit_code", fmt::format("A unit's code has 1 to {} bytes, no control characters and no blank at "
                                               "either end; choose a short one such as BH.",
                                               kCodeMaxBytes));
  }
  if (!is_fit(name, kNameMaxBytes)) {
    return refuse("bad_unit_name", fmt::format("A unit's name has 1 to {} bytes, no control characters and no blank at "
                                               "either end.",
                                               kNameMaxBytes));
  }
  return {};
}

}  // namespace

SqliteCentralStore::SqliteCentralStore(db::Writer& writer, db::ReadPool& readers, lists::ContactVault& vault,
                                       Random& random, rules::RuleBook const& first)
    : writer_(writer), readers_(readers), vault_(vault), random_(random), rules_(first) {}

Result<void> SqliteCentralStore::with_unit(UnitId unit, UnitTask const& task) {
  StoreChange change;
  Result<void> done = writer_.run([&](db::Connection& connection) -> Result<void> {
    auto const record = UnitRows(connection).find(unit);
    if (!record) {
      return refuse("unknown_unit", fmt::format("There is no unit with the id {} in this city.", unit.value));
    }
    SqliteUnitWork work(connection, vault_, {rules_, random_, doubt_}, *record);
    if (auto const asked = task(work); !asked) return asked.error();
    work.finish();
    change = work.change();
    return {};
  });
  if (done) tell(change);
  return done;
}

Result<void> SqliteCentralStore::with_cases(CaseTask const& task) {
  StoreChange change;
  Result<void> done = writer_.run([&](db::Connection& connection) -> Result<void> {
    SqliteCaseBook book(connection, vault_);
    if (auto const asked = task(book); !asked) return asked.error();
    change.cases = book.changed();
    return {};
  });
  if (done) tell(change);
  return done;
}

Result<void> SqliteCentralStore::with_rules(RuleTask const& task) {
  return writer_.run([&](db::Connection& connection) -> Result<void> {
    RuleRows log(connection, rules_);
    return task(log);
  });
}

void SqliteCentralStore::tell(StoreChange const& change) const {
  bool const is_news = change.feed_grew || change.acts_came || change.nodes_changed || !change.cases.empty();
  if (is_news && changed_) changed_(change);
}

Result<void> SqliteCentralStore::note_serving(UtcTime now, bool unbroken) {
  return writer_.run([&](db::Connection& connection) { OutageRows(connection).beat(now, unbroken); });
}

Result<UnitRecord> SqliteCentralStore::add_unit(std::string_view code, std::string_view name, UtcTime now) {
  if (auto const fit = require_fit(code, name); !fit) return fit.error();
  return writer_.run([&](db::Connection& connection) -> Result<UnitRecord> {
    UnitRows rows(connection);
    if (rows.find(code)) {
      return refuse("unit_exists", fmt::format("Unit {} is there already; choose another code.", code));
    }
    UnitRecord unit{
        .id = UnitId{next_number(connection, "unit")}, .code = std::string(code), .name = std::string(name)};
    rows.add(unit, now);
    SqliteUnitWork work(connection, vault_, {rules_, random_, doubt_}, unit);
    if (auto const opened = work.open_feed(now); !opened) return opened.error();
    if (auto const told = work.append_rules(now); !told) return told.error();
    return unit;
  });
}

std::optional<UnitRecord> SqliteCentralStore::find_unit(std::string_view code) {
  auto const reader = readers_.lease();
  return UnitRows(*reader).find(code);
}

std::optional<UnitRecord> SqliteCentralStore::find_unit(UnitId id) {
  auto const reader = readers_.lease();
  return UnitRows(*reader).find(id);
}

std::vector<UnitOverview> SqliteCentralStore::units() {
  auto const reader = readers_.lease();
  db::Snapshot const snapshot(*reader);
  UnitRows rows(*reader);
  std::vector<UnitOverview> overviews;
  for (auto& unit : rows.all()) {
    auto const node = rows.find_node(unit.node);
    auto const figures = AssignmentRows(*reader).figures_of(unit.id);
    auto alarms = UnitAlarms(*reader, unit.id).all();
    bool const waits = rows.awaits_report(unit.id);
    overviews.push_back({.unit = std::move(unit),
                         .node = node,
                         .figures = figures,
                         .awaits_report = waits,
                         .alarms = std::move(alarms)});
  }
  return overviews;
}

std::optional<NodeRecord> SqliteCentralStore::find_node(Hash const& fingerprint) {
  auto const reader = readers_.lease();
  return UnitRows(*reader).find_node(fingerprint);
}

std::vector<NodeRecord> SqliteCentralStore::nodes() {
  auto const reader = readers_.lease();
  return UnitRows(*reader).nodes();
}

std::optional<NodeRecord> SqliteCentralStore::node_serving(UnitId unit) {
  auto const reader = readers_.lease();
  db::Snapshot const snapshot(*reader);
  auto const record = UnitRows(*reader).find(unit);
  return record ? UnitRows(*reader).find_node(record->node) : std::nullopt;
}

std::optional<CodeRecord> SqliteCentralStore::find_code(std::uint16_t locator) {
  auto const reader = readers_.lease();
  return UnitRows(*reader).find_code(locator);
}

std::optional<Position> SqliteCentralStore::feed_head(UnitId unit) {
  auto const reader = readers_.lease();
  auto const head = lists::EntryLists(*reader, vault_, unit).head(wire::ListKind::kFeed);
  if (!head) return std::nullopt;
  return Position{head->list.epoch, head->seq};
}

CasePage SqliteCentralStore::cases(CaseFilter const& filter) {
  auto const reader = readers_.lease();
  db::Snapshot const snapshot(*reader);
  return CaseReader(*reader, vault_).page(filter);
}

std::optional<CaseFile> SqliteCentralStore::case_file(CaseId id) {
  auto const reader = readers_.lease();
  db::Snapshot const snapshot(*reader);
  return CaseReader(*reader, vault_).file(id);
}

std::optional<CaseRecord> SqliteCentralStore::find_case(CaseId id) {
  auto const reader = readers_.lease();
  return CaseRows(*reader, vault_).find(id);
}

CaseContact SqliteCentralStore::contact_of(CaseId id) {
  auto const reader = readers_.lease();
  return CaseRows(*reader, vault_).contact_of(id);
}

std::vector<AssignmentRow> SqliteCentralStore::assignments_of(CaseId id) {
  auto const reader = readers_.lease();
  return AssignmentRows(*reader).of_case(id);
}

std::optional<AssignmentRow> SqliteCentralStore::find_assignment(AssignmentId id) {
  auto const reader = readers_.lease();
  return AssignmentRows(*reader).find(id);
}

std::vector<AssignmentRow> SqliteCentralStore::assignments_of_unit(UnitId unit, AssignmentId after, std::size_t limit) {
  auto const reader = readers_.lease();
  return AssignmentRows(*reader).of_unit(unit, after, limit);
}

std::optional<AssignmentDossier> SqliteCentralStore::dossier(AssignmentId id) {
  auto const reader = readers_.lease();
  db::Snapshot const snapshot(*reader);
  auto const row = AssignmentRows(*reader).find(id);
  if (!row) return std::nullopt;
  return DossierReader(*reader, vault_, rules_).judged(*row);
}

AwaitingPage SqliteCentralStore::awaiting(AssignmentId after, std::size_t limit) {
  auto const reader = readers_.lease();
  db::Snapshot const snapshot(*reader);
  DossierReader dossiers(*reader, vault_, rules_);
  AwaitingPage page{.dossiers = {}, .next = {}, .total = AssignmentRows(*reader).figures().awaiting};
  for (auto const& row : AssignmentRows(*reader).awaiting(after, limit + 1)) {
    if (page.dossiers.size() == limit) {
      page.next = page.dossiers.back().row.id;
      break;
    }
    page.dossiers.push_back(dossiers.dossier(row));
  }
  return page;
}

CityCounts SqliteCentralStore::counts() {
  auto const reader = readers_.lease();
  db::Snapshot const snapshot(*reader);
  return {.units = reader->prepare("SELECT count(*) FROM unit").one<std::uint64_t>(),
          .cases = CaseRows(*reader, vault_).counts(),
          .assignments = AssignmentRows(*reader).figures(),
          .refusals = RefusalRows(*reader).counts()};
}

std::optional<engine::ListHead> SqliteCentralStore::journal_at(UnitId unit, Position upto) {
  auto const reader = readers_.lease();
  db::Snapshot const snapshot(*reader);
  return PhoneReader(*reader, vault_).journal_at(unit, upto);
}

std::vector<PhoneDue> SqliteCentralStore::phone_codes_due() {
  auto const reader = readers_.lease();
  db::Snapshot const snapshot(*reader);
  return PhoneReader(*reader, vault_).due();
}

Result<void> SqliteCentralStore::with_times(TimeTask const& task) {
  return writer_.run([&](db::Connection& connection) {
    TimeRows rows(connection);
    return task(rows);
  });
}

std::vector<TimeCorrectionProposal> SqliteCentralStore::time_corrections() {
  auto const reader = readers_.lease();
  return TimeRows(*reader).all();
}

SpanCounts SqliteCentralStore::counts_of(SignedSpan const& span) {
  auto const reader = readers_.lease();
  return TimeRows(*reader).counts_of(span);
}

std::vector<UnitId> SqliteCentralStore::units_in(SignedSpan const& span) {
  auto const reader = readers_.lease();
  return TimeRows(*reader).units_in(span);
}

PhoneLog SqliteCentralStore::phone_log(UnitId unit) {
  auto const reader = readers_.lease();
  db::Snapshot const snapshot(*reader);
  return PhoneReader(*reader, vault_).log(unit);
}

rules::Shelf SqliteCentralStore::city_rules() {
  auto const reader = readers_.lease();
  return RuleRows(*reader, rules_).shelf();
}

std::vector<RuleRecord> SqliteCentralStore::published_rules() {
  auto const reader = readers_.lease();
  return RuleRows(*reader, rules_).published();
}

std::vector<RuleProposal> SqliteCentralStore::rule_proposals() {
  auto const reader = readers_.lease();
  return RuleRows(*reader, rules_).waiting();
}

std::vector<UnitId> SqliteCentralStore::units_behind_rules() {
  auto const reader = readers_.lease();
  return RuleRows(*reader, rules_).units_behind();
}

RulePreview SqliteCentralStore::preview_rules(rules::RuleEdition const& edition, UtcTime now) {
  auto const reader = readers_.lease();
  db::Snapshot const snapshot(*reader);
  return RulePreviewer(*reader, vault_, rules_).preview(edition, now);
}

std::optional<lists::StoredEntry> SqliteCentralStore::rules_applied_by(UnitId unit) {
  auto const reader = readers_.lease();
  db::Snapshot const snapshot(*reader);
  auto entries =
      lists::EntryLists(*reader, vault_, unit).unit_entries(wire::ListKind::kJournal, rules::EntryKind::kRulesApplied);
  if (entries.empty()) return std::nullopt;
  return std::move(entries.back());
}

AsidePage SqliteCentralStore::aside(UnitId unit, std::uint64_t after, std::size_t most) {
  auto const reader = readers_.lease();
  db::Snapshot const snapshot(*reader);
  AsideRows rows(*reader, vault_, unit);
  auto const [total, waiting] = rows.counts();
  AsidePage page{.acts = rows.after(after, most + 1), .next = 0, .total = total, .waiting = waiting};
  if (page.acts.size() > most) {
    page.acts.pop_back();
    page.next = page.acts.back().number;
  }
  return page;
}

std::optional<AsideAct> SqliteCentralStore::find_aside(std::uint64_t number) {
  auto const reader = readers_.lease();
  db::Snapshot const snapshot(*reader);
  auto const unit =
      reader->prepare("SELECT unit FROM aside_act WHERE number = :number").bind(":number", number).maybe<UnitId>();
  return unit ? AsideRows(*reader, vault_, *unit).find(number) : std::nullopt;
}

std::vector<lists::StoredEntry> SqliteCentralStore::unit_log(UnitId unit, std::size_t most) {
  auto const reader = readers_.lease();
  db::Snapshot const snapshot(*reader);
  return lists::EntryLists(*reader, vault_, unit).unit_log(most);
}

rules::Shelf SqliteCentralStore::rules_of(UnitId unit) {
  auto const reader = readers_.lease();
  db::Snapshot const snapshot(*reader);
  return rules_.on(*reader, vault_, unit);
}

void SqliteCentralStore::write_evidence(wire::EvidenceWriter& writer, UnitEvidence const& evidence,
                                        engine::CityKey const& city) {
  auto const reader = readers_.lease();
  db::Snapshot const snapshot(*reader);
  EvidenceReader(*reader, vault_, evidence, city).write(writer);
}

ListEnds SqliteCentralStore::list_ends(UnitId unit) {
  auto const reader = readers_.lease();
  db::Snapshot const snapshot(*reader);
  lists::EntryLists lists(*reader, vault_, unit);
  auto const end_of = [&](wire::ListKind kind) {
    auto const head = lists.head(kind);
    return head ? Position{head->list.epoch, head->seq} : Position{};
  };
  return {end_of(wire::ListKind::kFeed), end_of(wire::ListKind::kJournal)};
}

lists::UnitAssessment SqliteCentralStore::assessment(UnitId unit, lists::AssessmentOrder const& order) {
  auto const reader = readers_.lease();
  db::Snapshot const snapshot(*reader);
  lists::EntryLists lists(*reader, vault_, unit);
  UnitWitness witness(*reader, lists, unit);
  return lists::assess_unit(lists, witness, *rules_.on(*reader, vault_, unit), order);
}

std::vector<VetoProposal> SqliteCentralStore::veto_proposals(UnitId unit) {
  auto const reader = readers_.lease();
  return VetoRows(*reader).of_unit(unit);
}

std::optional<UnitId> SqliteCentralStore::unit_of_proposal(std::uint64_t proposal) {
  auto const reader = readers_.lease();
  auto const found = VetoRows(*reader).find(proposal);
  return found ? std::optional(found->unit) : std::nullopt;
}

Result<void> SqliteCentralStore::add_operator_note(OperatorNote const& note) {
  return writer_.run([&](db::Connection& connection) -> Result<void> {
    OperatorNoteRows rows(connection);
    auto const earlier = rows.find(note.request);
    if (!earlier) {
      rows.add(note);
      return {};
    }
    auto same = note;
    same.at = earlier->at;
    if (same == *earlier) return {};
    return refuse("request_id_reused", "Another note was written under this id before; reload the page and try again.");
  });
}

std::vector<OperatorNote> SqliteCentralStore::operator_notes() {
  auto const reader = readers_.lease();
  return OperatorNoteRows(*reader).all();
}

rules::UnitState SqliteCentralStore::replay(UnitId unit, std::optional<Position> feed_upto,
                                            std::optional<Position> acts_upto) {
  auto const reader = readers_.lease();
  db::Snapshot const snapshot(*reader);
  return lists::EntryLists(*reader, vault_, unit).replay(feed_upto, acts_upto);
}

Result<void> SqliteCentralStore::fill_in() {
  return writer_.run([&](db::Connection& connection) -> Result<void> {
    CaseRows(connection, vault_).fill_in_hashes();
    for (auto const& unit : UnitRows(connection).all()) {
      lists::EntryLists lists(connection, vault_, unit.id);
      lists::StateDigests(connection, lists, unit.id).fill();
    }
    return {};
  });
}

Result<Verification> SqliteCentralStore::verify() {
  auto const reader = readers_.lease();
  db::Snapshot const snapshot(*reader);
  auto verified = Verifier(*reader, vault_, rules_).run();
  if (!verified) return verified;
  // Last: what the lists prove is told by its place, and this finds what no list stands behind.
  if (auto const whole = db::require_whole(*reader); !whole) return whole.error();
  return verified;
}

}  // namespace fieldnode::central
