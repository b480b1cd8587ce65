#include "node/db/backup.h"

#include "node/office/store_check.h"
#include "tests/sim/crash/crash_tales.h"
#include "tests/sim/crash/office_program.h"
#include "tests/sim/disk/sim_folder.h"

namespace fieldnode::sim {
namespace {

constexpr char const* kTarget = "backup.db";

/// The running office is copied, goes on, and the copy is looked at: a file of that name is always a whole office.
class BackupStory final : public CrashStory {
 public:
  BackupStory(CrashCity const& city, SimDisk& disk, Planted planted)
      : city_(city), disk_(disk), folder_(disk), planted_(planted) {}

  [[nodiscard]] std::size_t steps() const override { return 4; }
  [[nodiscard]] Result<void> perform(std::size_t step) override {
    clock_.advance(std::chrono::seconds(7));
    switch (step) {
      case 0:
        program_.reset();
        program_ = std::make_unique<OfficeProgram>(disk_, city_, chance_, clock_, planted_ != Planted::kNoSync);
        return {};
      case 1:
        return program_->act("act-1", city_.manhole, rules::EntryKind::kAcknowledgement, rules::Acknowledgement{});
      case kCopyStep:
        return copy();
      default:
        return program_->act("act-2", city_.manhole, rules::EntryKind::kNote, rules::Note{}, "备注");
    }
  }
  void abandon() override { program_.reset(); }
  /// Of the office, and of the copy where there is one.
  [[nodiscard]] std::string faults() override {
    if (program_ == nullptr) return {};
    auto faults = program_->faults();
    return faults.empty() && disk_.exists(kTarget) ? faults_of_copy() : faults;
  }
  [[nodiscard]] std::string lost(std::size_t told) override {
    return told <= kCopyStep || disk_.exists(kTarget) ? "" : "the copy that was told is gone";
  }
  [[nodiscard]] std::string unfinished() override { return disk_.exists(kTarget) ? "" : "there is no copy"; }

 private:
  [[nodiscard]] Result<void> copy() {
    auto const made = db::back_up(program_->connection(), kTarget, folder_);
    if (!made && made.error().code != "backup_exists") return made.error();
    return {};
  }
  [[nodiscard]] std::string faults_of_copy() {
    auto connection = db::Connection::open_reader(kTarget, {.vfs = disk_.name()});
    if (!connection) return "the copy does not open: " + connection.error().sentence;
    lists::ContactVault vault({}, chance_);
    auto const checked = office::check_store(*connection, vault, city_.identity, *city_.suite, city_.book);
    if (!checked) return "the copy: " + checked.error().sentence;
    return checked->journal.seq == kActsInCopy ? "" : "the copy is of another moment";
  }

  static constexpr std::size_t kCopyStep = 2;
  /// The journal's opening, the city's first act, the one of this story.
  static constexpr std::uint64_t kActsInCopy = 3;

  CrashCity const& city_;
  SimDisk& disk_;
  SimFolder folder_;
  Planted planted_;
  SeededRandom chance_{1};
  test::TestClock clock_{clock_after_cut()};
  std::unique_ptr<OfficeProgram> program_;
};

std::unique_ptr<CrashStory> tell(CrashCity const& city, SimDisk& disk, Planted planted) {
  return std::make_unique<BackupStory>(city, disk, planted);
}

}  // namespace

CrashTale tale_of_backup(CrashCity const& city) {
  return {"backup of a running office", city, city.office, kOfficeFile, kOfficeId, tell};
}

}  // namespace fieldnode::sim
