#include "node/blobs/blob_parcel.h"

#include <gtest/gtest.h>

namespace fieldnode::blobs {
namespace {

constexpr std::size_t kMany = 100;

BlobKey key(std::uint8_t n) { return {AssignmentId{n}, {n}}; }

WantedFile file(std::uint8_t n, std::uint64_t size, std::int64_t due_ms, std::uint64_t held = 0) {
  return {.key = key(n), .size = size, .held = held, .due = utc_from_ms(due_ms)};
}

std::vector<FilePiece> const kNone;

TEST(BlobParcel, TheMostUrgentAssignmentGoesFirstAndItsSmallestFile) {
  auto const parcel = pack_parcel({file(1, 10, 300), file(2, 30, 100), file(3, 20, 100)}, 60, kMany);
  EXPECT_EQ(parcel.pieces, (std::vector<FilePiece>{{key(3), 0, 20}, {key(2), 0, 30}, {key(1), 0, 10}}));
  EXPECT_EQ(parcel.left, 0U);
}

TEST(BlobParcel, NoPhotoWaitsForAFilm) {
  auto const parcel = pack_parcel({file(1, 1'000, 100), file(2, 30, 200), file(3, 40, 300)}, 100, kMany);
  EXPECT_EQ(parcel.pieces, (std::vector<FilePiece>{{key(2), 0, 30}, {key(3), 0, 40}, {key(1), 0, 30}}))
      << "what room is left takes the beginning of the film";
  EXPECT_EQ(parcel.left, 1U);
}

TEST(BlobParcel, GoesOnWhereTheReceiverStopped) {
  auto const parcel = pack_parcel({file(1, 1'000, 100, 950)}, 100, kMany);
  EXPECT_EQ(parcel.pieces, (std::vector<FilePiece>{{key(1), 950, 1'000}}));
  EXPECT_EQ(parcel.left, 0U);
}

TEST(BlobParcel, WhatTheReceiverHasDoesNotGo) {
  EXPECT_EQ(pack_parcel({file(1, 50, 100, 50), file(2, 50, 100, 70)}, 100, kMany).pieces, kNone);
}

TEST(BlobParcel, WithoutRoomNothingGoesAndAllIsLeft) {
  auto const parcel = pack_parcel({file(1, 50, 100), file(2, 60, 200)}, 0, kMany);
  EXPECT_EQ(parcel.pieces, kNone);
  EXPECT_EQ(parcel.left, 2U);
}

TEST(BlobParcel, NoMoreFilesThanOneBundleTakes) {
  auto const parcel = pack_parcel({file(1, 5, 100), file(2, 5, 200), file(3, 5, 300)}, 100, 2);
  EXPECT_EQ(parcel.pieces, (std::vector<FilePiece>{{key(1), 0, 5}, {key(2), 0, 5}}));
  EXPECT_EQ(parcel.left, 1U);
}

}  // namespace
}  // namespace fieldnode::blobs
