#include "node/office/enrolment_takeover.h"

#include <algorithm>

#include "node/db/inline_writer.h"
#include "node/db/migrations.h"
#include "node/db/private_file.h"
#include "node/lists/master_key_file.h"
#include "node/net/certificates.h"
#include "node/office/office_store.h"
#include "node/office/schema.h"
#include "sync/wire/fingerprint.h"

namespace fieldnode::office {
namespace {

/// The pin has chosen the CA during a call; that the answer names the same one is checked here, because from now on
/// that text is what is believed. Gives the CA's fingerprint.
Result<Hash> check_ca(EnrolmentAnswer const& answer, EnrolmentCode const& code) {
  auto const ca = net::read_certificate(answer.ca_pem);
  if (!ca) return ca.error();
  bool const pinned = std::equal(code.pin.begin(), code.pin.end(), ca->fingerprint.begin());
  auto const issued = net::is_issued_by(answer.certificate_pem, answer.ca_pem);
  if (pinned && issued && *issued) return ca->fingerprint;
  return refuse("bad_enrolment_answer",
                "The centre's answer does not fit the code: its CA is another one. Nothing was "
                "taken over; ask the centre's operator for a new code.");
}

/// A certificate for another key would be of no use here: the answer is an older request's, or another machine's.
Result<void> check_certificate(DataDir const& dir, EnrolmentAnswer const& answer) {
  auto const key = db::read_private_file(dir.tls_key());
  if (!key) return key.error();
  auto const ours = net::belongs_to(answer.certificate_pem, *key);
  if (!ours) return ours.error();
  if (*ours) return {};
  return refuse("bad_enrolment_answer",
                "The centre's answer is for another machine or directory than this one. Nothing "
                "was taken over.");
}

Result<void> write_certificates(DataDir const& dir, EnrolmentAnswer const& answer) {
  if (auto const written = db::write_private_file(dir.ca(), answer.ca_pem); !written) return written;
  return db::write_private_file(dir.tls_certificate(), answer.certificate_pem);
}

Result<void> found_database(DataDir const& dir, OfficeIdentity const& identity, NodeTime& time, Random& random) {
  auto connection = db::Connection::open_writer(dir.database());
  if (!connection) return connection.error();
  if (auto const migrated = db::migrate(*connection, migrations()); !migrated) return migrated.error();
  auto const key = lists::open_master_key(dir.master_key(), *connection, random);
  if (!key) return key.error();
  lists::ContactVault vault(*key, random);
  db::InlineWriter writer(*std::move(connection));
  return OfficeStore::found(writer, vault, random, identity, time.stamp());
}

}  // namespace

Result<OfficeIdentity> take_answer_over(DataDir const& dir, EnrolmentAsking const& asking, EnrolmentCode const& code,
                                        EnrolmentAnswer const& answer, NodeTime& time, Random& random) {
  auto const city = check_ca(answer, code);
  if (!city) return city.error();
  if (auto const fits = check_certificate(dir, answer); !fits) return fits.error();
  if (auto const written = write_certificates(dir, answer); !written) return written.error();
  auto identity = answer.identity;
  identity.journal_epoch = asking.request.journal_epoch;
  identity.public_key = asking.request.key;
  identity.city_fingerprint = wire::city_fingerprint(*city, identity.city_key);
  if (auto const founded = found_database(dir, identity, time, random); !founded) return founded.error();
  return identity;
}

}  // namespace fieldnode::office
