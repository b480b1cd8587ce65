#include "sync/wire/frame.h"

#include <gtest/gtest.h>
#include <zstd.h>

#include "sync/base/random.h"
#include "sync/wire/exchange.h"

namespace fieldnode::wire {
namespace {

constexpr Magic kMagic{'T', 'E', 'S', 'T'};
constexpr std::size_t kHeadBytes = 6;

Bytes noise(std::size_t size) {
  SeededRandom random(size);
  Bytes bytes(size);
  random.fill(bytes);
  return bytes;
}

/// A frame of protocol 1 around any bytes. `method`: 0 plain, 1 zstd.
Bytes frame_around(Bytes const& content, std::uint8_t method = 1) {
  Bytes frame(kMagic.begin(), kMagic.end());
  frame.push_back(1);
  frame.push_back(method);
  for (auto const byte : content) frame.push_back(byte);
  return frame;
}

Bytes zstd_of(Bytes const& fields, int window_log, bool with_size) {
  auto* const context = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, window_log);
  ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, with_size ? 1 : 0);
  Bytes out(ZSTD_compressBound(fields.size()));
  ZSTD_outBuffer output{out.data(), out.size(), 0};
  ZSTD_inBuffer input{fields.data(), fields.size(), 0};
  // Streamed, so that zstd does not know the size and keeps the window it was told.
  ZSTD_compressStream2(context, &output, &input, ZSTD_e_continue);
  ZSTD_compressStream2(context, &output, &input, ZSTD_e_end);
  ZSTD_freeCCtx(context);
  out.resize(output.pos);
  return out;
}

TEST(Frame, FieldsOfEverySizeComeBack) {
  for (std::size_t const size : {0u, 1u, 5u, 100u, 70'000u, 3'000'000u}) {
    auto bytes = noise(size);
    for (std::size_t i = 0; i < size; ++i) bytes[i] &= 15;  // compresses to about a half
    for (int const level : {1, 9}) {
      auto const frame = unpack_frame(kMagic, pack_frame(kMagic, 1, bytes, level));
      ASSERT_TRUE(frame) << frame.error().sentence;
      EXPECT_EQ(frame->fields, bytes);
    }
  }
}

TEST(Frame, WhatDoesNotCompressTravelsPlain) {
  EXPECT_EQ(pack_frame(kMagic, 1, noise(1'000), 9).size(), 1'000 + kHeadBytes);
}

TEST(Frame, WhatCompressesTooWellTravelsPlainAndIsRead) {
  Bytes const blank(2'000'000, ' ');
  auto const frame = pack_frame(kMagic, 1, blank, 9);
  EXPECT_EQ(frame.size(), blank.size() + kHeadBytes);
  EXPECT_EQ(unpack_frame(kMagic, frame).value().fields, blank);
}

TEST(Frame, ABombIsRefused) {
  auto const bomb = frame_around(zstd_of(Bytes(100'000'000, 0), 20, false));
  ASSERT_LT(bomb.size(), 20'000u);
  EXPECT_EQ(unpack_frame(kMagic, bomb).error().code, "message_too_large");
}

TEST(Frame, AMessageAboveTheLimitIsRefusedEvenAtAModestRatio) {
  auto fields = noise(kMessageMaxBytes + 1);
  for (auto& byte : fields) byte &= 1;
  EXPECT_EQ(unpack_frame(kMagic, frame_around(zstd_of(fields, 20, false))).error().code, "message_too_large");
  EXPECT_EQ(unpack_frame(kMagic, frame_around(fields, 0)).error().code, "message_too_large");
}

TEST(Frame, AWindowThatWouldTakeOurMemoryIsRefused) {
  auto const fields = noise(200'000);
  EXPECT_TRUE(unpack_frame(kMagic, frame_around(zstd_of(fields, 20, false))));
  auto const wide = unpack_frame(kMagic, frame_around(zstd_of(fields, 24, false)));
  ASSERT_FALSE(wide);
  EXPECT_EQ(wide.error().code, "malformed_message");
  EXPECT_NE(wide.error().sentence.find("memory"), std::string::npos) << wide.error().sentence;
}

TEST(Frame, BytesAfterTheCompressedFieldsAreRefused) {
  auto frame = pack_frame(kMagic, 1, Bytes(1'000, 'x'), 3);
  frame.push_back(0);
  EXPECT_NE(unpack_frame(kMagic, frame).error().sentence.find("follow"), std::string::npos);
}

TEST(Frame, AnUnknownMethodIsRefused) {
  Bytes const frame{'T', 'E', 'S', 'T', 1, 2, 0};
  EXPECT_EQ(unpack_frame(kMagic, frame).error().sentence,
            "The message cannot be read at byte 5: compression method 2 is not known.");
}

TEST(FrameDeathTest, PackingMoreThanTheLimitIsABrokenProgram) {
  EXPECT_DEATH((void)pack_frame(kMagic, 1, Bytes(kMessageMaxBytes + 1), 1), "kMessageMaxBytes");
}

}  // namespace
}  // namespace fieldnode::wire
