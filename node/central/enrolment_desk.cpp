#include "node/central/enrolment_desk.h"

#include <fmt/format.h>

#include "sync/base/check.h"
#include "sync/crypto/hash.h"
#include "sync/crypto/token.h"

namespace fieldnode::central {
namespace {

Refusal wrong_code() {
  return refuse("wrong_code", "This enrolment code is not known here; type it again, or ask the centre for a new one.");
}

/// What stands against using the code at all.
Result<void> check_code(CodeRecord const& code, EnrolmentForm const& form, UtcTime now) {
  if (code.wrong_tries >= kWrongTriesMax) {
    return refuse("too_many_tries",
                  "This enrolment code was tried wrongly too often and is void; ask the centre for a "
                  "new one.");
  }
  if (!crypto::equal_in_constant_time(code.secret_hash, form.request.secret)) return wrong_code();
  if (code.used_key && *code.used_key != form.request.key) {
    return refuse("code_used",
                  "This enrolment code was used by another machine already; ask the centre for a new one, "
                  "and who used it if it was not you.");
  }
  if (!code.used_key && now >= code.expires_at) {
    return refuse("code_expired", fmt::format("This enrolment code was good for {} hours and has ended; ask the centre "
                                              "for a new one.",
                                              kCodeLife.count()));
  }
  return {};
}

}  // namespace

std::uint16_t locator_of(BytesView secret) { return static_cast<std::uint16_t>((secret[0] << 8) | secret[1]); }

Result<IssuedCode> EnrolmentDesk::issue_code(std::string_view unit_code, UtcTime now) {
  auto const unit = store_.find_unit(unit_code);
  if (!unit) {
    return refuse("unknown_unit", fmt::format("There is no unit with the code {}; `fieldnode-central unit list` shows "
                                              "them all.",
                                              unit_code));
  }
  auto const pin = ca_pin(city_.ca, kPinBytes);
  if (!pin) return pin.error();
  Bytes secret(kSecretBytes);
  auto const expires_at = now + kCodeLife;
  auto const kept = store_.with_unit(unit->id, [&](UnitWork& work) -> Result<void> {
    // A row whose code is still good must not lose its place to another code.
    std::optional<CodeRecord> taken;
    do {
      random_.fill(secret);
      taken = work.find_code(locator_of(secret));
    } while (taken && !taken->used_key && now < taken->expires_at);
    work.put_code({.locator = locator_of(secret),
                   .unit = unit->id,
                   .secret_hash = wire::secret_hash(secret),
                   .made_at = now,
                   .expires_at = expires_at});
    return {};
  });
  if (!kept) return kept.error();
  Bytes payload = *pin;
  payload.insert(payload.end(), secret.begin(), secret.end());
  auto const city = city_fingerprint(city_);
  if (!city) return city.error();
  return IssuedCode{
      .code = crypto::to_code(payload), .city_fingerprint = *city, .unit = *unit, .expires_at = expires_at};
}

Result<Enrolled> EnrolmentDesk::enrol(EnrolmentForm const& form, UtcTime now) {
  auto const known = store_.find_code(form.locator);
  if (!known) return wrong_code();
  Result<Enrolled> outcome = wrong_code();
  auto const done = store_.with_unit(known->unit, [&](UnitWork& work) -> Result<void> {
    auto code = work.find_code(known->locator);
    if (!code || code->unit != known->unit) return wrong_code();
    auto const usable = check_code(*code, form, now);
    if (!usable) {
      // A wrong guess must be remembered, so the transaction goes through although the answer is no.
      outcome = usable.error();
      if (usable.error().code == "wrong_code") {
        ++code->wrong_tries;
        work.put_code(*code);
      }
      return {};
    }
    outcome = enrol_within(work, *code, form, now);
    return outcome ? Result<void>{} : Result<void>(outcome.error());
  });
  if (!done) return done.error();
  return outcome;
}

Result<Enrolled> EnrolmentDesk::enrol_within(UnitWork& work, CodeRecord code, EnrolmentForm const& form, UtcTime now) {
  if (auto const theirs = wire::verify_request(form.request, *crypto::ed25519_suite()); !theirs) return theirs.error();
  if (!code.used_key) {
    auto const added = add_node(work, form.request, now);
    if (!added) return added.error();
    code.used_key = form.request.key;
    code.used_node = *added;
    work.put_code(code);
  }
  auto node = work.find_node(code.used_node);
  check(node.has_value(), "a used code names its node");
  return Enrolled{.unit = work.unit(), .node = *std::move(node)};
}

Result<NodeId> EnrolmentDesk::add_node(UnitWork& work, wire::EnrolmentRequest const& request, UtcTime now) {
  auto const node = work.next_node();
  auto const certificate = net::issue_client_certificate(city_.ca, request.certificate_request, node_common_name(node),
                                                         node_validity(now), random_);
  if (!certificate) return refuse("malformed_request", certificate.error().sentence);
  auto const facts = net::read_certificate(*certificate);
  if (!facts) return facts.error();
  auto const added = work.add_node({.id = node,
                                    .public_key = request.key,
                                    .journal_epoch = request.journal_epoch,
                                    .fingerprint = facts->fingerprint,
                                    .certificate = *certificate,
                                    .at = now});
  if (!added) return added.error();
  return node;
}

}  // namespace fieldnode::central
