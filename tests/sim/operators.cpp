#include "tests/sim/operators.h"

#include <fmt/format.h>

#include "schema_files.h"

namespace fieldnode::sim {
namespace {

using rules::EntryKind;

constexpr StaffId kOperator{1};

}  // namespace

void Operators::dispatch(SimCentre& centre) {
  auto const& [unit, code] = units_[chance_.below(units_.size())];
  central::CaseForm form{.title = "路灯不亮",
                         .text = "市民来电反映路灯不亮",
                         .place = "幸福路",
                         .category = static_cast<rules::Category>(1 + chance_.below(5)),
                         .kind = static_cast<rules::CaseKind>(1 + chance_.below(5))};
  form.urgent = chance_.below(10) == 0;
  form.contact = {{wire::ContactTag::kTelephone, "13800138000"}, {wire::ContactTag::kName, "王某"}};
  auto const made = centre.dispatches().create_case(kOperator, request_id(), form, now(centre));
  if (!made) return;
  auto const given = centre.dispatches().dispatch(kOperator, request_id(), made->id, code, {}, now(centre));
  if (!given) return;
  given_.push_back(given->assignment);
  oracle_.gave(given->assignment);
  say(fmt::format("dispatches {} to unit {}", given->assignment.value, unit.value));
}

void Operators::decide(SimCentre& centre) {
  if (given_.empty() || takes_back(centre) || redacts(centre)) return;
  auto const waiting = centre.store().awaiting({}, 20).dossiers;
  bool const looks_at_list = !waiting.empty() && chance_.below(4) != 0;
  auto const recent = std::min<std::size_t>(given_.size(), 30);
  auto const id =
      looks_at_list ? waiting[chance_.below(waiting.size())].row.id : given_[given_.size() - 1 - chance_.below(recent)];
  auto const dossier = centre.store().dossier(id);
  if (dossier) rule(centre, id, draw(dossier->state));
}

bool Operators::takes_back(SimCentre& centre) {
  if (!faults_.is_on(Fault::kTakenBackMeanwhile) || fault_chance_.below(16) != 0) return false;
  auto const newest = std::min<std::size_t>(given_.size(), 12);
  rule(centre, given_[given_.size() - 1 - fault_chance_.below(newest)],
       {EntryKind::kTakeBack, rules::TakeBack{}, "改派"});
  return true;
}

bool Operators::redacts(SimCentre& centre) {
  if (!faults_.is_on(Fault::kRedacted) || fault_chance_.below(24) != 0) return false;
  auto const id = given_[given_.size() - 1 - fault_chance_.below(std::min<std::size_t>(given_.size(), 20))];
  auto const dossier = centre.store().dossier(id);
  if (!dossier || dossier->state.acts.empty()) return false;
  auto const& acts = dossier->state.acts;
  auto const target = acts[fault_chance_.below(acts.size())].at;
  auto const unit = centre.store().find_assignment(id)->unit;
  auto const act =
      lists::EntryLists(centre.connection(), centre.vault(), unit).entry_at(wire::ListKind::kJournal, target);
  auto const act_id = act ? act_id_in(*act) : std::string();
  if (act_id.empty()) return false;
  auto const decided = rule(centre, id, {EntryKind::kRedact, rules::Redact{target, true}, "涉及隐私"});
  if (!decided) return true;
  faults_.note(Fault::kRedacted);
  oracle_.redacted(unit, {decided->entry, target, act_id});
  return true;
}

std::optional<central::Decided> Operators::rule(SimCentre& centre, AssignmentId id, central::DecisionForm const& form) {
  auto const request = request_id();
  if (form.kind == EntryKind::kSupervisionNote) oracle_.asked_for_note(id);
  auto decided = centre.decisions().decide(kOperator, request, id, form, now(centre));
  if (decided && faults_.strikes(Fault::kOperatorDoubleClick, fault_chance_, 6)) {
    decided = centre.decisions().decide(kOperator, request, id, form, now(centre));
  }
  if (!decided) return std::nullopt;
  if (form.kind == EntryKind::kTakeBack && faults_.is_on(Fault::kTakenBackMeanwhile)) {
    faults_.note(Fault::kTakenBackMeanwhile);
  }
  if (decided->next) given_.push_back(decided->next);
  say(fmt::format("rules on {}: kind {}", id.value, static_cast<unsigned>(form.kind)));
  return *decided;
}

central::DecisionForm Operators::draw(rules::AssignmentState const& state) {
  bool const yes = chance_.below(2) == 0;
  if (auto const open = state.open_conflicts(); !open.empty()) {
    return {EntryKind::kSettlement, rules::Settlement{open.front(), yes}, "经核实"};
  }
  if (state.stage() == rules::Stage::kUnconfirmed) {
    return {EntryKind::kUnreachableDecision, rules::UnreachableDecision{{}, yes}, "核实"};
  }
  if (state.pending_extension) return {EntryKind::kExtensionDecision, rules::ExtensionDecision{{}, yes, 0}, "同意"};
  if (state.pending_special) return {EntryKind::kSpecialDecision, rules::SpecialDecision{{}, yes, 0}, "同意"};
  if (state.pending_return) {
    bool const is_final = state.return_rounds >= 2;
    return {EntryKind::kReturnDecision, rules::ReturnDecision{{}, yes, is_final}, "审核"};
  }
  return draw_by_itself(state);
}

central::DecisionForm Operators::draw_by_itself(rules::AssignmentState const& state) {
  if (state.paused()) return {EntryKind::kResume, rules::Resume{}, "恢复"};
  if (state.stage() == rules::Stage::kResolved) {
    if (state.unsatisfied() && chance_.below(2) == 0) return {EntryKind::kRedo, rules::Redo{}, "重办"};
    if (state.answered_call_back() != nullptr) return {EntryKind::kClose, rules::Close{}, "办结"};
    auto const degree = chance_.below(3) == 0 ? rules::Degree::kNo : rules::Degree::kYes;
    return {EntryKind::kCallBack, rules::CallBack{true, degree, degree}, "回访"};
  }
  switch (chance_.below(8)) {
    case 0:
      return {EntryKind::kTakeBack, rules::TakeBack{}, "改派"};
    case 1:
      return {EntryKind::kPause, rules::Pause{}, "等待鉴定"};
    default:
      return {EntryKind::kSupervisionNote, rules::SupervisionNote{rules::SupervisionGround::kSlowData, false}, "督办"};
  }
}

void Operators::publish_rules(SimCentre& centre) {
  std::string document(schema::embedded_file("policy/measures-v1.json").value());
  auto const put = [&](std::string_view from, std::string const& to) {
    document.replace(document.find(from), from.size(), to);
  };
  put("measures-v1", fmt::format("measures-v1-sim-{}", ++policies_));
  put("\"acknowledge\": \"2h\"", fmt::format("\"acknowledge\": \"{}h\"", 2 + chance_.below(4)));
  auto const published = centre.rules().publish(
      kOperator, {.kind = EntryKind::kPolicy, .document = document, .name = "simulated"}, now(centre));
  if (published) say("publishes a policy");
}

void Operators::say(std::string_view what) { trace_.say(oracle_.truth(), fmt::format("centre: {}", what)); }

}  // namespace fieldnode::sim
