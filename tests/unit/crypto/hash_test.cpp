#include "sync/crypto/hash.h"

#include <gtest/gtest.h>

namespace fieldnode::crypto {
namespace {

// FIPS 180-4, examples of NIST.
TEST(Hash, KnownAnswersOfSha256) {
  EXPECT_EQ(to_hex(sha256(bytes_of(""))), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(to_hex(sha256(bytes_of("abc"))), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(to_hex(sha256(bytes_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Hash, PiecesGiveTheHashOfTheWhole) {
  std::string const text(1000, 'x');
  for (std::size_t cut = 0; cut <= text.size(); cut += 37) {
    Sha256 hash;
    hash.add(bytes_of(text).first(cut)).add(bytes_of(text).subspan(cut));
    EXPECT_EQ(hash.finish(), sha256(bytes_of(text)));
    EXPECT_EQ(sha256({bytes_of(text).first(cut), bytes_of(text).subspan(cut)}), sha256(bytes_of(text)));
  }
}

TEST(Hash, ACopyGoesOnByItself) {
  Sha256 first;
  first.add(bytes_of("ab"));
  Sha256 second = first;
  first.add(bytes_of("c"));
  second.add(bytes_of("d"));
  EXPECT_EQ(first.finish(), sha256(bytes_of("abc")));
  EXPECT_EQ(second.finish(), sha256(bytes_of("abd")));
}

// RFC 4231, test cases 1, 2 and 6.
TEST(Hash, KnownAnswersOfHmac) {
  Bytes const key(20, 0x0b);
  EXPECT_EQ(to_hex(hmac_sha256(key, {bytes_of("Hi There")})),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(to_hex(hmac_sha256(bytes_of("Jefe"), {bytes_of("what do ya want "), bytes_of("for nothing?")})),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  Bytes const long_key(131, 0xaa);
  EXPECT_EQ(to_hex(hmac_sha256(long_key, {bytes_of("Test Using Larger Than Block-Size Key - Hash Key First")})),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Hash, ADomainIsTheTagWithItsLengthInFront) {
  EXPECT_EQ(hash_under("ab", {bytes_of("c")}), sha256(bytes_of("\x02"
                                                               "abc")));
  EXPECT_NE(hash_under("ab", {bytes_of("c")}), hash_under("a", {bytes_of("bc")}));
  EXPECT_EQ(derive_under("ab", bytes_of("k"), {bytes_of("c")}), hmac_sha256(bytes_of("k"), {bytes_of("\x02"
                                                                                                     "abc")}));
}

TEST(Hash, ConstantTimeCompareIsStillACompare) {
  EXPECT_TRUE(equal_in_constant_time(bytes_of("same"), bytes_of("same")));
  EXPECT_FALSE(equal_in_constant_time(bytes_of("same"), bytes_of("sane")));
  EXPECT_FALSE(equal_in_constant_time(bytes_of("same"), bytes_of("sam")));
  EXPECT_TRUE(equal_in_constant_time({}, {}));
}

TEST(Hash, WipeLeavesZeros) {
  Bytes secret{1, 2, 3};
  wipe(secret);
  EXPECT_EQ(secret, Bytes(3, 0));
}

}  // namespace
}  // namespace fieldnode::crypto
