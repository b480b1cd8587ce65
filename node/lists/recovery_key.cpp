#include "node/lists/recovery_key.h"

#include <algorithm>

#include "node/db/private_file.h"
#include "sync/crypto/hash.h"
#include "sync/crypto/token.h"

namespace fieldnode::lists {
namespace {

constexpr std::size_t kSecretBytes = 16;

/// The chance that a key pair is made of, when the pair must come out of a secret again.
class DerivedChance final : public Random {
 public:
  explicit DerivedChance(BytesView secret) : seed_(crypto::derive_under("fieldnode/recovery-key/1", secret, {})) {}
  ~DerivedChance() override { crypto::wipe(seed_); }
  void fill(std::span<std::uint8_t> out) override {
    std::copy_n(seed_.begin(), std::min(out.size(), seed_.size()), out.begin());
  }

 private:
  Hash seed_;
};

crypto::KeyPair keys_of(BytesView secret) {
  DerivedChance chance(secret);
  return crypto::ed25519_suite()->make_keys(chance);
}

}  // namespace

Result<std::optional<crypto::PublicKey>> load_recovery_key(std::filesystem::path const& path) {
  auto const text = db::read_private_file(path);
  if (!text && text.error().code == "file_missing") return std::optional<crypto::PublicKey>{};
  if (!text) return text.error();
  auto const bytes = from_hex(std::string_view(*text).substr(0, text->find('\n')));
  crypto::PublicKey key{};
  if (!bytes || bytes->size() != key.size()) {
    return refuse("bad_key", path.native() + " holds no recovery key: move it away and make a new one with backup.");
  }
  std::ranges::copy(*bytes, key.begin());
  return std::optional(key);
}

Result<std::string> make_recovery_key(std::filesystem::path const& path, Random& random) {
  Bytes secret(kSecretBytes);
  random.fill(secret);
  auto const keys = keys_of(secret);
  if (auto const written = db::write_private_file(path, to_hex(keys.public_key) + "\n"); !written) {
    return written.error();
  }
  auto code = crypto::to_code(secret);
  crypto::wipe(secret);
  return code;
}

Result<crypto::KeyPair> read_recovery_key(std::string_view typed) {
  auto const secret = crypto::read_code(typed);
  if (!secret) return secret.error();
  if (secret->size() != kSecretBytes) {
    return refuse("bad_code", "A recovery key has 28 characters: type it whole, as it was printed at the first run.");
  }
  return keys_of(*secret);
}

}  // namespace fieldnode::lists
