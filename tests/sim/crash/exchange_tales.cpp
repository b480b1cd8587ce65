#include "tests/sim/crash/crash_tales.h"
#include "tests/sim/crash/two_ends.h"

namespace fieldnode::sim {
namespace {

using rules::EntryKind;

/// Two acts, each of which an exchange brings to the centre.
class ExchangeStory : public TwoEndsStory {
 public:
  using TwoEndsStory::TwoEndsStory;

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
  [[nodiscard]] std::string faults() override {
    return office_ == nullptr || centre_ == nullptr ? "" : faults_of_both();
  }

 protected:
  [[nodiscard]] virtual Result<void> start() = 0;
  [[nodiscard]] virtual Result<void> stop() = 0;

 private:
  [[nodiscard]] Result<void> exchange() {
    Cable cable(*centre_);
    return office_->exchange(cable);
  }
};

class SettlingStory final : public ExchangeStory {
 public:
  SettlingStory(CrashCity const& city, SimDisk& disk, Planted planted) : ExchangeStory(city, disk, planted) {
    steady_.replace(city.centre);
    run_centre(steady_);
  }
  void abandon() override { office_.reset(); }
  [[nodiscard]] std::string unfinished() override {
    run_office(disk_);
    return difference_of_ends();
  }

 private:
  [[nodiscard]] Result<void> start() override {
    run_office(disk_);
    return {};
  }
  [[nodiscard]] Result<void> stop() override { return stop_office(); }
};

class AdmissionStory final : public ExchangeStory {
 public:
  AdmissionStory(CrashCity const& city, SimDisk& disk, Planted planted) : ExchangeStory(city, disk, planted) {
    steady_.replace(city.office);
    run_office(steady_);
  }
  void abandon() override { centre_.reset(); }
  [[nodiscard]] std::string unfinished() override {
    run_centre(disk_);
    return difference_of_ends();
  }

 private:
  [[nodiscard]] Result<void> start() override {
    run_centre(disk_);
    if (planted_ == Planted::kAnswerBeforeCommit) centre_->plant(ExchangeDefect::kAnswerBeforeCommit);
    if (planted_ == Planted::kTwoTransactions) centre_->plant(ExchangeDefect::kTwoTransactions);
    return {};
  }
  [[nodiscard]] Result<void> stop() override { return stop_centre(); }
};

template <class Story>
std::unique_ptr<CrashStory> tell(CrashCity const& city, SimDisk& disk, Planted planted) {
  return std::make_unique<Story>(city, disk, planted);
}

}  // namespace

CrashTale tale_of_settling(CrashCity const& city) {
  return {"an exchange settled at the office", city, city.office, kOfficeFile, kOfficeId, tell<SettlingStory>};
}

CrashTale tale_of_admission(CrashCity const& city) {
  return {"an exchange admitted at the centre", city, city.centre, kCentreFile, kCentreId, tell<AdmissionStory>};
}

}  // namespace fieldnode::sim
