#include "node/office/tls_renewal.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "node/db/private_file.h"
#include "sync/base/random.h"

namespace fieldnode::office {
namespace {

using std::chrono::days;

constexpr UtcTime kEnrolled = utc_from_ms(1'791'421'200'000);
constexpr days kLife{400};

/// A node's directory as its enrolment left it, and the city's CA.
struct TlsRenewalTest : testing::Test {
  TlsRenewalTest() {
    std::string name = (std::filesystem::temp_directory_path() / "fieldnode-renewal-XXXXXX").native();
    dir.root = ::mkdtemp(name.data());
    auto const first = net::make_client_identity(ca, "node-7", {kEnrolled, kEnrolled + kLife}, random).value();
    EXPECT_TRUE(db::write_private_file(dir.ca(), ca.certificate_pem));
    EXPECT_TRUE(db::write_private_file(dir.tls_certificate(), first.certificate_pem));
    EXPECT_TRUE(db::write_private_file(dir.tls_key(), first.private_key_pem));
  }
  ~TlsRenewalTest() override { std::filesystem::remove_all(dir.root); }

  [[nodiscard]] std::string answer(std::string const& request, net::Identity const& authority) {
    auto const at = kEnrolled + days(300);
    return net::issue_client_certificate(authority, request, "node-7", {at, at + kLife}, random).value();
  }
  [[nodiscard]] UtcTime shown_until() const {
    auto const shown = TlsRenewal(dir).current().value();
    EXPECT_TRUE(net::belongs_to(shown.certificate_pem, shown.private_key_pem).value());
    return net::read_certificate(shown.certificate_pem)->validity.until;
  }

  SeededRandom random{21};
  net::Identity ca{net::make_city_ca("city", {kEnrolled, kEnrolled + days(9000)}, random)};
  DataDir dir;
};

TEST_F(TlsRenewalTest, NothingIsAskedBeforeTwoThirdsHaveCertainlyPassed) {
  TlsRenewal renewal(dir);
  EXPECT_TRUE(renewal.request(kEnrolled).value().empty());
  EXPECT_TRUE(renewal.request(kEnrolled + days(266)).value().empty());
  EXPECT_FALSE(std::filesystem::exists(dir.tls_next_key()));
  EXPECT_FALSE(renewal.request(kEnrolled + days(267)).value().empty());
}

TEST_F(TlsRenewalTest, TheCentreMayKnowBetterThanADeadClock) {
  TlsRenewal renewal(dir);
  renewal.expired(renewal.shown());
  EXPECT_FALSE(renewal.request(utc_from_ms(0)).value().empty());
}

TEST_F(TlsRenewalTest, AWordOnTheLastCertificateThatComesLateRenewsNothing) {
  TlsRenewal renewal(dir);
  auto const last = renewal.shown();
  ASSERT_TRUE(renewal.take(answer(renewal.request(kEnrolled + days(300)).value(), ca)));
  ASSERT_TRUE(renewal.proven());
  renewal.expired(last);
  EXPECT_TRUE(renewal.request(kEnrolled + days(301)).value().empty());
  renewal.expired(renewal.shown());
  EXPECT_FALSE(renewal.request(kEnrolled + days(301)).value().empty());
}

TEST_F(TlsRenewalTest, ARepeatAsksWithTheSameRequest) {
  auto const asked = TlsRenewal(dir).request(kEnrolled + days(300)).value();
  EXPECT_EQ(TlsRenewal(dir).request(kEnrolled + days(301)).value(), asked) << "after a restart, too";
}

TEST_F(TlsRenewalTest, TheOldOneIsShownUntilTheNewOneHasProvenItself) {
  auto const before = shown_until();
  TlsRenewal renewal(dir);
  auto const fresh = renewal.take(answer(renewal.request(kEnrolled + days(300)).value(), ca));
  ASSERT_TRUE(fresh) << fresh.error().sentence;
  EXPECT_TRUE(net::belongs_to(fresh->certificate_pem, fresh->private_key_pem).value());
  EXPECT_EQ(shown_until(), before) << "a stop right here changes nothing";
  ASSERT_TRUE(renewal.proven());
  EXPECT_EQ(shown_until(), kEnrolled + days(700));
  EXPECT_FALSE(std::filesystem::exists(dir.tls_next_key()));
  EXPECT_TRUE(renewal.request(kEnrolled + days(301)).value().empty());
}

TEST_F(TlsRenewalTest, TheNextRenewalTakesThePlaceOfTheLast) {
  TlsRenewal renewal(dir);
  for (auto const at : {days(300), days(600)}) {
    ASSERT_TRUE(renewal.take(answer(renewal.request(kEnrolled + at).value(), ca)));
    ASSERT_TRUE(renewal.proven());
  }
  EXPECT_EQ(shown_until(), kEnrolled + days(700));
}

TEST_F(TlsRenewalTest, ACertificateOfAnotherCityOrKeyIsNotKept) {
  TlsRenewal renewal(dir);
  auto const request = renewal.request(kEnrolled + days(300)).value();
  auto const other = net::make_city_ca("other", {kEnrolled, kEnrolled + days(9000)}, random);
  EXPECT_EQ(renewal.take(answer(request, other)).error().code, "bad_certificate");
  auto const foreign = net::make_certificate_request(net::make_private_key(), "fieldnode").value();
  EXPECT_EQ(renewal.take(answer(foreign, ca)).error().code, "bad_certificate");
  EXPECT_FALSE(renewal.take("no certificate"));
  EXPECT_FALSE(std::filesystem::exists(dir.tls_next()));
}

}  // namespace
}  // namespace fieldnode::office
