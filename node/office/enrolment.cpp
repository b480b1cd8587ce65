#include "node/office/enrolment.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/serialize.hpp>

#include "node/db/inline_writer.h"
#include "node/db/migrations.h"
#include "node/db/private_file.h"
#include "node/lists/master_key_file.h"
#include "node/net/certificates.h"
#include "node/net/https_client.h"
#include "node/office/enrolment_answer.h"
#include "node/office/https_transport.h"
#include "node/office/node_time.h"
#include "node/office/office_store.h"
#include "node/office/schema.h"
#include "sync/crypto/hash.h"
#include "sync/crypto/token.h"

namespace fieldnode::office {
namespace {

constexpr std::size_t kPinBytes = 10;
constexpr std::size_t kSecretBytes = 8;

/// The code as typed, taken apart.
struct Code {
  Bytes pin;
  Bytes secret;
};

/// What the node asks with.
struct Asking {
  crypto::KeyPair keys;
  std::string tls_key_pem;
  std::string request_pem;
  Epoch journal_epoch;
};

Result<Code> read_enrolment_code(std::string_view typed) {
  auto const payload = crypto::read_code(typed);
  if (!payload) return payload.error();
  if (payload->size() != kPinBytes + kSecretBytes) {
    return refuse("bad_code", "The code is too short or too long: type it whole, as the centre printed it.");
  }
  return Code{{payload->begin(), payload->begin() + kPinBytes}, {payload->begin() + kPinBytes, payload->end()}};
}

/// An epoch is 64 random bits. Drawn from the node's random key instead of kept in a file of its own, it is the same
/// when a broken enrolment is repeated, as the centre has registered it.
Epoch first_epoch(crypto::KeyPair const& keys) {
  auto const bits = crypto::derive_under("fieldnode/first-journal-epoch/1", keys.secret_key, {});
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < sizeof value; ++i) value = value << 8U | bits[i];
  return Epoch{value == 0 ? 1 : value};
}

Result<std::string> tls_key_of(DataDir const& dir) {
  auto held = db::read_private_file(dir.tls_key());
  if (held || held.error().code != "file_missing") return held;
  auto key = net::make_private_key();
  if (auto const written = db::write_private_file(dir.tls_key(), key); !written) return written.error();
  return key;
}

Result<Asking> prepare(DataDir const& dir, Random& random) {
  auto const keys = load_or_make_node_key(dir, *crypto::ed25519_suite(), random);
  if (!keys) return keys.error();
  auto tls_key = tls_key_of(dir);
  if (!tls_key) return tls_key.error();
  // The name in the request is only a label: the centre puts the unit's code into the certificate.
  auto request = net::make_certificate_request(*tls_key, "fieldnode");
  if (!request) return request.error();
  return Asking{*keys, *std::move(tls_key), *std::move(request), first_epoch(*keys)};
}

std::string question(Asking const& asking, Code const& code) {
  boost::json::object const form{{"protocol", 1},
                                 {"secret", to_hex(code.secret)},
                                 {"public_key", to_hex(asking.keys.public_key)},
                                 {"csr", asking.request_pem},
                                 {"journal_epoch", std::to_string(asking.journal_epoch.value)},
                                 {"program", FIELDNODE_VERSION}};
  return boost::json::serialize(form);
}

/// The pin is part of the code, so it is the code that may be wrong.
Refusal other_city(EnrolmentForm const& form) {
  return refuse("wrong_ca",
                fmt::format("{} is not the centre that made this code: its certificate is another city's. "
                            "Check the address, and that code and address come from the same centre. If they "
                            "do, somebody may be listening in: tell its operator.",
                            form.centre));
}

Result<EnrolmentAnswer> ask(EnrolmentForm const& form, Code const& code, Asking const& asking, NodeTime& time) {
  net::HttpsClientOptions options{.base_url = form.centre};
  options.trust.ca_pin = code.pin;
  options.trust.trusted_time = [&time] { return time.now().interval; };
  auto const client = net::HttpsClient::make(std::move(options));
  if (!client) return client.error();
  net::CallOptions call;
  call.answer_type = "application/json";
  call.body_type = "application/json";
  auto const answer = (*client)->post("/sync/v1/enrol", bytes_of(question(asking, code)), call);
  if (answer) return read_enrolment_answer(text_of(answer->body));
  if (auto said = refusal_within(answer.error())) return *std::move(said);
  if (answer.error().code == "wrong_ca") return other_city(form);
  return Refusal{answer.error().code, answer.error().sentence};
}

/// What is handed to strangers as the city's word must be about this very node.
Result<void> check_city_word(OfficeIdentity const& identity, Asking const& asking) {
  if (!identity.city_word) return {};
  auto const& word = *identity.city_word;
  bool const ours = word.unit == identity.unit && word.node == identity.node && word.key == asking.keys.public_key &&
                    word.journal_epoch == asking.journal_epoch && word.key_id == identity.city_key_id;
  if (ours && wire::verify_statement(word, *crypto::ed25519_suite(), identity.city_key)) return {};
  return refuse("bad_enrolment_answer",
                "What the centre signed of this node is about another one. Nothing was taken over; ask the centre's "
                "operator for a new code.");
}

/// The pin has chosen the CA during the call; that the answer names the same one is checked here, because from now on
/// that text is what is believed.
Result<void> check_answer(EnrolmentAnswer const& answer, Code const& code) {
  auto const ca = net::read_certificate(answer.ca_pem);
  if (!ca) return ca.error();
  bool const pinned = std::equal(code.pin.begin(), code.pin.end(), ca->fingerprint.begin());
  auto const issued = net::is_issued_by(answer.certificate_pem, answer.ca_pem);
  if (pinned && issued && *issued) return {};
  return refuse("bad_enrolment_answer",
                "The centre's answer does not fit the code: its CA is another one. Nothing was "
                "taken over; ask the centre's operator for a new code.");
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

/// Before anything is asked: a code is not to be spent on a directory that has its node.
Result<void> require_free(DataDir const& dir) {
  std::error_code ignored;
  if (!std::filesystem::exists(dir.database(), ignored)) return {};
  auto reader = db::Connection::open_reader(dir.database());
  if (!reader) return reader.error();
  if (db::schema_version(*reader) == 0) return {};
  if (auto const fits = db::require_schema(*reader, migrations()); !fits) return fits;
  auto const known = load_identity(*reader);
  if (!known) return {};
  return refuse("already_enrolled", fmt::format("{} is the node of unit {} ({}) already. To replace it, move that "
                                                "directory away and enrol in an empty one.",
                                                dir.root.native(), known->unit_code, known->unit_name));
}

}  // namespace

Result<OfficeIdentity> enrol(DataDir const& dir, EnrolmentForm const& form, Clock const& clock, Random& random) {
  auto const code = read_enrolment_code(form.code);
  if (!code) return code.error();
  if (auto const made = db::make_private_directory(dir.root); !made) return made.error();
  if (auto const free = require_free(dir); !free) return free.error();
  auto const asking = prepare(dir, random);
  if (!asking) return asking.error();

  NodeTime time(clock, {.build_date = build_date()}, {});
  auto const answer = ask(form, *code, *asking, time);
  if (!answer) return answer.error();
  if (auto const fits = check_answer(*answer, *code); !fits) return fits.error();
  if (auto const fits = check_city_word(answer->identity, *asking); !fits) return fits.error();
  if (auto const written = write_certificates(dir, *answer); !written) return written.error();

  auto identity = answer->identity;
  identity.centre = form.centre;
  identity.journal_epoch = asking->journal_epoch;
  if (auto const founded = found_database(dir, identity, time, random); !founded) return founded.error();
  return identity;
}

}  // namespace fieldnode::office
