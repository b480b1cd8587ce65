#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "node/central/store/rule_log.h"
#include "node/central/store/time_book.h"
#include "node/central/store/unit_work.h"
#include "node/lists/stored_entry.h"
#include "node/lists/unit_assessment.h"
#include "sync/engine/exchange_server.h"
#include "sync/rules/replay.h"
#include "sync/rules/rule_shelf.h"
#include "sync/rules/verdict.h"

namespace fieldnode::central {

/// What the centre's clock is worth at this moment: nothing while its time may be signed, else the last moment that was
/// sure.
using ClockDoubt = std::function<std::optional<UtcTime>()>;

struct CaseFilter {
  std::optional<CaseState> state;
  rules::Category category{};  ///< none: any
  std::string words;           ///< part of number, title or place, in any language and of any length; empty: any
  std::size_t limit{50};
  CaseId before{};  ///< none: from the newest
};

/// A case as another one names it.
struct CaseName {
  CaseId id{};
  std::string number;
  std::string title;
};

/// An assignment with the unit that has it.
struct HeldAssignment {
  AssignmentRow row;
  UnitRecord unit;
};

/// A case with what a list shows beside it.
struct CaseLine {
  CaseRecord record;
  std::optional<CaseName> earlier;      ///< that its refusal names
  std::optional<CaseName> merged_into;  ///< what it is part of
  std::optional<HeldAssignment> last;   ///< its last assignment
};

struct CasePage {
  std::vector<CaseLine> cases;
  CaseId next{};  ///< `before` of the following page; none after the last
  std::uint64_t total{};
};

/// Why a case may be about the same matter.
enum class Likeness : std::uint8_t { kTelephone = 1, kPlace = 2, kWords = 3 };

struct SimilarCase {
  CaseId id{};
  Likeness why{};
};

/// Everything about one case, from one reading.
struct CaseFile {
  CaseLine line;
  CaseContact contact;
  std::vector<HeldAssignment> assignments;               ///< in the order in which they were given
  std::vector<CaseRecord> merged;                        ///< what is part of it
  std::vector<CaseRefusal> refusals;                     ///< all that it ever had
  std::vector<UnmaskingRecord> unmaskings;               ///< the oldest first
  std::vector<std::pair<CaseRecord, Likeness>> similar;  ///< the surest first
};

/// Names of staff by id; one that is missing is not known.
using StaffNames = std::map<StaffId, std::string>;

/// Everything about one assignment, from one reading.
struct AssignmentDossier {
  AssignmentRow row;
  UnitRecord unit;
  CaseRecord record;
  StaffNames staff;  ///< of the unit, as its journal says
  rules::AssignmentState state;
  std::vector<lists::StoredEntry> feed;  ///< entries on it, in order
  std::vector<lists::StoredEntry> acts;
  rules::Shelf rules;                         ///< of the unit
  std::vector<rules::ClockVerdict> verdicts;  ///< where one dossier is asked for; none beyond the calendar
};

/// Assignments on which something waits for the centre, by id.
struct AwaitingPage {
  std::vector<AssignmentDossier> dossiers;
  AssignmentId next{};  ///< `after` of the following page; none after the last
  std::uint64_t total{};
};

struct CityCounts {
  std::uint64_t units{};
  std::map<CaseState, std::uint64_t> cases;  ///< a state that no case is in is left out
  UnitFigures assignments;
  std::map<rules::ReturnReason, std::uint64_t> refusals;  ///< those that stand, by code
};

/// What revoked nodes of a unit delivered, by number.
struct AsidePage {
  std::vector<AsideAct> acts;
  std::uint64_t next{};  ///< `after` of the following page; 0 after the last
  std::uint64_t total{};
  std::uint64_t waiting{};  ///< not adopted
};

/// The heads of a unit's feed and journal.
struct ListEnds {
  Position feed{};
  Position journal{};
  friend bool operator==(ListEnds const&, ListEnds const&) = default;
};

/// What one commit changed, for those who show it.
struct StoreChange {
  UnitId unit{};  ///< none: cases alone
  bool feed_grew{};
  bool acts_came{};
  bool nodes_changed{};  ///< one came, was confirmed, refused or revoked
  std::set<CaseId> cases;
};

/// What a unit's lists come to: both ends of the exchange have the same digest at the same heads.
struct UnitDigest {
  std::string code;
  Position feed{};
  Position journal{};  ///< of the live journal; none before the first enrolment: seq 0
  Hash digest{};
};

struct Verification {
  std::vector<UnitDigest> units;
  std::uint64_t entries{};
  std::uint64_t assignments{};
  std::uint64_t receipts{};
};

/// What a file of evidence tells of one unit, as of one transaction.
struct UnitEvidence {
  UnitId unit{};
  std::set<AssignmentId> assignments;
  std::vector<lists::EvidenceEnd> ends;
};

/// The centre's database. Implementations: SQLite, PostgreSQL. Thread: any.
class CentralStore {
 public:
  using UnitTask = std::function<Result<void>(UnitWork&)>;
  using CaseTask = std::function<Result<void>(CaseBook&)>;
  using RuleTask = std::function<Result<void>(RuleLog&)>;
  using TimeTask = std::function<Result<void>(TimeBook&)>;

