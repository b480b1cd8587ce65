#include "node/office/data_dir.h"

#include <algorithm>

#include "node/db/private_file.h"

namespace fieldnode::office {

Result<crypto::KeyPair> load_node_key(DataDir const& dir) {
  auto text = db::read_private_file(dir.node_key());
  if (!text) return text.error();
  while (!text->empty() && text->back() == '\n') text->pop_back();
  auto const bytes = from_hex(*text);
  crypto::KeyPair keys;
  if (!bytes || bytes->size() != keys.secret_key.size()) {
    return refuse("bad_key", dir.node_key().native() + " holds no key: put it back from the backup.");
  }
  std::ranges::copy(*bytes, keys.secret_key.begin());
  // An Ed25519 secret key is the seed followed by the public key.
  std::copy(bytes->end() - static_cast<std::ptrdiff_t>(keys.public_key.size()), bytes->end(), keys.public_key.begin());
  return keys;
}

Result<crypto::KeyPair> load_or_make_node_key(DataDir const& dir, crypto::SignatureSuite const& suite, Random& random) {
  auto held = load_node_key(dir);
  if (held || held.error().code != "file_missing") return held;
  auto const keys = suite.make_keys(random);
  if (auto const written = db::write_private_file(dir.node_key(), to_hex(keys.secret_key) + "\n"); !written) {
    return written.error();
  }
  return keys;
}

}  // namespace fieldnode::office
