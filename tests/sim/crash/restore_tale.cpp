#include <fstream>
#include <sstream>

#include "node/lists/recovery_key.h"
#include "node/lists/sealed_backup.h"
#include "sync/base/check.h"
#include "tests/sim/crash/crash_tales.h"
#include "tests/sim/crash/must.h"
#include "tests/sim/crash/office_program.h"
#include "tests/sim/disk/sim_folder.h"
#include "tests/unit/db/temp_directory.h"

namespace fieldnode::sim {
namespace {

constexpr char const* kRestored = "restored";
constexpr char const* kRestoredFile = "restored/office.db";

/// A backup on a stick, which no power cut reaches; what stands in it beside the database; what opens it.
struct Backup {
  std::string content;
  DiskImage beside;
  crypto::KeyPair recovery;
};

/// The database as one file, nothing of it in its log.
Bytes tidied(DiskImage const& image) {
  SeededRandom random(1);
  SimDisk disk(random);
  disk.replace(image);
  {
    auto connection = open_office_file(disk);
    check(connection.checkpoint(db::CheckpointMode::kTruncate), "the log is not emptied");
  }
  return disk.image().at(kOfficeFile);
}

void put(std::filesystem::path const& path, Bytes const& content) {
  std::ofstream(path, std::ios::binary) << text_of(content);
}

Backup backup_of(CrashCity const& city) {
  SeededRandom random(9);
  db::TempDirectory real;
  Backup backup;
  std::vector<lists::BackupPart> parts{{kOfficeFile, real.path() / kOfficeFile}};
  put(parts.front().file, tidied(city.office));
  for (auto const* name : {"node.key", "attachments/7"}) {
    Bytes content(1'500);
    random.fill(content);
    parts.push_back({name, real.path() / std::filesystem::path(name).filename()});
    put(parts.back().file, content);
    backup.beside[name] = std::move(content);
  }
  auto const code = must(lists::make_recovery_key(real.path() / "recovery.pub", random));
  backup.recovery = must(lists::read_recovery_key(code));
  auto const sealed = real.path() / "backup";
  must(lists::write_sealed_backup(sealed, lists::BackupOf::kOffice, parts, backup.recovery.public_key, random));
  std::ifstream in(sealed, std::ios::binary);
  backup.content.assign(std::istreambuf_iterator<char>(in), {});
  return backup;
}

/// A node's directory comes out of a backup, goes on in a new journal, and gets its name; then the node works.
class RestoreStory final : public CrashStory {
 public:
  RestoreStory(CrashCity const& city, SimDisk& disk, Planted planted, Backup const& backup)
      : city_(city), disk_(disk), folder_(disk), backup_(backup) {
    folder_.skip_flushes(planted == Planted::kFilesNotFlushed);
  }

  [[nodiscard]] std::size_t steps() const override { return 5; }
  [[nodiscard]] Result<void> perform(std::size_t step) override {
    clock_.advance(std::chrono::seconds(7));
    switch (step) {
      case 0:
        return {};
      case 1:
        return restore();
      case 2:
        run();
        return {};
      case 3:
        return program_->act("act-1", city_.manhole, rules::EntryKind::kAcknowledgement, rules::Acknowledgement{});
      default:
        return stop();
    }
  }
  void abandon() override { program_.reset(); }
  [[nodiscard]] std::string faults() override { return program_ == nullptr ? "" : program_->faults(); }
  /// A directory of that name holds every file of the backup, and the journal is a new one.
  [[nodiscard]] std::string lost(std::size_t told) override {
    if (!folder_.has(kRestored)) return told > 1 ? "the directory that was told is gone" : "";
    auto const image = disk_.image();
    for (auto const& [name, content] : backup_.beside) {
      auto const found = image.find(std::string(kRestored) + "/" + name);
      if (found == image.end() || found->second != content) return name + " is not what it was in the backup";
    }
    return {};
  }
  [[nodiscard]] std::string unfinished() override {
    run();
    auto const live = program_->store().snapshot().journal.list.epoch;
    if (live == city_.identity.journal_epoch) return "the old journal goes on";
    return folder_.has("restored.part") ? "what was passing is still there" : lost(steps());
  }

 private:
  [[nodiscard]] Result<void> restore() {
    std::istringstream in(backup_.content);
    auto const done = lists::restore_directory(
        {in, "backup", lists::BackupOf::kOffice}, backup_.recovery, kRestored,
        [this](auto const& made) { return bring_up(made); }, folder_);
    // Whoever had no answer asks again, and is told that it is there.
    if (!done && done.error().code != "directory_not_empty") return done;
    return {};
  }
  [[nodiscard]] Result<void> bring_up(std::filesystem::path const& made) {
    OfficeProgram program(disk_, city_, chance_, clock_, true, (made / kOfficeFile).string());
    if (auto const faults = program.faults(); !faults.empty()) return refuse("backup_wrong", faults);
    auto const begun = program.store().begin_journal(office::draw_journal(chance_), program.time().stamp());
    if (!begun) return begun;
    return program.note_stop();
  }
  void run() {
    program_.reset();
    program_ = std::make_unique<OfficeProgram>(disk_, city_, chance_, clock_, true, kRestoredFile);
  }
  [[nodiscard]] Result<void> stop() {
    auto const noted = program_->note_stop();
    program_.reset();
    return noted;
  }

  CrashCity const& city_;
  SimDisk& disk_;
  SimFolder folder_;
  Backup const& backup_;
  SeededRandom chance_{1};
  test::TestClock clock_{clock_after_cut()};
  std::unique_ptr<OfficeProgram> program_;
};

}  // namespace

CrashTale tale_of_restore(CrashCity const& city) {
  return {.name = "restore of a backup",
          .city = city,
          .before = {},
          .file = kRestoredFile,
          .application_id = kOfficeId,
          .begin = [backup = backup_of(city)](
                       CrashCity const& where, SimDisk& disk,
                       Planted planted) { return std::make_unique<RestoreStory>(where, disk, planted, backup); },
          .stopped_from = 1};
}

}  // namespace fieldnode::sim
