#include "node/office/enrolment_asking.h"

#include <fmt/format.h>

#include "node/db/migrations.h"
#include "node/db/private_file.h"
#include "node/net/certificates.h"
#include "node/office/schema.h"
#include "sync/crypto/hash.h"
#include "sync/crypto/token.h"
#include "sync/wire/enrolment_link.h"

namespace fieldnode::office {
namespace {

constexpr std::size_t kPinBytes = 10;
constexpr std::size_t kSecretBytes = 8;

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

}  // namespace

Result<EnrolmentCode> read_enrolment_code(std::string_view typed) {
  auto const payload = crypto::read_code(typed);
  if (!payload) return payload.error();
  if (payload->size() != kPinBytes + kSecretBytes) {
    return refuse("bad_code", "The code is too short or too long: type it whole, as the centre printed it.");
  }
  return EnrolmentCode{{payload->begin(), payload->begin() + kPinBytes},
                       {payload->begin() + kPinBytes, payload->end()}};
}

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

Result<EnrolmentForm> whole_form(EnrolmentForm form) {
  if (wire::is_enrolment_text(form.code)) {
    auto const scanned = wire::read_enrolment_text(form.code);
    if (!scanned) return scanned.error();
    form.code = scanned->code;
    if (form.centre.empty()) form.centre = scanned->centre;
  }
  if (!form.centre.empty()) return form;
  return refuse("centre_missing",
                "Where is the centre? Give --centre https://HOST:PORT, or scan the centre's QR code, "
                "which names it.");
}

Result<EnrolmentAsking> prepare_asking(DataDir const& dir, EnrolmentCode const& code, Random& random) {
  if (auto const made = db::make_private_directory(dir.root); !made) return made.error();
  if (auto const free = require_free(dir); !free) return free.error();
  auto const suite = crypto::ed25519_suite();
  auto const keys = load_or_make_node_key(dir, *suite, random);
  if (!keys) return keys.error();
  auto const tls_key = tls_key_of(dir);
  if (!tls_key) return tls_key.error();
  // The name in the request is only a label: the centre puts the node's own into the certificate.
  auto certificate_request = net::make_certificate_request(*tls_key, "fieldnode");
  if (!certificate_request) return certificate_request.error();
  EnrolmentAsking asking{*keys,
                         {.suite = {},
                          .secret = wire::secret_hash(code.secret),
                          .key = keys->public_key,
                          .journal_epoch = first_epoch(*keys),
                          .certificate_request = *std::move(certificate_request),
                          .signature = {}}};
  wire::sign_request(asking.request, *suite, keys->secret_key);
  return asking;
}

boost::json::object asking_view(EnrolmentAsking const& asking) {
  auto const& request = asking.request;
  return {{"protocol", 2},
          {"public_key", to_hex(request.key)},
          {"csr", request.certificate_request},
          {"journal_epoch", std::to_string(request.journal_epoch.value)},
          {"signature", to_hex(request.signature)},
          {"program", FIELDNODE_VERSION}};
}

}  // namespace fieldnode::office
