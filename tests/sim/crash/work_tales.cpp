#include <algorithm>

#include "node/central/decision_desk.h"
#include "node/central/dispatch_desk.h"
#include "tests/sim/crash/centre_program.h"
#include "tests/sim/crash/crash_tales.h"
#include "tests/sim/crash/office_program.h"

namespace fieldnode::sim {
namespace {

using rules::EntryKind;

class ActsStory final : public CrashStory {
 public:
  ActsStory(CrashCity const& city, SimDisk& disk, Planted planted) : city_(city), disk_(disk), planted_(planted) {}

  [[nodiscard]] std::size_t steps() const override { return 5; }
  [[nodiscard]] Result<void> perform(std::size_t step) override {
    clock_.advance(std::chrono::seconds(7));
    switch (step) {
      case 0:
        run();
        return {};
      case 1:
        return program_->act("act-1", city_.manhole, EntryKind::kAcknowledgement, rules::Acknowledgement{});
      case 2:
        return program_->act("act-2", city_.lamp, EntryKind::kContact,
                             rules::Contact{rules::Channel::kTelephone, rules::ContactOutcome::kReached, {}}, "已联系");
      case 3:
        return program_->act("act-3", city_.lamp, EntryKind::kResolution,
                             rules::Resolution{rules::Degree::kYes, false, rules::Degree::kYes, false}, "已修复");
      default:
        return stop();
    }
  }
  void abandon() override { program_.reset(); }
  [[nodiscard]] std::string faults() override { return program_ == nullptr ? "" : program_->faults(); }
  [[nodiscard]] std::string unfinished() override {
    run();
    auto const lamp = program_->store().file_of(city_.lamp);
    auto const manhole = program_->store().file_of(city_.manhole);
    if (!lamp || !manhole) return "an assignment is gone";
    return lamp->acts.size() == 3 && manhole->acts.size() == 1 ? "" : "an act is missing or there twice";
  }

 private:
  void run() {
    program_.reset();
    program_ = std::make_unique<OfficeProgram>(disk_, city_, chance_, clock_, planted_ != Planted::kNoSync);
  }
  [[nodiscard]] Result<void> stop() {
    auto const noted = program_->note_stop();
    program_.reset();
    return noted;
  }

  CrashCity const& city_;
  SimDisk& disk_;
  Planted planted_;
  SeededRandom chance_{1};
  test::TestClock clock_{clock_after_cut()};
  std::unique_ptr<OfficeProgram> program_;
};

class DesksStory final : public CrashStory {
 public:
  DesksStory(CrashCity const& city, SimDisk& disk, Planted planted) : city_(city), disk_(disk), planted_(planted) {}

  [[nodiscard]] std::size_t steps() const override { return 6; }
  [[nodiscard]] Result<void> perform(std::size_t step) override {
    clock_.advance(std::chrono::seconds(7));
    switch (step) {
      case 0:
        run();
        return {};
      case 1:
        return take_in();
      case 2:
        return dispatch();
      case 3:
        return decide("decide-1", city_.lamp, EntryKind::kSupervisionNote,
                      rules::SupervisionNote{rules::SupervisionGround::kSlowData, false});
      case 4:
        return decide("decide-2", city_.manhole, EntryKind::kTakeBack, rules::TakeBack{});
      default:
        return stop();
    }
  }
  void abandon() override { program_.reset(); }
  [[nodiscard]] std::string faults() override { return program_ == nullptr ? "" : program_->faults(); }
  [[nodiscard]] std::string unfinished() override {
    run();
    auto& store = program_->store();
    if (store.cases({.state = {}, .category = {}, .words = "垃圾", .before = {}}).total != 1) {
      return "the case is not there once";
    }
    if (store.assignments_of(case_).size() != 1) return "the case was not dispatched once";
    auto const lamp = store.dossier(city_.lamp);
    auto const notes = std::ranges::count_if(
        lamp->feed, [](auto const& entry) { return entry.skeleton.kind == EntryKind::kSupervisionNote; });
    return notes == 1 ? "" : "the decision is missing or there twice";
  }

 private:
  void run() {
    program_.reset();
    program_ = std::make_unique<CentreProgram>(disk_, city_, chance_, clock_, planted_ != Planted::kNoSync);
  }
  [[nodiscard]] Result<void> take_in() {
    central::CaseForm const form{.title = "垃圾未清运",
                                 .text = "小区门口垃圾三天未清运",
                                 .place = "和平路 3 号",
                                 .category = rules::Category::kA2,
                                 .kind = rules::CaseKind::kComplaint,
                                 .contact = {{wire::ContactTag::kTelephone, "13900139000"}},
                                 .limits = {}};
    auto const made = central::DispatchDesk(program_->store(), chance_).create_case({}, "case-1", form, now());
    if (!made) return made.error();
    case_ = made->id;
    return {};
  }
  [[nodiscard]] Result<void> dispatch() {
    central::DispatchDesk desk(program_->store(), chance_);
    auto const done = desk.dispatch({}, "dispatch-1", case_, city_.identity.unit_code, {}, now());
    if (!done) return done.error();
    return {};
  }
  [[nodiscard]] Result<void> decide(std::string_view id, AssignmentId assignment, EntryKind kind,
                                    rules::Payload payload) {
    central::DecisionDesk desk(program_->store(), chance_);
    auto const done = desk.decide({}, id, assignment, {kind, std::move(payload), "数据上传过慢"}, now());
    if (!done) return done.error();
    return {};
  }
  [[nodiscard]] Result<void> stop() {
    auto const noted = program_->note_stop();
    program_.reset();
    return noted;
  }
  [[nodiscard]] UtcTime now() const { return clock_.truth(); }

  CrashCity const& city_;
  SimDisk& disk_;
  Planted planted_;
  SeededRandom chance_{1};
  test::TestClock clock_{clock_after_cut()};
  std::unique_ptr<CentreProgram> program_;
  CaseId case_{};
};

template <class Story>
std::unique_ptr<CrashStory> tell(CrashCity const& city, SimDisk& disk, Planted planted) {
  return std::make_unique<Story>(city, disk, planted);
}

}  // namespace

CrashTale tale_of_acts(CrashCity const& city) {
  return {"acts at the office", city, city.office, kOfficeFile, kOfficeId, tell<ActsStory>};
}

CrashTale tale_of_desks(CrashCity const& city) {
  return {"dispatch and decisions at the centre", city, city.centre, kCentreFile, kCentreId, tell<DesksStory>};
}

}  // namespace fieldnode::sim
