#pragma once

#include <optional>
#include <vector>

#include "sync/base/bytes.h"
#include "sync/base/result.h"
#include "sync/base/time.h"
#include "sync/crypto/suite.h"
#include "sync/wire/suite_id.h"

/// How a city's key gives way to another one. Source: PROTOCOL, "The city's key".
namespace fieldnode::wire {

/// The offline root key, signed by the city's key of the day. Fixed layout, domain "fieldnode/city-root/1".
struct CityRoot {
  SuiteId suite{};
  std::uint64_t key_id{};  ///< of the city's key that signed it
  crypto::PublicKey root{};
  Signature signature{};
  friend bool operator==(CityRoot const&, CityRoot const&) = default;
};

enum class KeyChange : std::uint8_t {
  kPlanned = 1,     ///< the old key vouches for the new one, and what it signed stays good
  kCompromised = 2  ///< the root vouches; what the old key signed with a later time than `at` does not count
};

/// One key follows another. Fixed layout, domain "fieldnode/city-key/1". Signed twice: by who vouches for the new key,
/// and by the new key itself, so that whoever has only the newest key can go back to the ones before it.
struct CityKeyStep {
  SuiteId suite{};
  KeyChange change{};
  std::uint64_t old_id{};
  crypto::PublicKey old_key{};
  std::uint64_t new_id{};
  crypto::PublicKey new_key{};
  UtcTime at{};
  Signature by_voucher{};
  Signature by_new{};
  friend bool operator==(CityKeyStep const&, CityKeyStep const&) = default;
};

[[nodiscard]] Bytes signed_bytes(CityRoot const& root);
[[nodiscard]] Bytes signed_bytes(CityKeyStep const& step);
/// Fills in `suite` and `signature`.
void sign_root(CityRoot& root, crypto::SignatureSuite const& suite, crypto::SecretKey const& city);
/// Fills in `suite` and both signatures. `voucher`: the old key's secret, or the root's.
void sign_step(CityKeyStep& step, crypto::SignatureSuite const& suite, crypto::SecretKey const& voucher,
               crypto::SecretKey const& fresh);

/// For the store. pack/unpack are inverse. Errors: `malformed_message`.
[[nodiscard]] Bytes pack_step(CityKeyStep const& step);
[[nodiscard]] Result<CityKeyStep> unpack_step(BytesView bytes);
[[nodiscard]] Bytes pack_root(CityRoot const& root);
[[nodiscard]] Result<CityRoot> unpack_root(BytesView bytes);

/// A key that the city signs or signed with.
struct CityKeyEntry {
  std::uint64_t id{};
  crypto::PublicKey key{};
  std::optional<UtcTime> until;  ///< it fell into other hands: nothing that it signed with a later time counts

  [[nodiscard]] bool counts(std::optional<UtcTime> signed_at) const {
    return !until || (signed_at && *signed_at <= *until);
  }
};

/// The keys of one city that somebody has reason to believe, oldest first; the last signs now.
class CityKeyRing {
 public:
  CityKeyRing() = default;
  CityKeyRing(std::uint64_t id, crypto::PublicKey const& key) : keys_{{id, key, {}}} {}

  /// What vouches for a new key after a compromise; without it no such step is believed.
  void pin_root(crypto::PublicKey const& root) { root_ = root; }
  [[nodiscard]] std::optional<crypto::PublicKey> const& root() const { return root_; }

  /// Takes the city's word on its root, if none is pinned.
  /// Errors: `bad_signature`, `foreign_suite`, `unknown_city_key`.
  [[nodiscard]] Result<void> learn_root(CityRoot const& root, crypto::SignatureSuite const& suite);
  /// Goes on from the newest key; a step that was taken before changes nothing.
  /// Errors: `city_key_broken` when it does not follow or is not signed by who must vouch for it; `no_city_root`.
  [[nodiscard]] Result<void> follow(CityKeyStep const& step, crypto::SignatureSuite const& suite);
  /// Puts the key before the oldest one in front: the oldest, which is believed, has signed that it follows it.
  /// Errors: `city_key_broken`.
  [[nodiscard]] Result<void> go_back(CityKeyStep const& step, crypto::SignatureSuite const& suite);

  [[nodiscard]] CityKeyEntry const& newest() const { return keys_.back(); }
  [[nodiscard]] CityKeyEntry const* find(std::uint64_t id) const;
  [[nodiscard]] std::vector<CityKeyEntry> const& keys() const { return keys_; }

 private:
  std::vector<CityKeyEntry> keys_;
  std::optional<crypto::PublicKey> root_;
};

}  // namespace fieldnode::wire
