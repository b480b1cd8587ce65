#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include "node/blobs/blob_store.h"
#include "node/blobs/chunk_pace.h"
#include "node/lists/named_blobs.h"
#include "node/office/blob_calls.h"
#include "node/office/file_rests.h"
#include "node/office/office_store.h"
#include "sync/engine/pace.h"

namespace fieldnode::office {

/// Brings attachments to the centre and from it: one thread, a connection of its own, one chunk at a time, the smallest
/// file first. Before each chunk it lets entries go ahead, so none waits for more than the chunk that is on its way.
/// Which files are to go follows from the entries held here; how far each is, from what the receiver has.
/// A file that fails is set aside for a while and the others go on. Thread: any.
class BlobCourier {
 public:
  struct World {
    OfficeStore& store;
    blobs::BlobStore& blobs;
    db::ReadPool& readers;
    BlobCalls& calls;
    Clock const& clock;
    Random& random;
    std::function<bool()> entries_go;             ///< entries are on their way, or want to be
    std::function<UtcTime()> now;                 ///< a time that does not go back
    std::function<void(AssignmentId)> on_change;  ///< an attachment came
  };
  explicit BlobCourier(World world);
  BlobCourier(BlobCourier const&) = delete;
  BlobCourier& operator=(BlobCourier const&) = delete;
  ~BlobCourier() { stop(); }

  void start();
  /// Ends what runs within milliseconds. A second call does nothing.
  void stop();
  /// There may be something to carry, or the link is back.
  void nudge();

 private:
  enum class Way { kToCentre, kFromCentre };
  struct Job {
    Way way{};
    blobs::BlobKey key;
    std::uint64_t size{};
    std::optional<blobs::BlobRow> row;  ///< of what is to be sent
  };

  void run();
  /// One step of one file; gives the pause before the next.
  [[nodiscard]] Milliseconds step();
  [[nodiscard]] std::optional<Job> next_job();
  [[nodiscard]] Result<void> carry(Job const& job);
  [[nodiscard]] Result<void> send_chunk(Job const& job);
  /// With nothing missing but the judgement, which a stop has left undone, the file is judged.
  [[nodiscard]] Result<void> fetch_chunk(Job const& job);
  [[nodiscard]] Result<Bytes> fetch_part(Job const& job, std::uint64_t held);
  [[nodiscard]] Milliseconds failed(Job const& job, Refusal const& why);
  [[nodiscard]] blobs::NamedFile file_of(Job const& job) const;
  /// False when it is to end. A nudge ends the pause unless the pause lets entries pass.
  [[nodiscard]] bool pause(Milliseconds most, bool nudge_ends);

  World world_;
  engine::Pace pace_;
  blobs::ChunkPace chunk_;
  std::map<blobs::BlobKey, std::uint64_t> sent_;  ///< how far the centre said it has what is being sent
  FileRests rests_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_{false};  // guarded by mutex_
  bool nudged_{false};    // guarded by mutex_
  std::thread thread_;
};

}  // namespace fieldnode::office
