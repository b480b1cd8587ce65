#include "sync/wire/city_keys.h"

#include <algorithm>

#include "sync/wire/city_key_fields.h"
#include "sync/wire/signed_form.h"

namespace fieldnode::wire {
namespace {

Refusal broken() {
  return refuse("city_key_broken",
                "What came about the city's new key is not signed by who must vouch for it; it was thrown away. "
                "Ask the centre's operator, by another way than this link.");
}

bool is_ours(CityKeyStep const& step, crypto::SignatureSuite const& suite) {
  return static_cast<std::uint8_t>(step.suite) == suite.id() &&
         suite.verify(signed_bytes(step), step.by_new, step.new_key);
}

std::optional<UtcTime> end_of_old(CityKeyStep const& step) {
  return step.change == KeyChange::kCompromised ? std::optional(step.at) : std::nullopt;
}

}  // namespace

Bytes signed_bytes(CityRoot const& root) {
  return signed_form("fieldnode/city-root/1")
      .number(static_cast<std::uint64_t>(root.suite))
      .number(root.key_id)
      .raw(root.root)
      .take();
}

Bytes signed_bytes(CityKeyStep const& step) {
  return signed_form("fieldnode/city-key/1")
      .number(static_cast<std::uint64_t>(step.suite))
      .number(static_cast<std::uint64_t>(step.change))
      .number(step.old_id)
      .raw(step.old_key)
      .number(step.new_id)
      .raw(step.new_key)
      .number(static_cast<std::uint64_t>(ms_of(step.at)))
      .take();
}

void sign_root(CityRoot& root, crypto::SignatureSuite const& suite, crypto::SecretKey const& city) {
  root.suite = static_cast<SuiteId>(suite.id());
  root.signature = suite.sign(signed_bytes(root), city);
}

void sign_step(CityKeyStep& step, crypto::SignatureSuite const& suite, crypto::SecretKey const& voucher,
               crypto::SecretKey const& fresh) {
  step.suite = static_cast<SuiteId>(suite.id());
  step.by_voucher = suite.sign(signed_bytes(step), voucher);
  step.by_new = suite.sign(signed_bytes(step), fresh);
}

Bytes pack_step(CityKeyStep const& step) {
  PackedOutput output;
  output(step);
  return output.take();
}

Result<CityKeyStep> unpack_step(BytesView bytes) {
  return decoded(bytes, "malformed_message", "step of the city's key", [](PackedInput& input) {
    CityKeyStep step;
    input(step);
    if (input.left() > 0) input.fail(std::to_string(input.left()) + " bytes follow it");
    return step;
  });
}

Bytes pack_root(CityRoot const& root) {
  PackedOutput output;
  output(root);
  return output.take();
}

Result<CityRoot> unpack_root(BytesView bytes) {
  return decoded(bytes, "malformed_message", "city's root key", [](PackedInput& input) {
    CityRoot root;
    input(root);
    if (input.left() > 0) input.fail(std::to_string(input.left()) + " bytes follow it");
    return root;
  });
}

Result<void> CityKeyRing::learn_root(CityRoot const& root, crypto::SignatureSuite const& suite) {
  if (root_) return {};
  auto const* const signer = find(root.key_id);
  // Whoever holds a key that fell into other hands must not choose what vouches for the next one.
  if (signer == nullptr || signer->until) {
    return refuse("unknown_city_key", "The city's root key is signed by a key that is not known here.");
  }
  if (auto const fits = verify_signed(root, suite, signer->key, "city's root key"); !fits) return fits.error();
  root_ = root.root;
  return {};
}

Result<void> CityKeyRing::follow(CityKeyStep const& step, crypto::SignatureSuite const& suite) {
  if (find(step.new_id) != nullptr) return {};
  if (keys_.empty() || step.old_id != newest().id || step.old_key != newest().key) return broken();
  if (step.change == KeyChange::kCompromised && !root_) {
    return refuse("no_city_root",
                  "The centre says that its key fell into other hands, but this node was never told the root key "
                  "that could prove it. Enrol it again with a new code.");
  }
  auto const& voucher = step.change == KeyChange::kPlanned ? newest().key : root_.value_or(crypto::PublicKey{});
  bool const is_known = step.change == KeyChange::kPlanned || step.change == KeyChange::kCompromised;
  if (!is_known || !is_ours(step, suite) || !suite.verify(signed_bytes(step), step.by_voucher, voucher))
    return broken();
  keys_.back().until = end_of_old(step);
  keys_.push_back({step.new_id, step.new_key, {}});
  return {};
}

Result<void> CityKeyRing::go_back(CityKeyStep const& step, crypto::SignatureSuite const& suite) {
  if (find(step.old_id) != nullptr) return {};
  if (keys_.empty() || step.new_id != keys_.front().id || step.new_key != keys_.front().key) return broken();
  if (!is_ours(step, suite)) return broken();
  keys_.insert(keys_.begin(), {step.old_id, step.old_key, end_of_old(step)});
  return {};
}

CityKeyEntry const* CityKeyRing::find(std::uint64_t id) const {
  auto const found = std::ranges::find(keys_, id, &CityKeyEntry::id);
  return found == keys_.end() ? nullptr : &*found;
}

}  // namespace fieldnode::wire
