#include <gtest/gtest.h>

#include "sync/base/random.h"
#include "sync/wire/enrolment_link.h"
#include "sync/wire/enrolment_request.h"
#include "sync/wire/fingerprint.h"
#include "sync/wire/identity_blocks.h"

namespace fieldnode::wire {
namespace {

TEST(Fingerprint, ItIsReadInAnyCaseAndGroupingAndNoMistakePasses) {
  crypto::PublicKey key{};
  key.fill(7);
  auto const shown = node_fingerprint(key);
  ASSERT_EQ(shown.size(), 14U);
  std::string spoken;
  for (char const c : shown) {
    if (c != '-') spoken += std::string(1, c >= 'A' ? static_cast<char>(c - 'A' + 'a') : c) + " ";
  }
  EXPECT_EQ(read_fingerprint(spoken).value(), shown);
  for (std::size_t i = 0; i < shown.size(); ++i) {
    if (shown[i] == '-') continue;
    auto wrong = shown;
    wrong[i] = wrong[i] == '7' ? '8' : '7';
    EXPECT_EQ(read_fingerprint(wrong).error().code, "bad_fingerprint") << wrong;
  }
  EXPECT_EQ(read_fingerprint("7K3M").error().code, "bad_fingerprint");
  key.fill(8);
  EXPECT_NE(node_fingerprint(key), shown);
}

TEST(Fingerprint, ACityHasAnotherOneForAnotherCaOrKey) {
  Hash ca{};
  crypto::PublicKey key{};
  auto const shown = city_fingerprint(ca, key);
  ca[0] = 1;
  EXPECT_NE(city_fingerprint(ca, key), shown);
  key[0] = 1;
  EXPECT_NE(city_fingerprint({}, key), shown);
}

TEST(EnrolmentLink, WhatAScannerTypesNamesAddressAndCode) {
  auto const text = enrolment_text({"https://centre.example:8440", "7K3M-9QXT"});
  EXPECT_EQ(text, "FIELDNODE://CENTRE.EXAMPLE:8440/7K3M-9QXT");
  EXPECT_TRUE(is_enrolment_text(text));
  EXPECT_TRUE(is_enrolment_text("fieldnode://c/1"));
  EXPECT_FALSE(is_enrolment_text("7K3M-9QXT"));
  auto const read = read_enrolment_text(text).value();
  EXPECT_EQ(read.centre, "https://centre.example:8440");
  EXPECT_EQ(read.code, "7K3M-9QXT");
  EXPECT_EQ(read_enrolment_text("FIELDNODE://CENTRE.EXAMPLE:8440").error().code, "bad_code");
  EXPECT_EQ(read_enrolment_text("FIELDNODE:///7K3M").error().code, "bad_code");
}

TEST(EnrolmentRequest, EachFieldIsUnderTheSignature) {
  SeededRandom random(3);
  auto const suite = crypto::ed25519_suite();
  auto const keys = suite->make_keys(random);
  EnrolmentRequest request{.secret = secret_hash(bytes_of("secret")),
                           .key = keys.public_key,
                           .journal_epoch = Epoch{5},
                           .certificate_request = "PEM"};
  sign_request(request, *suite, keys.secret_key);
  ASSERT_TRUE(verify_request(request, *suite));
  auto const changed = [&](auto change) {
    auto other = request;
    change(other);
    return verify_request(other, *suite).has_value();
  };
  EXPECT_FALSE(changed([](auto& r) { r.secret[0] ^= 1; }));
  EXPECT_FALSE(changed([](auto& r) { r.key[0] ^= 1; }));
  EXPECT_FALSE(changed([](auto& r) { r.journal_epoch = Epoch{6}; }));
  EXPECT_FALSE(changed([](auto& r) { r.certificate_request += "x"; }));
  EXPECT_FALSE(verify_request(request, *crypto::simulated_suite()));
}

TEST(CertificateRequest, OnlyTheNodesOwnKeyAsksForItsNextCertificate) {
  SeededRandom random(4);
  auto const suite = crypto::ed25519_suite();
  auto const node = suite->make_keys(random);
  auto const thief = suite->make_keys(random);
  CertificateRequest request{.node = NodeId{7}, .request = "PEM"};
  sign_request(request, *suite, thief.secret_key);
  EXPECT_EQ(verify_request(request, *suite, node.public_key).error().code, "bad_signature");
  sign_request(request, *suite, node.secret_key);
  EXPECT_TRUE(verify_request(request, *suite, node.public_key));
  request.node = NodeId{8};
  EXPECT_FALSE(verify_request(request, *suite, node.public_key));
}

}  // namespace
}  // namespace fieldnode::wire
