#pragma once

#include "node/central/city.h"

/// How a city comes to another key. Nodes learn it with their next exchange, however long they were away. Only while no
/// service runs: the key signs every receipt. Source: PROTOCOL, "The city's key".
namespace fieldnode::central {

struct KeyChanged {
  std::uint64_t old_id{};
  std::uint64_t new_id{};
  crypto::PublicKey new_key{};
};

/// The old key signs that the new one follows it, then its secret is gone; what it signed stays good. Killed at any
/// moment the city has one of both keys, whole.
/// Errors: `no_city`, `database_in_use`, `wrong_city_key`, those of the files and of the database.
[[nodiscard]] Result<KeyChanged> rotate_city_key(CityPaths const& paths, UtcTime now, Random& random);

/// The old key is in other hands: the root key signs the new one, and what the old one signed with a time after `since`
/// counts no more. Errors: also `no_city_root`, `wrong_root_key`, `bad_span` when `since` is still to come.
[[nodiscard]] Result<KeyChanged> replace_city_key(CityPaths const& paths, std::filesystem::path const& root_key,
                                                  UtcTime since, UtcTime now, Random& random);

/// A root key for a city that was made before there was one; its secret goes into the file, which belongs in a safe.
/// Errors: `city_root_exists`, those of the files and of the database.
[[nodiscard]] Result<crypto::PublicKey> make_city_root(CityPaths const& paths, std::filesystem::path const& root_key,
                                                       UtcTime now, Random& random);

}  // namespace fieldnode::central
