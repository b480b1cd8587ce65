#include "sync/crypto/password.h"

#include <array>

#include "sync/base/bytes.h"
#include "sync/crypto/library.h"

namespace fieldnode::crypto {
namespace {

static_assert(PasswordCost{}.passes == crypto_pwhash_argon2id_OPSLIMIT_INTERACTIVE);
static_assert(PasswordCost{}.memory_bytes == crypto_pwhash_argon2id_MEMLIMIT_INTERACTIVE);

std::string base64(BytesView bytes) {
  constexpr int kVariant = sodium_base64_VARIANT_ORIGINAL_NO_PADDING;
  std::string text(sodium_base64_encoded_len(bytes.size(), kVariant), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), kVariant);
  text.pop_back();  // the library counts the closing zero
  return text;
}

}  // namespace

// Not crypto_pwhash_str: it draws its salt by itself, and chance comes only from Random.
Result<std::string> hash_password(std::string_view password, Random& random, PasswordCost cost) {
  start_library();
  if (password.size() > kPasswordMaxBytes) {
    return refuse("password_too_long", "The password is longer than 1024 bytes. Choose a shorter one.");
  }
  std::array<std::uint8_t, crypto_pwhash_argon2id_SALTBYTES> salt{};
  random.fill(salt);
  std::array<std::uint8_t, 32> hash{};
  int const made = crypto_pwhash_argon2id(hash.data(), hash.size(), password.data(), password.size(), salt.data(),
                                          cost.passes, cost.memory_bytes, crypto_pwhash_argon2id_ALG_ARGON2ID13);
  if (made != 0) throw BrokenWorld("argon2id could not run: not enough memory, or a cost out of its range");
  return "$argon2id$v=19$m=" + std::to_string(cost.memory_bytes / 1024) + ",t=" + std::to_string(cost.passes) +
         ",p=1$" + base64(salt) + "$" + base64(hash);
}

bool verify_password(std::string_view password, std::string const& stored) {
  start_library();
  if (password.size() > kPasswordMaxBytes) return false;
  return crypto_pwhash_argon2id_str_verify(stored.c_str(), password.data(), password.size()) == 0;
}

bool has_other_cost(std::string const& stored, PasswordCost cost) {
  start_library();
  return crypto_pwhash_argon2id_str_needs_rehash(stored.c_str(), cost.passes, cost.memory_bytes) != 0;
}

}  // namespace fieldnode::crypto
