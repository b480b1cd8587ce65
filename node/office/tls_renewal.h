#pragma once

#include <mutex>
#include <optional>
#include <string>

#include "node/net/certificates.h"
#include "node/office/data_dir.h"
#include "sync/base/result.h"
#include "sync/base/time.h"

namespace fieldnode::office {

/// The TLS certificate that this node shows, and the one that will take its place. Every step is one rename of one
/// file, and the old one stays until the centre has answered to the new one: whatever a crash leaves, the node can
/// connect.
///
///     tls.key, tls.pem        from the enrolment
///     tls-next.key            a key, and the request for a certificate with which it is asked
///     tls-next.pem            that key with the certificate that came: to be tried
///     tls-renewed.pem         the same once the centre has answered to it: shown from now on
///
/// A new key each time: one that was copied from a disk long ago is worth nothing after the next renewal.
/// Thread: one at a time, save `shown`, `expired`.
class TlsRenewal {
 public:
  explicit TlsRenewal(DataDir dir) : dir_(std::move(dir)) {}

  /// What is shown now. Errors: those of the files.
  [[nodiscard]] Result<net::Identity> current() const;
  /// A request for a certificate (PEM) once a third of the current one's life is left, or the centre has said that it
  /// is over; the same until one came. Empty: not yet. `earliest`: of true time, so that no dead clock renews. Errors:
  /// those of the files.
  [[nodiscard]] Result<std::string> request(UtcTime earliest);
  /// The centre lets nothing in under the one shown that does not ask for another: it said so, or the time is certainly
  /// past. Errors: those of the files.
  [[nodiscard]] Result<bool> is_over(UtcTime earliest) const;
  /// Which certificate is shown to the centre: how many have come before it.
  [[nodiscard]] std::uint64_t shown() const;
  /// The centre calls one expired, whatever this node's clock says. `shown`: which; a word that was about an earlier
  /// one, and came late over the other connection, is none about this one.
  void expired(std::uint64_t shown);
  /// Keeps what came, to be tried. Errors: `bad_certificate` when it is not of the city's CA or of another key; those
  /// of the files.
  [[nodiscard]] Result<net::Identity> take(std::string const& certificate_pem) const;
  /// The centre has answered to it. Errors: those of the files.
  [[nodiscard]] Result<void> proven();

 private:
  struct Next {
    std::string key;
    std::string request;
  };
  /// Made where there is none. One file, so that a repeat asks with the same request and gets the same certificate.
  [[nodiscard]] Result<Next> next() const;
  [[nodiscard]] Result<net::Validity> life() const;
  [[nodiscard]] bool was_called_over() const;

  DataDir dir_;
  mutable std::mutex mutex_;
  bool is_over_{};             // guarded by mutex_
  std::uint64_t renewals_{0};  // guarded by mutex_
};

}  // namespace fieldnode::office
