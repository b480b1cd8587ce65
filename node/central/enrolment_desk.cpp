#include "node/central/enrolment_desk.h"

#include <fmt/format.h>

#include "node/central/store/node_statement.h"
#include "sync/base/check.h"
#include "sync/crypto/hash.h"
#include "sync/crypto/token.h"

namespace fieldnode::central {
namespace {

using std::chrono::days;

/// Renewal comes inside the exchange; until then a certificate outlives the hardware. A revoked node is turned away by
/// its row, not by a date.
constexpr days kNodeLife{10 * 365};
constexpr days kBackdated{1};

std::uint16_t locator_of(BytesView secret) { return static_cast<std::uint16_t>((secret[0] << 8) | secret[1]); }

Hash hash_of(BytesView secret) { return crypto::hash_under("fieldnode/enrolment-secret/1", {secret}); }

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
  if (!crypto::equal_in_constant_time(code.secret_hash, hash_of(form.secret))) return wrong_code();
  if (code.used_key && *code.used_key != form.public_key) {
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
                   .secret_hash = hash_of(secret),
                   .made_at = now,
                   .expires_at = expires_at});
    return {};
  });
  if (!kept) return kept.error();
  Bytes payload = *pin;
  payload.insert(payload.end(), secret.begin(), secret.end());
  return IssuedCode{.code = crypto::to_code(payload), .unit = *unit, .expires_at = expires_at};
}

Result<Enrolled> EnrolmentDesk::enrol(EnrolmentForm const& form, UtcTime now) {
  if (form.secret.size() != kSecretBytes) return wrong_code();
  auto const known = store_.find_code(locator_of(form.secret));
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
  if (code.used_key) {
    auto const node = work.find_node(code.used_node);
    check(node.has_value(), "a used code names its node");
    return Enrolled{.unit = work.unit(),
                    .node = node->id,
                    .certificate = node->certificate,
                    .statement = statement_on(*node, city_.key)};
  }
  auto const node = work.next_node();
  auto const certificate =
      net::issue_client_certificate(city_.ca, form.certificate_request, fmt::format("node-{}", node.value),
                                    {now - kBackdated, now + kNodeLife}, random_);
  if (!certificate) return refuse("malformed_request", certificate.error().sentence);
  auto const facts = net::read_certificate(*certificate);
  if (!facts) return facts.error();
  auto const registered = work.register_node({.id = node,
                                              .public_key = form.public_key,
                                              .journal_epoch = form.journal_epoch,
                                              .fingerprint = facts->fingerprint,
                                              .certificate = *certificate,
                                              .at = now});
  if (!registered) return registered.error();
  code.used_key = form.public_key;
  code.used_node = node;
  work.put_code(code);
  auto const record = work.find_node(node);
  check(record.has_value(), "a node that was registered is there");
  return Enrolled{
      .unit = work.unit(), .node = node, .certificate = *certificate, .statement = statement_on(*record, city_.key)};
}

}  // namespace fieldnode::central
