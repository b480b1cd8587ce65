#include "node/central/store/bundle_rows.h"
#include "tests/sim/crash/crash_tales.h"
#include "tests/sim/crash/must.h"
#include "tests/sim/crash/sticks.h"
#include "tests/sim/crash/two_ends.h"

namespace fieldnode::sim {
namespace {

using rules::EntryKind;

/// An office makes a bundle, and takes the answer in, twice.
class OfficeBundleStory final : public TwoEndsStory {
 public:
  OfficeBundleStory(CrashCity const& city, SimDisk& disk, Planted planted) : TwoEndsStory(city, disk, planted) {
    steady_.replace(city.centre);
    run_centre(steady_);
    there_.emplace(steady_, city_, *centre_, centre_chance_, clock_);
  }

  [[nodiscard]] std::size_t steps() const override { return 6; }
  [[nodiscard]] Result<void> perform(std::size_t step) override {
    clock_.advance(std::chrono::seconds(7));
    switch (step) {
      case 0:
        run();
        return {};
      case 1:
        return office_->act("act-1", city_.manhole, EntryKind::kAcknowledgement, rules::Acknowledgement{});
      case 2:
        return make();
      case 3:
        return bring_answer();
      case 4:
        return here_->take(back_);
      default:
        here_.reset();
        return stop_office();
    }
  }
  void abandon() override {
    here_.reset();
    office_.reset();
  }
  [[nodiscard]] std::string faults() override {
    if (office_ == nullptr) return {};
    auto faults = faults_of_both();
    if (!faults.empty()) return faults;
    auto const news = here_->news();
    return news.in && news.acts_on_the_way > 0 ? "a bundle counts as taken in, and its receipt is not held" : "";
  }
  [[nodiscard]] std::string unfinished() override {
    run();
    return office_->store().undelivered() == 0 ? difference_of_ends() : "no receipt has come";
  }

 private:
  void run() {
    here_.reset();
    run_office(disk_);
    here_.emplace(disk_, city_, *office_, office_chance_, clock_);
  }
  [[nodiscard]] Result<void> make() {
    auto made = here_->make();
    if (!made) return made.error();
    out_ = *std::move(made);
    return carried_.note(out_);
  }
  [[nodiscard]] Result<void> bring_answer() {
    auto const taken = there_->take(out_);
    if (!taken) return taken.error();
    auto answer = there_->answer(*taken);
    if (!answer) return answer.error();
    back_ = *std::move(answer);
    return here_->take(back_, noted());
  }

  [[nodiscard]] Noted noted() const { return planted_ == Planted::kToldEarly ? Noted::kBefore : Noted::kAfterwards; }

  std::optional<CentreSticks> there_;
  std::optional<OfficeSticks> here_;
  Carried carried_;
  Stick out_;
  Stick back_;
};

/// What an office that has power all the time has handed out.
struct HandedOut {
  DiskImage office;
  Stick stick;
  std::uint64_t acts{};  ///< in its journal
};

HandedOut hand_out(CrashCity const& city) {
  SeededRandom random(6);
  SimDisk disk(random);
  disk.replace(city.office);
  auto clock = clock_after_cut();
  HandedOut out;
  {
    OfficeProgram office(disk, city, random, clock);
    must(office.act("act-1", city.manhole, EntryKind::kAcknowledgement, rules::Acknowledgement{}));
    must(office.act("act-2", city.lamp, EntryKind::kNote, rules::Note{}, "备注"));
    out.stick = must(OfficeSticks(disk, city, office, random, clock).make());
    out.acts = office.store().snapshot().journal.seq;
    must(office.note_stop());
  }
  out.office = disk.image();
  return out;
}

/// A centre takes a bundle in, twice, and answers it.
class CentreBundleStory final : public TwoEndsStory {
 public:
  CentreBundleStory(CrashCity const& city, SimDisk& disk, Planted planted, HandedOut const& out)
      : TwoEndsStory(city, disk, planted), out_(out) {}

  [[nodiscard]] std::size_t steps() const override { return 5; }
  [[nodiscard]] Result<void> perform(std::size_t step) override {
    clock_.advance(std::chrono::seconds(7));
    switch (step) {
      case 0:
        run();
        return {};
      case 1:
      case 3:
        return take();
      case 2:
        return answer();
      default:
        here_.reset();
        return stop_centre();
    }
  }
  void abandon() override {
    here_.reset();
    centre_.reset();
  }
  [[nodiscard]] std::string faults() override {
    if (centre_ == nullptr) return {};
    auto faults = centre_->faults();
    if (!faults.empty()) return faults;
    bool const noted = !central::BundleRows(*centre_->readers().lease()).arrived().empty();
    bool const held = centre_->store().list_ends(city_.identity.unit).journal.seq == out_.acts;
    return noted && !held ? "a bundle counts as taken in, and its acts are not held" : "";
  }
  /// The office, which has waited, gets the answer.
  [[nodiscard]] std::string unfinished() override {
    run();
    steady_.replace(out_.office);
    run_office(steady_);
    auto const taken = OfficeSticks(steady_, city_, *office_, office_chance_, clock_).take(back_);
    return taken ? difference_of_ends() : taken.error().sentence;
  }

 private:
  void run() {
    here_.reset();
    run_centre(disk_);
    here_.emplace(disk_, city_, *centre_, centre_chance_, clock_);
  }
  [[nodiscard]] Result<void> take() {
    auto taken = here_->take(out_.stick, noted());
    if (!taken) return taken.error();
    start_ = *std::move(taken);
    return {};
  }
  [[nodiscard]] Result<void> answer() {
    auto made = here_->answer(start_);
    if (!made) return made.error();
    back_ = *std::move(made);
    return carried_.note(back_);
  }

  [[nodiscard]] Noted noted() const { return planted_ == Planted::kToldEarly ? Noted::kBefore : Noted::kAfterwards; }

  HandedOut const& out_;
  std::optional<CentreSticks> here_;
  central::BundleStart start_;
  Carried carried_;
  Stick back_;
};

}  // namespace

CrashTale tale_of_bundle_at_office(CrashCity const& city) {
  return {.name = "bundles made and taken in at the office",
          .city = city,
          .before = city.office,
          .file = kOfficeFile,
          .application_id = kOfficeId,
          .begin = [](CrashCity const& where, SimDisk& disk,
                      Planted planted) { return std::make_unique<OfficeBundleStory>(where, disk, planted); },
          .stopped_from = 2,
          .loose = {"bundle_out", "bundle_in"}};
}

CrashTale tale_of_bundle_at_centre(CrashCity const& city) {
  return {.name = "a bundle taken in and answered at the centre",
          .city = city,
          .before = city.centre,
          .file = kCentreFile,
          .application_id = kCentreId,
          .begin = [out = hand_out(city)](
                       CrashCity const& where, SimDisk& disk,
                       Planted planted) { return std::make_unique<CentreBundleStory>(where, disk, planted, out); },
          .stopped_from = 1,
          .loose = {"bundle_sent", "bundle_taken", "node_place"}};
}

}  // namespace fieldnode::sim
