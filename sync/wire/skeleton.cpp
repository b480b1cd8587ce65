#include "sync/wire/skeleton.h"

#include "sync/base/check.h"
#include "sync/wire/entry.h"
#include "sync/wire/payload_fields.h"
#include "sync/wire/payload_kinds.h"

namespace fieldnode::wire {
namespace {

/// Which optional fields stand in a skeleton. Bits are only added; a field of an unknown bit stands after the payload,
/// where an older reader skips it.
enum Presence : std::uint8_t {
  kHasLatest = 1,
  kHasEstimate = 2,  ///< absent: the estimate is `earliest`
  kHasAnchor = 4,
  kHasOrigin = 8,
  kHasPreviewed = 16,
  kHasBlobs = 32,
};

std::uint8_t presence_of(rules::Skeleton const& skeleton) {
  unsigned bits = 0;
  if (skeleton.time.interval.latest) bits |= kHasLatest;
  if (skeleton.time.estimate != skeleton.time.interval.earliest) bits |= kHasEstimate;
  if (skeleton.time.anchor != 0) bits |= kHasAnchor;
  if (skeleton.origin) bits |= kHasOrigin;
  if (skeleton.previewed != 0) bits |= kHasPreviewed;
  if (skeleton.blobs != 0) bits |= kHasBlobs;
  return static_cast<std::uint8_t>(bits);
}

/// Where `latest` is expected: an interval around an estimate is nearly always symmetric, so the step from here is 0.
UtcTime mirror_of(rules::TimeEvidence const& time) {
  auto const estimate = static_cast<std::uint64_t>(ms_of(time.estimate));
  auto const earliest = static_cast<std::uint64_t>(ms_of(time.interval.earliest));
  return utc_from_ms(static_cast<std::int64_t>(2 * estimate - earliest));
}

void put_time(PackedOutput& output, rules::TimeEvidence const& time, unsigned bits) {
  auto const earliest = time.interval.earliest;
  output(time.clock_class, earliest);
  if (bits & kHasEstimate) output.delta(time.estimate, earliest);
  if (bits & kHasLatest) output.delta(*time.interval.latest, mirror_of(time));
  if (bits & kHasAnchor) output.fixed(time.anchor);
}

rules::TimeEvidence get_time(PackedInput& input, unsigned bits) {
  rules::TimeEvidence time;
  auto& [earliest, latest] = time.interval;
  input(time.clock_class, earliest);
  time.estimate = earliest;
  if (bits & kHasEstimate) input.delta(time.estimate, earliest);
  auto const mirror = mirror_of(time);
  if (bits & kHasLatest) input.delta(latest.emplace(), mirror);
  if (bits & kHasAnchor) input.fixed(time.anchor);
  return time;
}

Bytes payload_bytes(rules::Payload const& payload) {
  PackedOutput output;
  std::visit([&](auto const& fields) { output(fields); }, payload);
  return output.take();
}

rules::Payload get_payload(PackedInput& input, rules::EntryKind kind) {
  auto block = input.get_block();
  auto payload = blank_payload(kind);
  std::visit([&](auto& fields) { block(fields); }, payload);
  return payload;
}

rules::Skeleton get_skeleton(PackedInput& input) {
  rules::Skeleton skeleton;
  std::uint8_t bits = 0;
  input(skeleton.version, skeleton.kind, bits);
  input(skeleton.assignment, skeleton.number, skeleton.staff, skeleton.basis);
  if (bits & kHasPreviewed) input(skeleton.previewed);
  skeleton.time = get_time(input, bits);
  if (bits & kHasOrigin) input(skeleton.origin.emplace());
  if (bits & kHasBlobs) input(skeleton.blobs);
  skeleton.payload = get_payload(input, skeleton.kind);
  return skeleton;
}

}  // namespace

Bytes skeleton_bytes(rules::Skeleton const& skeleton) {
  check(blank_payload(skeleton.kind).index() == skeleton.payload.index() && skeleton.payload.index() != 0,
        "a skeleton's payload is not the one of its kind");
  PackedOutput output;
  auto const bits = presence_of(skeleton);
  output(skeleton.version, skeleton.kind, bits);
  output(skeleton.assignment, skeleton.number, skeleton.staff, skeleton.basis);
  if (bits & kHasPreviewed) output(skeleton.previewed);
  put_time(output, skeleton.time, bits);
  if (bits & kHasOrigin) output(*skeleton.origin);
  if (bits & kHasBlobs) output(skeleton.blobs);
  output.put_sized(payload_bytes(skeleton.payload));
  return output.take();
}

Result<rules::Skeleton> decode_skeleton(BytesView bytes) {
  return decoded(bytes, "malformed_entry", "skeleton of an entry", get_skeleton);
}

}  // namespace fieldnode::wire
