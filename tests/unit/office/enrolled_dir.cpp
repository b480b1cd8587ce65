#include "tests/unit/office/enrolled_dir.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "node/db/inline_writer.h"
#include "node/db/private_file.h"
#include "node/lists/master_key_file.h"
#include "node/office/node_time.h"
#include "node/office/schema.h"

namespace fieldnode::office {

EnrolledDir::EnrolledDir() {
  std::string name = (std::filesystem::temp_directory_path() / "fieldnode-link-XXXXXX").native();
  dir_.root = ::mkdtemp(name.data());
  auto const suite = crypto::ed25519_suite();
  auto const city = suite->make_keys(random_);
  net::Validity const validity{clock_.wall() - std::chrono::days(1), clock_.wall() + std::chrono::days(1)};
  auto const ca = net::make_city_ca("city", validity, random_);
  auto const server = net::make_server_identity(ca, {{}, {"127.0.0.1"}}, validity, random_).value();
  auto const client = net::make_client_identity(ca, "unit-BH", validity, random_).value();
  EXPECT_TRUE(db::write_private_file(dir_.ca(), ca.certificate_pem));
  EXPECT_TRUE(db::write_private_file(dir_.tls_certificate(), client.certificate_pem));
  EXPECT_TRUE(db::write_private_file(dir_.tls_key(), client.private_key_pem));
  EXPECT_TRUE(load_or_make_node_key(dir_, *suite, random_));
  OfficeIdentity identity{.unit = kUnit, .unit_code = "BH", .unit_name = "滨河", .city = "示范市", .node = kNode};
  identity.journal_epoch = kJournalEpoch;
  identity.city_key_id = 3;
  identity.city_key = city.public_key;
  centre_ = std::make_unique<CentreDouble>(server, ca.certificate_pem, city, identity.journal());
  identity.centre = centre_->address();
  found(identity);
}

EnrolledDir::~EnrolledDir() {
  centre_.reset();
  std::filesystem::remove_all(dir_.root);
}

void EnrolledDir::found(OfficeIdentity const& identity) {
  auto connection = db::Connection::open_writer(dir_.database()).value();
  ASSERT_TRUE(db::migrate(connection, migrations()));
  auto const key = lists::open_master_key(dir_.master_key(), connection, random_).value();
  lists::ContactVault vault(key, random_);
  db::InlineWriter writer(std::move(connection));
  NodeTime time(clock_, {.build_date = build_date()}, {});
  ASSERT_TRUE(OfficeStore::found(writer, vault, random_, identity, time.stamp()));
}

}  // namespace fieldnode::office
