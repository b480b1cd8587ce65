#pragma once

#include <filesystem>
#include <vector>

#include "sync/base/result.h"
#include "sync/base/time.h"
#include "sync/crypto/suite.h"

namespace fieldnode::central {

/// A key that was in a node's service for the last time at `at`.
struct RevokedKey {
  crypto::PublicKey key{};
  UtcTime at{};
};

/// What an older backup must not bring back: a small text file beside the database that no backup contains and no
/// restore touches. One line each, `revoked KEY MILLISECONDS`; it only grows. Lines of a newer program are kept and
/// passed over. Thread: one at a time.
class KeptOutside {
 public:
  explicit KeptOutside(std::filesystem::path file) : file_(std::move(file)) {}

  /// On disk when it returns. Errors: those of the file; `kept_outside_damaged`.
  [[nodiscard]] Result<void> note_revoked(RevokedKey const& revoked) const;
  /// In the order in which they were noted. Errors: as above.
  [[nodiscard]] Result<std::vector<RevokedKey>> revoked() const;

 private:
  [[nodiscard]] Result<std::string> text() const;

  std::filesystem::path file_;
};

}  // namespace fieldnode::central
