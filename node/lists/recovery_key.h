#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "sync/base/random.h"
#include "sync/base/result.h"
#include "sync/crypto/suite.h"

/// The key that opens backups. People keep it on paper; the machine keeps its public half alone, so that it can make
/// backups by itself and whoever steals machine and backups together gets no more from the backups. Source: design 7.
namespace fieldnode::lists {

/// The public half beside the database; nothing where no key was made yet. Errors: `bad_key`, those of
/// `read_private_file`.
[[nodiscard]] Result<std::optional<crypto::PublicKey>> load_recovery_key(std::filesystem::path const& path);

/// A new one; its public half is on disk before this returns. Gives what must be written down: 28 characters in groups
/// with check characters, shown once and kept nowhere. Errors: those of `write_private_file`.
[[nodiscard]] Result<std::string> make_recovery_key(std::filesystem::path const& path, Random& random);

/// What somebody typed. Errors: those of `crypto::read_code`; `bad_code` for the wrong length.
[[nodiscard]] Result<crypto::KeyPair> read_recovery_key(std::string_view typed);

}  // namespace fieldnode::lists
