#include "sync/crypto/seal.h"

#include <gtest/gtest.h>

namespace fieldnode::crypto {
namespace {

Bytes bytes_from_hex(std::string_view hex) { return from_hex(hex).value(); }

// draft-irtf-cfrg-xchacha-03, appendix A.3.1.
TEST(Seal, KnownAnswerOfXChaCha20Poly1305) {
  SealKey key;
  for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<std::uint8_t>(0x80 + i);
  Bytes const sealed = bytes_from_hex(
      "404142434445464748494a4b4c4d4e4f5051525354555657"
      "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39"
      "ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9"
      "21f9664c97637da9768812f615c68b13b52e"
      "c0875924c1c7987947deafd8780acf49");
  auto const plain = open(key, sealed, bytes_from_hex("50515253c0c1c2c3c4c5c6c7"));
  ASSERT_TRUE(plain);
  EXPECT_EQ(text_of(*plain),
            "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
            "sunscreen would be it.");
}

TEST(Seal, OpensOnlyUnderItsKeyAndContext) {
  SeededRandom random(1);
  auto const key = make_seal_key(random);
  auto const sealed = seal(key, bytes_of("13800000000"), bytes_of("contact/7"), random);
  EXPECT_EQ(sealed.size(), 11 + kSealOverheadBytes);
  EXPECT_EQ(text_of(open(key, sealed, bytes_of("contact/7")).value()), "13800000000");
  EXPECT_EQ(open(key, sealed, bytes_of("contact/8")).error().code, "cannot_open");
  EXPECT_EQ(open(make_seal_key(random), sealed, bytes_of("contact/7")).error().code, "cannot_open");
}

TEST(Seal, EveryChangedBitAndEveryMissingByteIsFound) {
  SeededRandom random(1);
  auto const key = make_seal_key(random);
  auto const sealed = seal(key, bytes_of("text"), {}, random);
  for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
    auto changed = sealed;
    changed[bit / 8] ^= static_cast<std::uint8_t>(1u << (bit % 8));
    EXPECT_FALSE(open(key, changed, {})) << "bit " << bit;
  }
  for (std::size_t size = 0; size < sealed.size(); ++size) {
    EXPECT_FALSE(open(key, BytesView(sealed).first(size), {})) << "size " << size;
  }
}

TEST(Seal, TheSameTextNeverLooksTheSame) {
  SeededRandom random(1);
  auto const key = make_seal_key(random);
  EXPECT_NE(seal(key, bytes_of("text"), {}, random), seal(key, bytes_of("text"), {}, random));
}

TEST(Seal, AWrappedKeyComesBackOnlyToItsOwner) {
  SeededRandom random(1);
  auto const wrapping = make_seal_key(random);
  auto const key = make_seal_key(random);
  auto const wrapped = wrap_key(wrapping, key, bytes_of("assignment/7"), random);
  EXPECT_EQ(unwrap_key(wrapping, wrapped, bytes_of("assignment/7")).value(), key);
  EXPECT_FALSE(unwrap_key(wrapping, wrapped, bytes_of("assignment/8")));
  EXPECT_FALSE(unwrap_key(key, wrapped, bytes_of("assignment/7")));
  EXPECT_FALSE(unwrap_key(wrapping, seal(wrapping, bytes_of("short"), {}, random), {}));
}

}  // namespace
}  // namespace fieldnode::crypto
