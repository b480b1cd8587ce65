#include "node/central/decision_desk.h"
#include "tests/sim/crash/crash_tales.h"
#include "tests/sim/crash/must.h"
#include "tests/sim/crash/two_ends.h"

namespace fieldnode::sim {
namespace {

using rules::EntryKind;

/// What happened at the centre while the office was away: the last case is due before all others, and had been spoken
/// of twice when the office came back.
struct Absence {
  DiskImage centre;
  AssignmentId pressing{};
  std::size_t entries_on_it{3};
};

Result<void> note_on(CentreProgram& centre, Random& random, AssignmentId id, std::string const& request, UtcTime now) {
  central::DecisionDesk desk(centre.store(), random);
  rules::SupervisionNote const note{rules::SupervisionGround::kSlowData, false};
  auto const done = desk.decide({}, request, id, {EntryKind::kSupervisionNote, note, "督办"}, now);
  if (!done) return done.error();
  return {};
}

Absence absence_from(CrashCity const& city) {
  SeededRandom random(5);
  SimDisk disk(random);
  disk.replace(city.centre);
  auto clock = clock_after_cut();
  Absence absence;
  {
    CentreProgram centre(disk, city, random, clock);
    for (auto const* id : {"bench", "gutter"}) (void)must(centre.dispatch(id, "道路积水"));
    rules::OwnLimit const within_an_hour{rules::ClockKind::kAcknowledge, 1, rules::LimitUnit::kHours, {}};
    absence.pressing = must(centre.dispatch("gas", "燃气异味", {within_an_hour}));
    for (auto const* id : {"note-1", "note-2"}) {
      must(note_on(centre, random, absence.pressing, id, clock.truth()));
    }
    must(centre.note_stop());
  }
  absence.centre = disk.image();
  return absence;
}

/// Parts of an entry or two, so that what is pressing stands far ahead of the feed.
constexpr engine::AnswerPlan kSmallParts{.budget_bytes = 600,
                                         .part_bytes = 300,
                                         .compression_level = 1,
                                         .soon_bytes = 0,
                                         .previews = {.assignments_most = 1, .budget_bytes = 1'000'000}};

/// An office comes back. What is pressing goes ahead of the feed, is worked on, is spoken of again, and the feed passes
/// it; every part of an answer is a commit.
class PreviewStory final : public TwoEndsStory {
 public:
  PreviewStory(CrashCity const& city, SimDisk& disk, Planted planted, Absence const& absence)
      : TwoEndsStory(city, disk, planted), pressing_(absence.pressing), entries_on_it_(absence.entries_on_it) {
    steady_.replace(absence.centre);
    run_centre(steady_);
    if (planted_ == Planted::kTwoTransactions) centre_->plant(ExchangeDefect::kHalfAPreview);
  }

  [[nodiscard]] std::size_t steps() const override { return 7; }
  [[nodiscard]] Result<void> perform(std::size_t step) override {
    clock_.advance(std::chrono::seconds(7));
    switch (step) {
      case 0:
        run_office(disk_);
        return {};
      case 1:
        return exchange(kSmallParts);
      case 2:
        return office_->act("act-1", pressing_, EntryKind::kAcknowledgement, rules::Acknowledgement{});
      case 3:
        return exchange(kSmallParts);
      case 4:
        if (auto const noted = note_on(*centre_, centre_chance_, pressing_, "note-3", clock_.truth()); !noted) {
          return noted;
        }
        return exchange(kSmallParts);
      case 5:
        return exchange(std::nullopt);
      default:
        return stop_office();
    }
  }
  void abandon() override { office_.reset(); }
  [[nodiscard]] std::string faults() override {
    if (office_ == nullptr) return {};
    auto faults = faults_of_both();
    return faults.empty() ? half_there() : faults;
  }
  [[nodiscard]] std::string unfinished() override {
    run_office(disk_);
    if (!office_->store().snapshot().previewed.empty()) return "the feed has passed it, and it still stands ahead";
    return difference_of_ends();
  }

 private:
  [[nodiscard]] Result<void> exchange(std::optional<engine::AnswerPlan> const& plan) {
    centre_->plan_answers(plan);
    Cable cable(*centre_);
    return office_->exchange(cable);
  }
  /// All that had been said of it when it came is on the page, or nothing.
  [[nodiscard]] std::string half_there() {
    auto const file = office_->store().file_of(pressing_);
    return !file || file->feed.size() >= entries_on_it_ ? "" : "the page shows an assignment that is half there";
  }

  AssignmentId pressing_;
  std::size_t entries_on_it_;
};

}  // namespace

CrashTale tale_of_previews(CrashCity const& city) {
  return {.name = "previews at an office that comes back",
          .city = city,
          .before = city.office,
          .file = kOfficeFile,
          .application_id = kOfficeId,
          .begin = [absence = absence_from(city)](
                       CrashCity const& where, SimDisk& disk,
                       Planted planted) { return std::make_unique<PreviewStory>(where, disk, planted, absence); },
          .stopped_from = 1};
}

}  // namespace fieldnode::sim
