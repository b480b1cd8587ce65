#include "node/office/blob_courier.h"

#include <algorithm>
#include <array>

#include "node/blobs/blob_needs.h"
#include "sync/base/check.h"

namespace fieldnode::office {
namespace {

/// So often it looks whether the entries have passed.
constexpr Milliseconds kLetPass{50};
/// With nothing to carry it looks again at the latest, whatever it is told: a centre may have got what it lacked.
constexpr Milliseconds kIdle = std::chrono::minutes(5);
constexpr std::size_t kLookedAt = 32;

/// Failures of the link, not of a file: the next file would meet the same.
bool is_of_the_link(std::string_view code) {
  static constexpr std::array<std::string_view, 13> kCodes{
      "unreachable", "timeout",         "wrong_ca",          "wrong_host", "certificate_dates",
      "tls_failed",  "connection_lost", "cancelled",         "http_error", "bad_content_type",
      "busy",        "writer_busy",     "centre_cannot_save"};
  return std::ranges::find(kCodes, code) != kCodes.end();
}

}  // namespace

BlobCourier::BlobCourier(World world)
    : world_(std::move(world)), pace_(world_.random, {}), rests_(world_.clock, world_.random) {}

void BlobCourier::start() {
  check(!thread_.joinable(), "a courier is started once");
  thread_ = std::thread([this] { run(); });
}

void BlobCourier::stop() {
  {
    std::lock_guard const lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  world_.calls.shut();
  if (thread_.joinable()) thread_.join();
}

void BlobCourier::nudge() {
  {
    std::lock_guard const lock(mutex_);
    nudged_ = true;
  }
  changed_.notify_all();
}

bool BlobCourier::pause(Milliseconds most, bool nudge_ends) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, most, [&] { return stopping_ || (nudge_ends && nudged_); });
  if (nudge_ends && std::exchange(nudged_, false)) pace_.nudged();
  return !stopping_;
}

void BlobCourier::run() {
  Milliseconds rest{0};
  while (pause(rest, rest > kLetPass)) {
    if (world_.entries_go()) {
      rest = kLetPass;
      continue;
    }
    try {
      rest = step();
    } catch (std::exception const&) {
      rest = pace_.failed(Milliseconds(0));  // a broken world: pages meet it too and report it
    }
  }
}

Milliseconds BlobCourier::step() {
  auto const job = next_job();
  if (!job) {
    chunk_.rested();
    return rests_.first_end(kIdle);
  }
  auto const carried = carry(*job);
  if (!carried) return failed(*job, carried.error());
  pace_.succeeded();
  return Milliseconds(0);
}

Milliseconds BlobCourier::failed(Job const& job, Refusal const& why) {
  sent_.erase(job.key);
  if (why.code == "wrong_offset") return Milliseconds(0);  // the receiver is asked how far it is
  if (is_of_the_link(why.code)) {
    chunk_.broke();
    return pace_.failed(Milliseconds(0));
  }
  rests_.failed(job.key);
  return Milliseconds(0);
}

/// The smaller of what is to be fetched and what is to be sent; what rests is passed over. Nothing is sent before the
/// acts that name it: the centre would not know the file.
std::optional<BlobCourier::Job> BlobCourier::next_job() {
  auto const unit = world_.store.identity().unit;
  auto const feed = world_.store.snapshot().feed.list.epoch;
  bool const delivered = world_.store.undelivered() == 0;
  auto const lease = world_.readers.lease();
  auto const most = kLookedAt + rests_.count();
  std::optional<Job> job;
  for (auto const& missing : blobs::missing_blobs(*lease, unit, most)) {
    blobs::BlobKey const key{missing.assignment, missing.address};
    if (rests_.rests(key)) continue;
    job = Job{Way::kFromCentre, key, missing.size, {}};
    break;
  }
  if (!delivered) return job;
  for (auto const& row : blobs::unsent_blobs(*lease, unit, feed, most)) {
    blobs::BlobKey const key{row.owner.assignment, *row.address};
    if (rests_.rests(key)) continue;
    if (!job || row.size < job->size) job = Job{Way::kToCentre, key, row.size, row};
    break;
  }
  return job;
}

blobs::NamedFile BlobCourier::file_of(Job const& job) const {
  return {.owner = {world_.store.identity().unit, job.key.assignment}, .address = job.key.address, .size = job.size};
}

Result<void> BlobCourier::carry(Job const& job) {
  return job.way == Way::kToCentre ? send_chunk(job) : fetch_chunk(job);
}

Result<void> BlobCourier::send_chunk(Job const& job) {
  auto const known = [&](blobs::BlobState const& state) -> Result<void> {
    sent_[job.key] = state.held;
    if (!state.here) return {};
    sent_.erase(job.key);
    rests_.arrived(job.key);
    return world_.blobs.note_known(job.row->id, world_.store.snapshot().feed.list.epoch);
  };
  auto const at = sent_.find(job.key);
  if (at == sent_.end()) {
    auto const state = world_.calls.state(job.key);
    return state ? known(*state) : Result<void>(state.error());
  }
  auto const row = world_.blobs.find(file_of(job).owner, job.key.address);
  if (!row) return refuse("attachment_not_here", "The file is here no more.");
  auto const part = world_.blobs.read(*row, at->second, chunk_.next());
  if (!part) return part.error();
  auto const began = world_.clock.since_boot();
  auto const state = world_.calls.send(job.key, at->second, *part);
  if (!state) return state.error();
  chunk_.took(part->size(), world_.clock.since_boot() - began);
  return known(*state);
}

Result<void> BlobCourier::fetch_chunk(Job const& job) {
  auto const file = file_of(job);
  auto const held = world_.blobs.state(file).held;
  auto const part = held == job.size ? Result<Bytes>(Bytes()) : fetch_part(job, held);
  if (!part) return part.error();
  auto const rule = world_.store.rules()->current()->policy.attachments;
  auto const state = world_.blobs.take(file, held, *part, rule, world_.now());
  if (!state) return state.error();
  if (!state->here) return {};
  rests_.arrived(job.key);
  if (world_.on_change) world_.on_change(job.key.assignment);
  return {};
}

Result<Bytes> BlobCourier::fetch_part(Job const& job, std::uint64_t held) {
  auto const began = world_.clock.since_boot();
  auto part = world_.calls.fetch(job.key, held, std::min(chunk_.next(), job.size - held));
  if (part) chunk_.took(part->size(), world_.clock.since_boot() - began);
  return part;
}

}  // namespace fieldnode::office
