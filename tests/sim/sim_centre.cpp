#include "tests/sim/sim_centre.h"

#include "node/central/store/schema.h"
#include "sync/base/check.h"
#include "tests/sim/planted_ledger.h"

namespace fieldnode::sim {
namespace {

template <class T>
T must(Result<T> result, std::string_view what) {
  if (!result) throw std::runtime_error(std::string(what) + ": " + result.error().code + " " + result.error().sentence);
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

db::Connection migrated() {
  auto connection = db::Connection::open_in_memory({.application_id = central::kCentralFile});
  must(db::migrate(connection, central::central_migrations()), "migrate the centre");
  return connection;
}

}  // namespace

SimCentre::SimCentre(crypto::SignatureSuite const& suite, rules::RuleBook const& book, test::TestClock const& clock,
                     Random& random, Planted planted)
    : suite_(suite),
      clock_(clock),
      random_(random),
      planted_(planted),
      key_{1, suite.make_keys(random)},
      vault_({}, random),
      writer_(migrated()),
      readers_(db::ReadPool::sharing(writer_.connection())),
      store_(std::make_unique<central::SqliteCentralStore>(writer_, *readers_, vault_, random, book)) {
  unit_ = must(store_->add_unit("U1", "一号承办单位", clock_.truth()), "add the unit").id;
}

void SimCentre::enrol(NodeId node, crypto::PublicKey const& key, Epoch journal_epoch) {
  must(store_->with_unit(unit_,
                         [&](central::UnitWork& work) {
                           Hash fingerprint{};
                           fingerprint[0] = static_cast<std::uint8_t>(node.value);
                           return work.register_node({.id = node,
                                                      .public_key = key,
                                                      .journal_epoch = journal_epoch,
                                                      .fingerprint = fingerprint,
                                                      .certificate = "simulated",
                                                      .at = clock_.truth()});
                         }),
       "enrol");
}

Result<Bytes> SimCentre::handle(BytesView bytes) {
  auto const request = wire::decode_request(bytes);
  if (!request) return request.error();
  engine::ExchangeServer const server(suite_, key_);
  wire::ExchangeReply reply;
  auto const now = clock_.truth();
  auto const done = store_->with_unit(request->unit, [&](central::UnitWork& work) -> Result<void> {
    PlantedLedger ledger(work, planted_);
    auto const admission = server.receive(ledger, *request, now);
    if (!admission) return admission.error();
    reply = server.answer(ledger, *request, now, now);
    return {};
  });
  if (!done) return done.error();
  server.sign(reply);
  return wire::encode_reply(reply, 1);
}

std::string SimCentre::request_id() { return "request-" + std::to_string(random_.bits64()); }

AssignmentId SimCentre::dispatch_new_case() {
  central::DispatchDesk desk(*store_, random_);
  central::CaseForm form{.title = "路灯不亮",
                         .text = "市民来电反映路灯不亮",
                         .place = "幸福路",
                         .category = rules::Category::kA2,
                         .kind = random_.below(4) == 0 ? rules::CaseKind::kConsultation : rules::CaseKind::kComplaint};
  form.contact = {{wire::ContactTag::kTelephone, "13800138000"}};
  auto const made = must(desk.create_case({}, request_id(), form, clock_.truth()), "create a case");
  return must(desk.dispatch({}, request_id(), made.id, "U1", {}, clock_.truth()), "dispatch").assignment;
}

central::DecisionForm SimCentre::draw_decision(AssignmentId id) {
  using rules::EntryKind;
  auto const dossier = store_->dossier(id);
  check(dossier.has_value(), "a decision on an assignment that the centre does not hold");
  auto const& state = dossier->state;
  if (auto const open = state.open_conflicts(); !open.empty()) {
    return {EntryKind::kSettlement, rules::Settlement{open.front(), random_.below(2) == 0}, "经核实"};
  }
  if (state.pending_extension && random_.below(3) != 0) {
    return {EntryKind::kExtensionDecision,
            rules::ExtensionDecision{state.pending_extension->by.at, random_.below(2) == 0, 2}, "同意"};
  }
  if (state.pending_return && random_.below(3) != 0) {
    bool const final_ruling = state.return_rounds >= 2;
    return {EntryKind::kReturnDecision,
            rules::ReturnDecision{state.pending_return->by.at, random_.below(2) == 0, final_ruling}, "审核"};
  }
  if (state.paused()) return {EntryKind::kResume, rules::Resume{}, "恢复"};
  switch (random_.below(5)) {
    case 0:
      return {EntryKind::kTakeBack, rules::TakeBack{}, "改派"};
    case 1:
      return {EntryKind::kPause, rules::Pause{}, "等待鉴定"};
    case 2:
      return {EntryKind::kCallBack, rules::CallBack{true, rules::Degree::kNo, rules::Degree::kNo}, "回访"};
    case 3:
      return {EntryKind::kClose, rules::Close{}, "办结"};
    default:
      return {EntryKind::kSupervisionNote, rules::SupervisionNote{rules::SupervisionGround::kSlowData, false}, "督办"};
  }
}

bool SimCentre::decide(AssignmentId id) {
  central::DecisionDesk desk(*store_, random_);
  return desk.decide({}, request_id(), id, draw_decision(id), clock_.truth()).has_value();
}

}  // namespace fieldnode::sim