  virtual ~CentralStore() = default;

  /// One transaction on the unit's locked row; on disk when it returns. A refusal or exception of `task` undoes it all.
  /// Errors: `unknown_unit`; the task's; the storage's.
  [[nodiscard]] virtual Result<void> with_unit(UnitId unit, UnitTask const& task) = 0;
  /// One transaction on cases alone. Errors: as above.
  [[nodiscard]] virtual Result<void> with_cases(CaseTask const& task) = 0;
  /// One transaction on what the city publishes. Errors: as above.
  [[nodiscard]] virtual Result<void> with_rules(RuleTask const& task) = 0;
  /// One transaction on proposals to take times back. Errors: as above.
  [[nodiscard]] virtual Result<void> with_times(TimeTask const& task) = 0;
  /// Called after each commit that changed something that a page shows, on the thread of that call. Set before the
  /// store is shared.
  virtual void on_change(std::function<void(StoreChange const&)> listener) = 0;

  /// The centre serves at `now`; `unbroken`: ever since it last said so. Else what lies between is an outage of its
  /// own, if it is long enough. Errors: the storage's.
  [[nodiscard]] virtual Result<void> note_serving(UtcTime now, bool unbroken) = 0;

  /// Adds the unit and opens its feed, which begins with what the city has published. Errors: `unit_exists`,
  /// `bad_unit_code` (empty, over 64 bytes, control characters, blanks at an end), `bad_unit_name` (the same, 200
  /// bytes).
  [[nodiscard]] virtual Result<UnitRecord> add_unit(std::string_view code, std::string_view name, UtcTime now) = 0;
  [[nodiscard]] virtual std::optional<UnitRecord> find_unit(std::string_view code) = 0;
  [[nodiscard]] virtual std::optional<UnitRecord> find_unit(UnitId id) = 0;
  /// By code.
  [[nodiscard]] virtual std::vector<UnitOverview> units() = 0;

  [[nodiscard]] virtual std::optional<NodeRecord> find_node(Hash const& fingerprint) = 0;
  [[nodiscard]] virtual std::optional<CodeRecord> find_code(std::uint16_t locator) = 0;
  /// Of all units, those that are in service no more too; by unit, then in the order of their enrolment.
  [[nodiscard]] virtual std::vector<NodeRecord> nodes() = 0;
  /// The program in charge of the unit; nothing where none is.
  [[nodiscard]] virtual std::optional<NodeRecord> node_serving(UnitId unit) = 0;
  /// Where the unit's feed ends now.
  [[nodiscard]] virtual std::optional<Position> feed_head(UnitId unit) = 0;

  /// The newest first.
  [[nodiscard]] virtual CasePage cases(CaseFilter const& filter) = 0;
  [[nodiscard]] virtual std::optional<CaseFile> case_file(CaseId id) = 0;
  [[nodiscard]] virtual std::optional<CaseRecord> find_case(CaseId id) = 0;
  [[nodiscard]] virtual CaseContact contact_of(CaseId id) = 0;
  [[nodiscard]] virtual std::vector<AssignmentRow> assignments_of(CaseId id) = 0;
  [[nodiscard]] virtual std::optional<AssignmentRow> find_assignment(AssignmentId id) = 0;
  /// By id, those after `after`, at most `limit`.
  [[nodiscard]] virtual std::vector<AssignmentRow> assignments_of_unit(UnitId unit, AssignmentId after,
                                                                       std::size_t limit) = 0;
  [[nodiscard]] virtual std::optional<AssignmentDossier> dossier(AssignmentId id) = 0;
  /// Those after `after`, at most `limit`.
  [[nodiscard]] virtual AwaitingPage awaiting(AssignmentId after, std::size_t limit) = 0;
  [[nodiscard]] virtual CityCounts counts() = 0;
  /// Those after the number `after`, at most `most`.
  [[nodiscard]] virtual AsidePage aside(UnitId unit, std::uint64_t after, std::size_t most) = 0;
  [[nodiscard]] virtual std::optional<AsideAct> find_aside(std::uint64_t number) = 0;
  /// What was last said of the unit as a whole, the newest first.
  [[nodiscard]] virtual std::vector<lists::StoredEntry> unit_log(UnitId unit, std::size_t most) = 0;

