#pragma once

#include <filesystem>

#include "sync/base/random.h"
#include "sync/base/result.h"
#include "sync/crypto/suite.h"

namespace fieldnode::office {

/// Where an office keeps what. One directory per node.
struct DataDir {
  std::filesystem::path root;

  [[nodiscard]] std::filesystem::path database() const { return root / "node.db"; }
  [[nodiscard]] std::filesystem::path master_key() const { return root / "master.key"; }
  [[nodiscard]] std::filesystem::path node_key() const { return root / "node.key"; }
  [[nodiscard]] std::filesystem::path tls_key() const { return root / "tls.key"; }
  [[nodiscard]] std::filesystem::path tls_certificate() const { return root / "tls.pem"; }
  [[nodiscard]] std::filesystem::path tls_next_key() const { return root / "tls-next.key"; }
  [[nodiscard]] std::filesystem::path tls_next() const { return root / "tls-next.pem"; }
  [[nodiscard]] std::filesystem::path tls_renewed() const { return root / "tls-renewed.pem"; }
  [[nodiscard]] std::filesystem::path asked_code() const { return root / "enrolment.code"; }
  [[nodiscard]] std::filesystem::path ca() const { return root / "ca.pem"; }
  /// The public half of the key that opens backups.
  [[nodiscard]] std::filesystem::path recovery_key() const { return root / "recovery.pub"; }
  [[nodiscard]] std::filesystem::path settings() const { return root / "fieldnode.toml"; }
  [[nodiscard]] std::filesystem::path attachments() const { return root / "attachments"; }
  [[nodiscard]] std::filesystem::path control_socket() const { return root / "control.sock"; }
};

/// The key that signs this node's journal: a file of hexadecimal digits.
/// Errors: those of `read_private_file`, `bad_key`.
[[nodiscard]] Result<crypto::KeyPair> load_node_key(DataDir const& dir);
/// The key that is there, or a new one. Errors: also those of `write_private_file`.
[[nodiscard]] Result<crypto::KeyPair> load_or_make_node_key(DataDir const& dir, crypto::SignatureSuite const& suite,
                                                            Random& random);

}  // namespace fieldnode::office
