#include "node/net/certificates.h"

#include <gtest/gtest.h>

namespace fieldnode::net {
namespace {

constexpr UtcTime kFrom = utc_from_ms(1'767'225'600'000);   // 2026-01-01
constexpr UtcTime kUntil = utc_from_ms(1'798'761'600'000);  // 2027-01-01
constexpr Validity kYear{kFrom, kUntil};

class Certificates : public ::testing::Test {
 protected:
  SeededRandom random_{7};
  Identity ca_ = make_city_ca("测试市 CA", kYear, random_);
};

TEST_F(Certificates, ACityCaDescribesItself) {
  auto const facts = read_certificate(ca_.certificate_pem);
  ASSERT_TRUE(facts);
  EXPECT_EQ(facts->common_name, "测试市 CA");
  EXPECT_TRUE(facts->is_authority);
  EXPECT_EQ(facts->validity.from, kFrom);
  EXPECT_EQ(facts->validity.until, kUntil);
  EXPECT_EQ(facts->serial.size(), 32U);
  EXPECT_TRUE(*is_issued_by(ca_.certificate_pem, ca_.certificate_pem));
}

TEST_F(Certificates, AServerCertificateCarriesItsNames) {
  ServerNames const names{{"centre.example", "*.lan.example"}, {"192.168.1.5", "::1"}};
  auto const server = make_server_identity(ca_, names, kYear, random_);
  ASSERT_TRUE(server) << server.error().sentence;
  auto const facts = read_certificate(server->certificate_pem);
  ASSERT_TRUE(facts);
  EXPECT_EQ(facts->names.dns, names.dns);
  EXPECT_EQ(facts->names.addresses, names.addresses);
  EXPECT_FALSE(facts->is_authority);
  EXPECT_TRUE(*is_issued_by(server->certificate_pem, ca_.certificate_pem));
}

TEST_F(Certificates, ANodeIsNamedByTheCaAndKeepsItsKey) {
  auto const key = make_private_key();
  auto const request = make_certificate_request(key, "wishful name");
  ASSERT_TRUE(request);
  EXPECT_EQ(*read_certificate_request(*request), "wishful name");
  auto const issued = issue_client_certificate(ca_, *request, "unit 7 node 3", kYear, random_);
  ASSERT_TRUE(issued) << issued.error().sentence;
  EXPECT_EQ(read_certificate(*issued)->common_name, "unit 7 node 3");
  EXPECT_TRUE(*is_issued_by(*issued, ca_.certificate_pem));
}

TEST_F(Certificates, ARequestAnswersWithAServerCertificateToo) {
  auto const request = make_certificate_request(make_private_key(), "office");
  auto const issued = issue_server_certificate(ca_, *request, {{"office.lan"}, {}}, kYear, random_);
  ASSERT_TRUE(issued) << issued.error().sentence;
  EXPECT_EQ(read_certificate(*issued)->names.dns, std::vector<std::string>{"office.lan"});
}

TEST_F(Certificates, AnotherCaOfTheSameNameHasNotIssuedIt) {
  auto const twin = make_city_ca("测试市 CA", kYear, random_);
  auto const node = make_client_identity(ca_, "node", kYear, random_);
  EXPECT_FALSE(*is_issued_by(node->certificate_pem, twin.certificate_pem));
}

TEST_F(Certificates, SerialsDiffer) {
  auto const one = make_client_identity(ca_, "node", kYear, random_);
  auto const two = make_client_identity(ca_, "node", kYear, random_);
  EXPECT_NE(read_certificate(one->certificate_pem)->serial, read_certificate(two->certificate_pem)->serial);
}

TEST_F(Certificates, ADamagedRequestIsRefused) {
  auto request = *make_certificate_request(make_private_key(), "node");
  // Swaps one character inside the Base64 of the name or key: the request's own signature no longer fits.
  auto const at = request.find('\n') + 40;
  request[at] = request[at] == 'A' ? 'B' : 'A';
  auto const issued = issue_client_certificate(ca_, request, "node", kYear, random_);
  ASSERT_FALSE(issued);
  EXPECT_EQ(issued.error().code, "bad_request");
}

TEST_F(Certificates, NonsenseIsRefusedWithASentence) {
  auto const request = *make_certificate_request(make_private_key(), "node");
  EXPECT_EQ(read_certificate("").error().code, "bad_certificate");
  EXPECT_EQ(read_certificate_request("-----BEGIN").error().code, "bad_request");
  EXPECT_EQ(make_certificate_request("no key", "node").error().code, "bad_key");
  EXPECT_EQ(make_certificate_request(make_private_key(), "").error().code, "bad_request");
  EXPECT_EQ(make_certificate_request(make_private_key(), std::string(65, 'x')).error().code, "bad_request");
  EXPECT_EQ(issue_client_certificate(ca_, request, "a\nb", kYear, random_).error().code, "bad_request");
  EXPECT_EQ(issue_client_certificate(ca_, request, "node", {kUntil, kFrom}, random_).error().code, "bad_request");
  EXPECT_EQ(issue_server_certificate(ca_, request, {}, kYear, random_).error().code, "bad_request");
  EXPECT_EQ(issue_server_certificate(ca_, request, {{"a,IP:1.2.3.4"}, {}}, kYear, random_).error().code, "bad_request");
  EXPECT_EQ(issue_server_certificate(ca_, request, {{}, {"300.1.1.1"}}, kYear, random_).error().code, "bad_request");
  Identity const mixed{ca_.certificate_pem, make_private_key()};
  EXPECT_EQ(issue_client_certificate(mixed, request, "node", kYear, random_).error().code, "bad_key");
}

}  // namespace
}  // namespace fieldnode::net