  /// The unit's journal up to and with `upto`, in whichever of its epochs; nothing where it is not held so far.
  [[nodiscard]] virtual std::optional<engine::ListHead> journal_at(UnitId unit, Position upto) = 0;
  /// The codes of the whole city that can be compared with a journal now, and were not yet.
  [[nodiscard]] virtual std::vector<PhoneDue> phone_codes_due() = 0;
  [[nodiscard]] virtual PhoneLog phone_log(UnitId unit) = 0;
  /// The newest first.
  [[nodiscard]] virtual std::vector<TimeCorrectionProposal> time_corrections() = 0;
  [[nodiscard]] virtual SpanCounts counts_of(SignedSpan const& span) = 0;
  /// To whom something in the span was signed or told that was not taken back.
  [[nodiscard]] virtual std::vector<UnitId> units_in(SignedSpan const& span) = 0;

  /// The books that the city's publications make; the last is in force for what is of no unit.
  [[nodiscard]] virtual rules::Shelf city_rules() = 0;
  [[nodiscard]] virtual std::vector<RuleRecord> published_rules() = 0;
  [[nodiscard]] virtual std::vector<RuleProposal> rule_proposals() = 0;
  /// Units whose feeds do not bring all of them yet.
  [[nodiscard]] virtual std::vector<UnitId> units_behind_rules() = 0;
  /// What `edition` would move if it were published at `now`.
  [[nodiscard]] virtual RulePreview preview_rules(rules::RuleEdition const& edition, UtcTime now) = 0;
  /// The last act of the unit's journal that says by which rules its node counts; nothing if there is none.
  [[nodiscard]] virtual std::optional<lists::StoredEntry> rules_applied_by(UnitId unit) = 0;
  /// Where both lists of the unit end; the journal's is that of the live one. What an assessment is made of changes
  /// with them. None: seq 0.
  [[nodiscard]] virtual ListEnds list_ends(UnitId unit) = 0;
  /// One reading of the whole unit.
  [[nodiscard]] virtual lists::UnitAssessment assessment(UnitId unit, lists::AssessmentOrder const& order) = 0;
  /// The newest first.
  [[nodiscard]] virtual std::vector<VetoProposal> veto_proposals(UnitId unit) = 0;
  [[nodiscard]] virtual std::optional<UnitId> unit_of_proposal(std::uint64_t proposal) = 0;
  /// A repeat under the same request changes nothing. Errors: `request_id_reused`; the storage's.
  [[nodiscard]] virtual Result<void> add_operator_note(OperatorNote const& note) = 0;
  /// The newest first.
  [[nodiscard]] virtual std::vector<OperatorNote> operator_notes() = 0;

  /// By which rules the unit counts, as its feed says.
  [[nodiscard]] virtual rules::Shelf rules_of(UnitId unit) = 0;
  /// Writes the unit's part of a file of evidence: nodes, lists, signed heads, receipts, times. `city` signs.
  virtual void write_evidence(wire::EvidenceWriter& writer, UnitEvidence const& evidence,
                              engine::CityKey const& city) = 0;
  /// The fold of all of the unit's entries up to the given places (nothing: all), for the digest.
  [[nodiscard]] virtual rules::UnitState replay(UnitId unit, std::optional<Position> feed_upto,
                                                std::optional<Position> acts_upto) = 0;
  /// Recomputes both chains of every unit, every projection and what every kept receipt says.
  /// Errors: `chain_broken`, `projection_differs`, `receipt_differs`, each naming unit and place.
  [[nodiscard]] virtual Result<Verification> verify() = 0;
};

}  // namespace fieldnode::central
