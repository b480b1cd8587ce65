#include "sync/crypto/slow_hash.h"

#include "sync/crypto/library.h"

namespace fieldnode::crypto {
namespace {

constexpr std::uint64_t kPasses = 8;
constexpr std::size_t kMemoryBytes = 128 * 1024 * 1024;
static_assert(crypto_pwhash_argon2id_SALTBYTES == std::tuple_size_v<SlowSalt>);

}  // namespace

Hash slow_hash(BytesView what, SlowSalt const& salt) {
  start_library();
  Hash hash{};
  int const made =
      crypto_pwhash_argon2id(hash.data(), hash.size(), reinterpret_cast<char const*>(what.data()), what.size(),
                             salt.data(), kPasses, kMemoryBytes, crypto_pwhash_argon2id_ALG_ARGON2ID13);
  if (made != 0) throw BrokenWorld("argon2id could not run: it needs 128 MiB of memory for a second");
  return hash;
}

}  // namespace fieldnode::crypto
