#include <algorithm>

#include "node/blobs/blob_check.h"
#include "node/blobs/blob_sweep.h"
#include "sync/crypto/hash.h"
#include "tests/sim/crash/crash_tales.h"
#include "tests/sim/crash/must.h"
#include "tests/sim/crash/two_ends.h"
#include "tests/sim/disk/sim_folder.h"

namespace fieldnode::sim {
namespace {

/// Two full frames and a rest, in parts that end within a frame.
constexpr std::uint64_t kFileBytes = 140'000;
constexpr std::uint64_t kPartBytes = 50'000;
constexpr char const* kDirectory = "attachments";

/// Both ends hold an act that names a file, and neither has the file: the office was restored without it, or has not
/// sent it yet.
struct Named {
  DiskImage office;
  DiskImage centre;
  blobs::NamedFile file;
  Bytes content;
};

Named name_a_file(CrashCity const& city) {
  SeededRandom random(7);
  SimDisk office_disk(random);
  SimDisk centre_disk(random);
  office_disk.replace(city.office);
  centre_disk.replace(city.centre);
  auto clock = clock_after_cut();
  Named named;
  named.content.resize(kFileBytes);
  random.fill(named.content);
  named.file = {.owner = {city.identity.unit, city.lamp}, .address = crypto::sha256(named.content), .size = kFileBytes};
  {
    CentreProgram centre(centre_disk, city, random, clock);
    OfficeProgram office(office_disk, city, random, clock);
    Cable cable(centre);
    must(office.exchange(cable));  // the first one after a start learns where the centre is
    must(office.act("act-1", city.lamp, rules::EntryKind::kNote, rules::Note{}, "现场照片",
                    {{named.file.address, kFileBytes, 3, "现场.jpg"}}));
    must(office.exchange(cable));
    must(office.note_stop());
    must(centre.note_stop());
  }
  named.office = office_disk.image();
  named.centre = centre_disk.image();
  return named;
}

/// The file comes in parts to one end, whose files lie on the disk that fails, beside its database.
class AttachmentStory : public TwoEndsStory {
 public:
  AttachmentStory(CrashCity const& city, SimDisk& disk, Planted planted, Named const& named)
      : TwoEndsStory(city, disk, planted), folder_(disk), named_(named) {
    folder_.skip_flushes(planted == Planted::kFilesNotFlushed);
  }

  [[nodiscard]] std::size_t steps() const override { return 5; }
  [[nodiscard]] Result<void> perform(std::size_t step) override {
    clock_.advance(std::chrono::seconds(7));
    if (step == 0) {
      open();
      return {};
    }
    if (step < 4) return take_part();
    files_.reset();
    return stop();
  }
  void abandon() override {
    files_.reset();
    office_.reset();
    centre_.reset();
  }
  [[nodiscard]] std::string faults() override {
    if (files_ == nullptr) return {};
    if (auto faults = faults_of_both(); !faults.empty()) return faults;
    // What counts as here is whole and has its digest.
    auto const& world = files_->world();
    auto const checked = blobs::check_blobs(*world.readers.lease(), world.files, blobs::Depth::kWhole);
    if (!checked) return checked.error().sentence;
    return files_->state(named_.file).held >= told_ ? "" : "of the file less is held than was answered for";
  }
  [[nodiscard]] std::string unfinished() override {
    open();
    auto const row = files_->find(named_.file.owner, named_.file.address);
    if (!row) return "the file is not here";
    auto const content = files_->read(*row, 0, kFileBytes);
    if (!content || *content != named_.content) return "the file has another content";
    auto const swept = blobs::sweep_blobs(*files_, clock_.truth());
    if (!swept || swept->blobs + swept->lost != 0) return "the file does not count as wanted and here";
    auto const left = folder_.files_in(kDirectory).size();
    return left == 1 ? "" : "something is left over beside the file";
  }

 protected:
  virtual void run() = 0;
  [[nodiscard]] virtual Result<void> stop() = 0;

  template <class Program>
  void open_files(Program& program) {
    files_ = std::make_unique<blobs::BlobStore>(
        blobs::BlobStore::World{.writer = program.writer(),
                                .readers = program.readers(),
                                .files = {program.vault(), chance_, kDirectory, folder_}});
  }

 private:
  void open() {
    abandon();
    run();
  }
  /// As the courier and the centre's door do it: from where the receiver is.
  [[nodiscard]] Result<void> take_part() {
    auto const before = files_->state(named_.file);
    if (before.here) return {};
    auto const part = BytesView(named_.content).subspan(before.held, std::min(kPartBytes, kFileBytes - before.held));
    auto const rule = rules::Policy().attachments;
    auto const after = files_->take(named_.file, before.held, part, rule, clock_.truth());
    if (!after) return after.error();
    told_ = after->held;
    return {};
  }

  SimFolder folder_;
  Named const& named_;
  SeededRandom chance_{8};
  std::unique_ptr<blobs::BlobStore> files_;
  std::uint64_t told_{0};  ///< so much was answered for
};

class OfficeAttachmentStory final : public AttachmentStory {
 public:
  using AttachmentStory::AttachmentStory;

 private:
  void run() override {
    run_office(disk_);
    open_files(*office_);
  }
  [[nodiscard]] Result<void> stop() override { return stop_office(); }
};

class CentreAttachmentStory final : public AttachmentStory {
 public:
  using AttachmentStory::AttachmentStory;

 private:
  void run() override {
    run_centre(disk_);
    open_files(*centre_);
  }
  [[nodiscard]] Result<void> stop() override { return stop_centre(); }
};

template <class Story>
auto teller_of(Named named) {
  return [named = std::move(named)](CrashCity const& where, SimDisk& disk, Planted planted) {
    return std::make_unique<Story>(where, disk, planted, named);
  };
}

}  // namespace

CrashTale tale_of_attachment_at_office(CrashCity const& city) {
  auto named = name_a_file(city);
  auto before = named.office;
  return {.name = "a file that comes to the office in parts",
          .city = city,
          .before = std::move(before),
          .file = kOfficeFile,
          .application_id = kOfficeId,
          .begin = teller_of<OfficeAttachmentStory>(std::move(named)),
          .stopped_from = 1,
          .loose = {"blob"}};
}

CrashTale tale_of_attachment_at_centre(CrashCity const& city) {
  auto named = name_a_file(city);
  auto before = named.centre;
  return {.name = "a file that comes to the centre in parts",
          .city = city,
          .before = std::move(before),
          .file = kCentreFile,
          .application_id = kCentreId,
          .begin = teller_of<CentreAttachmentStory>(std::move(named)),
          .stopped_from = 1,
          .loose = {"blob"}};
}

}  // namespace fieldnode::sim
