#include "node/central/evidence_desk.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "sync/engine/evidence_check.h"
#include "sync/wire/signing.h"
#include "tests/unit/central/central_world.h"

namespace fieldnode::central {
namespace {

using rules::EntryKind;

struct EvidenceCity : CentralWorld {
  EvidenceCity() : CentralWorld(11, crypto::ed25519_suite()) {
    unit.emplace(add_unit("BH"));
    node.emplace(*this, *unit);
    case_id = add_case("request-lamp").id;
    assignment = desk.dispatch({}, "request-dispatch", case_id, "BH", {}, now).value().assignment;
    auto drain = lamp_form();
    drain.title = "下水道堵塞";
    drain.text = "另一位市民的话";
    auto const other = add_case("request-drain", drain);
    theirs = desk.dispatch({}, "request-theirs", other.id, "BH", {}, now).value().assignment;
    pass(std::chrono::minutes(1));
    EXPECT_TRUE(node->exchange());
    pass(std::chrono::minutes(1));
    act(EntryKind::kAcknowledgement, theirs, rules::Acknowledgement{});
    act(EntryKind::kAcknowledgement, assignment, rules::Acknowledgement{});
    act(EntryKind::kContact, assignment,
        rules::Contact{rules::Channel::kTelephone, rules::ContactOutcome::kReached, {}});
    EXPECT_TRUE(node->exchange());
    pass(std::chrono::minutes(1));
  }
  void act(EntryKind kind, AssignmentId on, rules::Payload payload) {
    node->act(kind, on, std::move(payload), node->feed.seq);
  }
  [[nodiscard]] engine::EvidenceReport checked(Bytes const& file) const {
    return engine::check_evidence(file, *suite, city.keys.public_key, book);
  }
  [[nodiscard]] Result<web::EvidenceFile> exported() { return evidence.export_case(StaffId{3}, case_id, now); }

  std::optional<UnitRecord> unit;
  std::optional<NodeByHand> node;
  CaseId case_id{};
  AssignmentId assignment{};
  AssignmentId theirs{};
  CityIdentity identity{.name = "示范市", .key = city, .ca = {}, .server = {}};
  EvidenceDesk evidence{store, identity};
};

bool contains(BytesView bytes, std::string_view words) {
  return std::ranges::search(bytes, bytes_of(words)).begin() != bytes.end();
}

std::string told(engine::EvidenceReport const& report) {
  std::string text;
  for (auto const& fault : report.faults) text += fault.what.en + "\n";
  for (auto const& note : report.notes) text += "note: " + note.what.en + "\n";
  return text;
}

TEST(CentralEvidence, TheFileIsSoundAndJudgesAsTheCentreItselfDoes) {
  EvidenceCity world;
  auto const file = world.exported().value();
  auto const report = world.checked(file.bytes);
  ASSERT_TRUE(report.is_sound()) << told(report);
  EXPECT_TRUE(report.notes.empty()) << told(report);
  auto const own = world.store.dossier(world.assignment).value();
  ASSERT_EQ(report.findings.size(), 1u);
  EXPECT_EQ(report.findings.front().state, own.state);
  auto const& verdicts = report.findings.front().verdicts.value();
  ASSERT_EQ(verdicts.size(), own.verdicts.size());
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    EXPECT_EQ(verdicts[i].verdict, own.verdicts[i].verdict) << i;
    EXPECT_EQ(verdicts[i].bracket, own.verdicts[i].bracket) << i;
    EXPECT_EQ(verdicts[i].trust, own.verdicts[i].trust) << i;
  }
  EXPECT_EQ(verdicts.front().verdict, rules::Verdict::kInTimeProven);
}

TEST(CentralEvidence, OnlyThisCaseIsToldAndNobodysNumber) {
  EvidenceCity world;
  auto const file = world.exported().value().bytes;
  EXPECT_TRUE(contains(file, "路灯三天不亮"));
  for (auto const words : {"下水道堵塞", "另一位市民的话", "李明", "13800138000"})
    EXPECT_FALSE(contains(file, words)) << words;
}

TEST(CentralEvidence, AllUnitsThatHadTheCaseAreInOneFile) {
  EvidenceCity world;
  (void)world.add_unit("QS");
  auto const application = world.node->acts.size() + 1;
  world.act(EntryKind::kReturnApplication, world.assignment,
            rules::ReturnApplication{rules::ReturnReason::kNotOurs, {}});
  ASSERT_TRUE(world.node->exchange());
  Position const asked{world.node->journal.epoch, application};
  auto const unit = world.unit->id;
  ASSERT_TRUE(world.store.with_unit(unit, [&](UnitWork& work) -> Result<void> {
    auto const granted = work.append({.kind = EntryKind::kReturnDecision,
                                      .assignment = world.assignment,
                                      .payload = rules::ReturnDecision{asked, true, false},
                                      .staff = {},
                                      .at = world.now,
                                      .body = {},
                                      .contact = {}});
    return granted ? Result<void>{} : Result<void>(granted.error());
  }));
  ASSERT_TRUE(world.desk.dispatch({}, "request-again", world.case_id, "QS", {}, world.now));
  auto const report = world.checked(world.exported().value().bytes);
  ASSERT_TRUE(report.is_sound()) << told(report);
  ASSERT_EQ(report.units.size(), 2u);
  ASSERT_EQ(report.findings.size(), 2u);
  EXPECT_EQ(report.findings[0].state.stage(), rules::Stage::kReturned);
  EXPECT_EQ(report.findings[1].state.stage(), rules::Stage::kOpen);
}

TEST(CentralEvidence, TheNodesOwnSignatureReachesAsFarAsItsActs) {
  EvidenceCity world;
  world.act(EntryKind::kNote, world.assignment, rules::Note{});
  ASSERT_TRUE(world.node->exchange());
  auto const read = wire::read_evidence(world.exported().value().bytes);
  auto const head = std::ranges::find_if(
      read.parts, [](auto const& part) { return std::holds_alternative<wire::EvidenceHead>(part.content); });
  ASSERT_NE(head, read.parts.end());
  auto const& signed_head = std::get<wire::EvidenceHead>(head->content).head;
  EXPECT_EQ(signed_head.seq, world.node->acts.size());
  EXPECT_TRUE(wire::verify_head(signed_head, *world.suite, world.node->keys.public_key));
}

TEST(CentralEvidence, ACaseIsCalledByNumberOrByIdAndMustHaveBeenDispatched) {
  EvidenceCity world;
  auto const number = world.case_now(world.case_id).number;
  EXPECT_EQ(world.evidence.export_case({}, number, world.now).value().number, number);
  EXPECT_EQ(world.evidence.export_case({}, std::to_string(world.case_id.value), world.now).value().number, number);
  EXPECT_EQ(world.evidence.export_case({}, "no such", world.now).error().code, "unknown_case");
  EXPECT_EQ(world.evidence.export_case({}, CaseId{999}, world.now).error().code, "unknown_case");
  auto const waiting = world.add_case("request-waiting");
  EXPECT_EQ(world.evidence.export_case({}, waiting.id, world.now).error().code, "case_not_dispatched");
}

}  // namespace
}  // namespace fieldnode::central
