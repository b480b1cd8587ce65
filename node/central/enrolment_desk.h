#pragma once

#include <string>
#include <string_view>

#include "node/central/city.h"
#include "node/central/store/central_store.h"
#include "sync/base/random.h"
#include "sync/wire/node_statement.h"

/// Taking programs into the city. Source: PROTOCOL, "Enrolment".
namespace fieldnode::central {

/// A one-time code carries the pin of the city's CA and a secret; the first two bytes of the secret only find the
/// code's row, the other six are guessed at most kWrongTriesMax times.
inline constexpr std::size_t kPinBytes = 10;
inline constexpr std::size_t kSecretBytes = 8;
inline constexpr std::uint32_t kWrongTriesMax = 10;
inline constexpr std::chrono::hours kCodeLife{72};

struct IssuedCode {
  std::string code;
  UnitRecord unit;
  UtcTime expires_at{};
};

/// What a program sends to be enrolled.
struct EnrolmentForm {
  Bytes secret;
  crypto::PublicKey public_key{};
  std::string certificate_request;  ///< PEM
  Epoch journal_epoch{};
};

struct Enrolled {
  UnitRecord unit;
  NodeId node{};
  std::string certificate;
  wire::NodeStatement statement;  ///< signed: that this node's key signs this journal
};

/// Thread: any.
class EnrolmentDesk {
 public:
  EnrolmentDesk(CentralStore& store, CityIdentity const& city, Random& random)
      : store_(store), city_(city), random_(random) {}

  /// Errors: `unknown_unit`.
  [[nodiscard]] Result<IssuedCode> issue_code(std::string_view unit_code, UtcTime now);

  /// Puts the program in charge of the code's unit, revoking the one before it. The same key with the same code gets
  /// the same answer again, so that a lost reply costs nothing.
  /// Errors: `wrong_code`, `code_expired`, `code_used` by another key, `too_many_tries`, `malformed_request`,
  /// `journal_epoch_known`.
  [[nodiscard]] Result<Enrolled> enrol(EnrolmentForm const& form, UtcTime now);

 private:
  [[nodiscard]] Result<Enrolled> enrol_within(UnitWork& work, CodeRecord code, EnrolmentForm const& form, UtcTime now);

  CentralStore& store_;
  CityIdentity const& city_;
  Random& random_;
};

}  // namespace fieldnode::central
