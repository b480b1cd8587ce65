#pragma once

#include "node/central/store/central_store.h"
#include "node/db/read_pool.h"
#include "node/db/writer.h"
#include "node/lists/contact_vault.h"
#include "node/lists/unit_rules.h"
#include "sync/base/random.h"

namespace fieldnode::central {

/// The centre's database as one SQLite file. Everything handed in but `first` must outlive it; the file is migrated.
/// `first`: the rules that hold until the city has published others.
class SqliteCentralStore : public CentralStore {
 public:
  SqliteCentralStore(db::Writer& writer, db::ReadPool& readers, lists::ContactVault& vault, Random& random,
                     rules::RuleBook const& first);

  /// Asked before every entry of a feed. Without it every time is taken for sure.
  void watch_clock(ClockDoubt doubt) { doubt_ = std::move(doubt); }

  [[nodiscard]] Result<void> with_unit(UnitId unit, UnitTask const& task) override;
  [[nodiscard]] Result<void> with_cases(CaseTask const& task) override;
  [[nodiscard]] Result<void> with_rules(RuleTask const& task) override;
  void on_change(std::function<void(StoreChange const&)> listener) override { changed_ = std::move(listener); }

  [[nodiscard]] Result<void> note_serving(UtcTime now, bool unbroken) override;
  [[nodiscard]] Result<UnitRecord> add_unit(std::string_view code, std::string_view name, UtcTime now) override;
  [[nodiscard]] std::optional<UnitRecord> find_unit(std::string_view code) override;
  [[nodiscard]] std::optional<UnitRecord> find_unit(UnitId id) override;
  [[nodiscard]] std::vector<UnitOverview> units() override;
  [[nodiscard]] std::optional<NodeRecord> find_node(Hash const& fingerprint) override;
  [[nodiscard]] std::vector<NodeRecord> nodes() override;
  [[nodiscard]] std::optional<NodeRecord> node_serving(UnitId unit) override;
  [[nodiscard]] std::optional<CodeRecord> find_code(std::uint16_t locator) override;
  [[nodiscard]] std::optional<Position> feed_head(UnitId unit) override;

  [[nodiscard]] CasePage cases(CaseFilter const& filter) override;
  [[nodiscard]] std::optional<CaseFile> case_file(CaseId id) override;
  [[nodiscard]] std::optional<CaseRecord> find_case(CaseId id) override;
  [[nodiscard]] CaseContact contact_of(CaseId id) override;
  [[nodiscard]] std::vector<AssignmentRow> assignments_of(CaseId id) override;
  [[nodiscard]] std::optional<AssignmentRow> find_assignment(AssignmentId id) override;
  [[nodiscard]] std::vector<AssignmentRow> assignments_of_unit(UnitId unit, AssignmentId after,
                                                               std::size_t limit) override;
  [[nodiscard]] std::optional<AssignmentDossier> dossier(AssignmentId id) override;
  [[nodiscard]] AwaitingPage awaiting(AssignmentId after, std::size_t limit) override;
  [[nodiscard]] CityCounts counts() override;
  [[nodiscard]] AsidePage aside(UnitId unit, std::uint64_t after, std::size_t most) override;
  [[nodiscard]] std::optional<AsideAct> find_aside(std::uint64_t number) override;
  [[nodiscard]] std::vector<lists::StoredEntry> unit_log(UnitId unit, std::size_t most) override;

  [[nodiscard]] std::optional<engine::ListHead> journal_at(UnitId unit, Position upto) override;
  [[nodiscard]] std::vector<PhoneDue> phone_codes_due() override;
  [[nodiscard]] PhoneLog phone_log(UnitId unit) override;
  [[nodiscard]] Result<void> with_times(TimeTask const& task) override;
  [[nodiscard]] std::vector<TimeCorrectionProposal> time_corrections() override;
  [[nodiscard]] SpanCounts counts_of(SignedSpan const& span) override;
  [[nodiscard]] std::vector<UnitId> units_in(SignedSpan const& span) override;

  [[nodiscard]] rules::Shelf city_rules() override;
  [[nodiscard]] std::vector<RuleRecord> published_rules() override;
  [[nodiscard]] std::vector<RuleProposal> rule_proposals() override;
  [[nodiscard]] std::vector<UnitId> units_behind_rules() override;
  [[nodiscard]] RulePreview preview_rules(rules::RuleEdition const& edition, UtcTime now) override;
  [[nodiscard]] std::optional<lists::StoredEntry> rules_applied_by(UnitId unit) override;
  [[nodiscard]] ListEnds list_ends(UnitId unit) override;
  [[nodiscard]] lists::UnitAssessment assessment(UnitId unit, lists::AssessmentOrder const& order) override;
  [[nodiscard]] std::vector<VetoProposal> veto_proposals(UnitId unit) override;
  [[nodiscard]] std::optional<UnitId> unit_of_proposal(std::uint64_t proposal) override;
  [[nodiscard]] Result<void> add_operator_note(OperatorNote const& note) override;
  [[nodiscard]] std::vector<OperatorNote> operator_notes() override;
  [[nodiscard]] rules::Shelf rules_of(UnitId unit) override;
  void write_evidence(wire::EvidenceWriter& writer, UnitEvidence const& evidence, engine::CityKey const& city) override;
  [[nodiscard]] rules::UnitState replay(UnitId unit, std::optional<Position> feed_upto,
                                        std::optional<Position> acts_upto) override;
  [[nodiscard]] Result<Verification> verify() override;

  /// Fills in what an older program did not store and SQL alone cannot make. Costs nothing when all is there.
  /// Errors: the storage's.
  [[nodiscard]] Result<void> fill_in();

 private:
  void tell(StoreChange const& change) const;

  db::Writer& writer_;
  db::ReadPool& readers_;
  lists::ContactVault& vault_;  // readers only open with it, which changes nothing in it
  Random& random_;
  lists::UnitRules rules_;
  ClockDoubt doubt_;
  std::function<void(StoreChange const&)> changed_;
};

}  // namespace fieldnode::central
