#include "tests/sim/crash/centre_program.h"
#include "tests/sim/crash/crash_tales.h"
#include "tests/sim/crash/office_program.h"

namespace fieldnode::sim {
namespace {

using rules::EntryKind;

/// Both ends, one of which is on the disk that fails.
class ExchangeStory : public CrashStory {
 public:
  ExchangeStory(CrashCity const& city, SimDisk& disk, Planted planted)
      : city_(city), disk_(disk), steady_(steady_chance_), planted_(planted) {}

  [[nodiscard]] std::size_t steps() const override { return 6; }
  [[nodiscard]] Result<void> perform(std::size_t step) override {
    clock_.advance(std::chrono::seconds(7));
    switch (step) {
      case 0:
        return start();
      case 1:
        return office_->act("act-1", city_.lamp, EntryKind::kContact,
                            rules::Contact{rules::Channel::kTelephone, rules::ContactOutcome::kReached, {}}, "已联系");
      case 2:
        return exchange();
      case 3:
        return office_->act("act-2", city_.manhole, EntryKind::kExtensionApplication,
                            rules::ExtensionApplication{rules::ExtensionGround::kSiteWork, 2}, "需现场施工");
      case 4:
        return exchange();
      default:
        return stop();
    }
  }
  [[nodiscard]] std::string unfinished() override { return {}; }

 protected:
  [[nodiscard]] virtual Result<void> start() = 0;
  [[nodiscard]] virtual Result<void> stop() = 0;

  [[nodiscard]] Result<void> exchange() {
    Cable cable(*centre_);
    return office_->exchange(cable);
  }
  void run_office(SimDisk& disk) {
    office_.reset();
    office_ = std::make_unique<OfficeProgram>(disk, city_, office_chance_, clock_, planted_ != Planted::kNoSync);
  }
  void run_centre(SimDisk& disk) {
    centre_.reset();
    centre_ = std::make_unique<CentreProgram>(disk, city_, centre_chance_, clock_, planted_ != Planted::kNoSync);
    if (planted_ == Planted::kAnswerBeforeCommit) centre_->plant(ExchangeDefect::kAnswerBeforeCommit);
    if (planted_ == Planted::kTwoTransactions) centre_->plant(ExchangeDefect::kTwoTransactions);
  }
  /// Both ends hold the same, and the centre holds every act.
  [[nodiscard]] std::string difference_of_ends() {
    auto const unit = city_.identity.unit;
    auto const ends = centre_->store().list_ends(unit);
    auto const held = office_->store().snapshot();
    if (ends.journal.seq != held.journal.seq) return "the centre does not hold every act";
    if (ends.feed.seq != held.feed.seq) return "the office does not hold the whole feed";
    auto const verified = centre_->store().verify();
    if (!verified) return verified.error().sentence;
    auto const same = verified->units.at(0).digest == office_->store().digest(std::nullopt, std::nullopt);
    return same ? "" : "the two ends come to different states";
  }
  [[nodiscard]] std::string faults_of_both() {
    if (office_ == nullptr || centre_ == nullptr) return {};
    auto faults = office_->faults();
    return faults.empty() ? centre_->faults() : faults;
  }

  CrashCity const& city_;
  SimDisk& disk_;
  SeededRandom steady_chance_{3};
  SimDisk steady_;  ///< of the end that has power all the time
  Planted planted_;
  SeededRandom office_chance_{1};
  SeededRandom centre_chance_{2};
  test::TestClock clock_{clock_after_cut()};
  std::unique_ptr<OfficeProgram> office_;
  std::unique_ptr<CentreProgram> centre_;
};

class SettlingStory final : public ExchangeStory {
 public:
  SettlingStory(CrashCity const& city, SimDisk& disk, Planted planted) : ExchangeStory(city, disk, planted) {
    steady_.replace(city.centre);
    run_centre(steady_);
  }
  void abandon() override { office_.reset(); }
  [[nodiscard]] std::string faults() override { return faults_of_both(); }
  [[nodiscard]] std::string unfinished() override {
    run_office(disk_);
    return difference_of_ends();
  }

 private:
  [[nodiscard]] Result<void> start() override {
    run_office(disk_);
    return {};
  }
  [[nodiscard]] Result<void> stop() override {
    auto const noted = office_->note_stop();
    office_.reset();
    return noted;
  }
};

class AdmissionStory final : public ExchangeStory {
 public:
  AdmissionStory(CrashCity const& city, SimDisk& disk, Planted planted) : ExchangeStory(city, disk, planted) {
    steady_.replace(city.office);
    run_office(steady_);
  }
  void abandon() override { centre_.reset(); }
  [[nodiscard]] std::string faults() override { return faults_of_both(); }
  [[nodiscard]] std::string unfinished() override {
    run_centre(disk_);
    return difference_of_ends();
  }

 private:
  [[nodiscard]] Result<void> start() override {
    run_centre(disk_);
    return {};
  }
  [[nodiscard]] Result<void> stop() override {
    auto const noted = centre_->note_stop();
    centre_.reset();
    return noted;
  }
};

template <class Story>
std::unique_ptr<CrashStory> tell(CrashCity const& city, SimDisk& disk, Planted planted) {
  return std::make_unique<Story>(city, disk, planted);
}

}  // namespace

CrashTale tale_of_settling(CrashCity const& city) {
  return {"an exchange settled at the office", city.office, kOfficeFile, kOfficeId, tell<SettlingStory>};
}

CrashTale tale_of_admission(CrashCity const& city) {
  return {"an exchange admitted at the centre", city.centre, kCentreFile, kCentreId, tell<AdmissionStory>};
}

}  // namespace fieldnode::sim
