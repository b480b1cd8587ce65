#include <gtest/gtest.h>
#include <malloc.h>

#include <algorithm>
#include <cstdlib>
#include <new>

#include "tests/unit/wire/random_messages.h"

// Counts what decoders take from the heap. A program of its own: it replaces the global allocator.
namespace {

struct Heap {
  std::size_t live{};
  std::size_t peak{};
};

Heap& heap() {
  static thread_local Heap counted;
  return counted;
}

}  // namespace

// Never inlined: the compiler must not pair our free with the library's new.
[[gnu::noinline]] void* operator new(std::size_t size) {
  void* const block = std::malloc(size);
  if (block == nullptr) throw std::bad_alloc();
  heap().live += malloc_usable_size(block);
  heap().peak = std::max(heap().peak, heap().live);
  return block;
}
[[gnu::noinline]] void operator delete(void* block) noexcept {
  heap().live -= malloc_usable_size(block);
  std::free(block);
}
[[gnu::noinline]] void operator delete(void* block, std::size_t) noexcept { operator delete(block); }

namespace fieldnode::wire {
namespace {

template <class Work>
std::size_t peak_of(Work work) {
  auto const before = heap().live;
  heap().peak = before;
  work();
  return heap().peak - before;
}

/// What a decoder may take beside what it was given: a refusal's sentence, the first elements of a list.
constexpr std::size_t kSlackBytes = 4 * 1024;

/// Puts the greatest number, and greatest numbers of fewer bits, in the place of every byte: whatever was a size there
/// is now a lie. Decoding must come back, and take no more than `allowed` bytes.
template <class Decode>
void expect_bounded(Bytes const& bytes, std::size_t allowed, Decode decode) {
  for (std::string_view const lie : {"ffffffffffffffffff01", "ffffffff0f", "ffff7f", "ff7f", "ff"}) {
    auto const number = from_hex(lie).value();
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      Bytes changed(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(i));
      changed.insert(changed.end(), number.begin(), number.end());
      changed.insert(changed.end(), bytes.begin() + static_cast<std::ptrdiff_t>(i) + 1, bytes.end());
      auto const taken = peak_of([&] { decode(changed); });
      ASSERT_LE(taken, allowed + kSlackBytes) << "number " << lie << " at byte " << i << " of " << to_hex(bytes);
    }
  }
}

TEST(Bounds, ALieAboutASizeCostsNoMemoryInAnEntry) {
  SeededRandom random(51);
  for (int round = 0; round < 20; ++round) {
    auto const entry = random_entry(random);
    auto const packed = pack_entry(entry);
    // Lists grow by doubling, and an element takes more memory than bytes: hence the factor.
    expect_bounded(packed, packed.size() * 4, [](BytesView bytes) { (void)unpack_entry(bytes); });
    expect_bounded(entry.skeleton, entry.skeleton.size() * 32, [](BytesView bytes) { (void)decode_skeleton(bytes); });
    expect_bounded(entry.body.bytes, entry.body.bytes.size() * 32, [](BytesView bytes) { (void)decode_body(bytes); });
    expect_bounded(entry.contact.bytes, entry.contact.bytes.size() * 32,
                   [](BytesView bytes) { (void)decode_contact(bytes); });
  }
}

bool is_plain(BytesView message) { return message[5] == 0; }

/// Messages whose bytes zstd does not shorten, so that each size field stands in the open.
TEST(Bounds, ALieAboutASizeCostsNoMemoryInAMessage) {
  SeededRandom random(52);
  int plain_requests = 0;
  int plain_replies = 0;
  for (int round = 0; round < 40; ++round) {
    auto request = random_request(random, random.below(3));
    auto reply = random_reply(random, random.below(3));
    // Signatures left at zero make most messages with blocks worth shortening; without them the head stands open.
    if (round % 2 == 0) request = without_blocks(std::move(request));
    if (round % 2 == 0) reply = without_blocks(std::move(reply));
    auto const asked = encode_request(request, 1);
    auto const answered = encode_reply(reply, 1);
    if (is_plain(asked)) {
      ++plain_requests;
      expect_bounded(asked, asked.size() * 16, [](BytesView bytes) { (void)decode_request(bytes); });
    }
    if (is_plain(answered)) {
      ++plain_replies;
      expect_bounded(answered, answered.size() * 16, [](BytesView bytes) { (void)decode_reply(bytes); });
    }
  }
  EXPECT_GE(plain_requests, 5);
  EXPECT_GE(plain_replies, 5);
}

TEST(Bounds, AListOfTheShortestElementsStaysInProportion) {
  SeededRandom random(53);
  auto const idle = encode_reply(random_reply(random, 0), 1);
  ExchangeReply reply = decode_reply(idle).value();
  reply.feed.assign(kMessageMaxEntries, {.held = true, .entry = {}});
  auto const bytes = encode_reply(reply, 1);
  auto const taken = peak_of([&] { EXPECT_TRUE(decode_reply(bytes)); });
  EXPECT_LE(taken, std::size_t{48} * 1024 * 1024) << "64 MiB over base is the limit of a hostile message";
}

}  // namespace
}  // namespace fieldnode::wire
