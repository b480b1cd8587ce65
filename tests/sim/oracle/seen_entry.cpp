#include "tests/sim/oracle/seen_entry.h"

#include <fmt/format.h>

#include <limits>
#include <stdexcept>

namespace fieldnode::sim {
namespace {

/// "Numbers and texts".
class Cursor {
 public:
  explicit Cursor(BytesView bytes) : bytes_(bytes) {}

  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      auto const byte = octet();
      value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
      if ((byte & 0x80) == 0) return value;
    }
    throw std::runtime_error("a number of more than ten bytes");
  }
  unsigned word() { return static_cast<unsigned>(number()); }
  bool flag() {
    auto const byte = octet();
    if (byte > 1) throw std::runtime_error("a yes or no that is neither");
    return byte == 1;
  }
  std::int64_t signed_number() {
    auto const value = number();
    auto const half = static_cast<std::int64_t>(value >> 1);
    return (value & 1) == 0 ? half : -half - 1;
  }
  UtcTime moment() { return utc_from_ms(signed_number()); }
  /// A moment so far from another.
  UtcTime step_from(std::int64_t base) {
    return utc_from_ms(
        static_cast<std::int64_t>(static_cast<std::uint64_t>(base) + static_cast<std::uint64_t>(signed_number())));
  }
  std::uint64_t fixed() {
    std::uint64_t value = 0;
    for (int i = 0; i < 8; ++i) value = value << 8 | octet();
    return value;
  }
  Position place() {
    Epoch const epoch{fixed()};
    return {epoch, number()};
  }
  std::string text() {
    auto const bytes = block();
    return std::string(text_of(bytes));
  }
  BytesView block() {
    auto const size = number();
    if (size > bytes_.size() - at_) throw std::runtime_error("a block that is longer than what is left");
    auto const bytes = bytes_.subspan(at_, size);
    at_ += size;
    return bytes;
  }
  [[nodiscard]] bool done() const { return at_ == bytes_.size(); }

 private:
  std::uint8_t octet() {
    if (done()) throw std::runtime_error("cut short");
    return bytes_[at_++];
  }

  BytesView bytes_;
  std::size_t at_{0};
};

enum Presence : unsigned { kLatest = 1, kEstimate = 2, kAnchor = 4, kOrigin = 8, kPreviewed = 16, kBlobs = 32 };

void read_resolution(Cursor& in, SeenEntry& entry) {
  (void)in.word();  // verified
  (void)in.flag();  // beyond duty
  (void)in.word();  // solved
  entry.unreachable = in.flag();
}

void read_act(Cursor& in, SeenEntry& entry) {
  switch (entry.kind) {
    case seen::kContact:
      (void)in.word();  // channel
      entry.outcome = in.word();
      entry.completes = in.flag();
      if (entry.completes) read_resolution(in, entry);
      return;
    case seen::kResolution:
      return read_resolution(in, entry);
    case seen::kCorrection:
      entry.named = in.place();
      if (in.flag()) entry.corrected_outcome = in.word();
      return;
    case seen::kWithdrawal:
      entry.named = in.place();
      return;
    case seen::kOutage: {
      entry.from = in.moment();
      if (in.flag()) (void)in.moment();
      entry.until = in.moment();
      if (in.flag()) (void)in.moment();
      entry.attempts = in.number();
      return;
    }
    default:
      return;
  }
}

void read_dispatch(Cursor& in, SeenEntry& entry) {
  entry.case_id = in.number();
  (void)in.number();  // cycle
  (void)in.word();    // category
  entry.case_kind = in.word();
  entry.lead = in.flag();
  (void)in.flag();    // confidential
  (void)in.flag();    // urgent
  (void)in.number();  // return rounds
  entry.ruled = in.flag();
}

void read_ruling(Cursor& in, SeenEntry& entry) {
  switch (entry.kind) {
    case seen::kDispatch:
      return read_dispatch(in, entry);
    case seen::kExtensionDecision:
    case seen::kSpecialDecision:
    case seen::kUnreachableDecision:
    case seen::kSettlement:
      entry.named = in.place();
      entry.yes = in.flag();
      return;
    case seen::kReturnDecision:
      entry.named = in.place();
      entry.yes = in.flag();
      entry.is_final = in.flag();
      return;
    case seen::kRefusal:
    case seen::kSetAside:
      entry.named = in.place();
      entry.code = in.text();
      return;
    case seen::kConflict:
    case seen::kAdopt:
      entry.named = in.place();
      return;
    case seen::kCallBack:
      entry.yes = in.flag();
      entry.satisfied = in.word();
      entry.solved = in.word();
      return;
    case seen::kTimeRuling:
      entry.named = in.place();
      entry.clock = in.word();
      entry.yes = in.flag();
      return;
    case seen::kTimeCorrection:
      entry.repealed = in.fixed();
      return;
    case seen::kOutageSeen:
      (void)in.word();  // view
      entry.from = in.moment();
      entry.until = in.moment();
      return;
    default:
      return;
  }
}

void read_time(Cursor& in, unsigned presence, SeenEntry& entry) {
  entry.clock_class = in.word();
  entry.earliest = entry.estimate = in.moment();
  auto const earliest = ms_of(entry.earliest);
  if (presence & kEstimate) entry.estimate = in.step_from(earliest);
  if (presence & kLatest) entry.latest = in.step_from(2 * ms_of(entry.estimate) - earliest);
  if (presence & kAnchor) entry.anchor = in.fixed();
}

}  // namespace

SeenEntry read_entry(Position at, BytesView skeleton) try {
  SeenEntry entry{.at = at};
  Cursor in(skeleton);
  (void)in.number();  // version
  entry.kind = in.word();
  auto const presence = in.word();
  entry.assignment = AssignmentId{in.number()};
  entry.number = in.number();
  entry.staff = in.number();
  entry.basis = in.place();
  if (presence & kPreviewed) entry.previewed = in.number();
  read_time(in, presence, entry);
  if (presence & kOrigin) entry.origin = in.place();
  if (presence & kBlobs) entry.blobs = in.number();
  Cursor payload(in.block());
  entry.kind < 64 ? read_act(payload, entry) : read_ruling(payload, entry);
  return entry;
} catch (std::runtime_error const& malformed) {
  throw std::runtime_error(
      fmt::format("entry {} of {:016x} is not as PROTOCOL.md says: {}", at.seq, at.epoch.value, malformed.what()));
}

}  // namespace fieldnode::sim
