#pragma once

#include <string>
#include <string_view>

#include "node/central/city.h"
#include "node/central/store/central_store.h"
#include "sync/base/random.h"
#include "sync/wire/enrolment_request.h"

/// Taking programs into the city. Source: PROTOCOL, "Enrolment".
namespace fieldnode::central {

/// A one-time code carries the pin of the city's CA and a secret; the first two bytes of the secret only find the
/// code's row, the other six are guessed at most kWrongTriesMax times.
inline constexpr std::size_t kPinBytes = 10;
inline constexpr std::size_t kSecretBytes = 8;
inline constexpr std::uint32_t kWrongTriesMax = 10;
inline constexpr std::chrono::hours kCodeLife{72};

/// How the hash of a code's secret and its row are found.
[[nodiscard]] std::uint16_t locator_of(BytesView secret);

struct IssuedCode {
  std::string code;
  std::string city_fingerprint;  ///< what the office must see when it has used the code
  UnitRecord unit;
  UtcTime expires_at{};
};

/// What a program sends to be enrolled.
struct EnrolmentForm {
  std::uint16_t locator{};
  wire::EnrolmentRequest request;
};

/// A program that was given its number and certificate. In charge of its unit it is once somebody confirms it.
struct Enrolled {
  UnitRecord unit;
  NodeRecord node;
};

/// Thread: any.
class EnrolmentDesk {
 public:
  EnrolmentDesk(CentralStore& store, CityIdentity const& city, Random& random)
      : store_(store), city_(city), random_(random) {}

  /// Errors: `unknown_unit`.
  [[nodiscard]] Result<IssuedCode> issue_code(std::string_view unit_code, UtcTime now);

  /// Notes the program as one that waits for the code's unit. The same key with the same code gets the same answer
  /// again, so that a lost reply costs nothing.
  /// Errors: `wrong_code`, `code_expired`, `code_used` by another key, `too_many_tries`, `malformed_request`,
  /// `bad_signature` when the asker does not hold the key, `journal_epoch_known`.
  [[nodiscard]] Result<Enrolled> enrol(EnrolmentForm const& form, UtcTime now);

 private:
  [[nodiscard]] Result<Enrolled> enrol_within(UnitWork& work, CodeRecord code, EnrolmentForm const& form, UtcTime now);

  [[nodiscard]] Result<NodeId> add_node(UnitWork& work, wire::EnrolmentRequest const& request, UtcTime now);

  CentralStore& store_;
  CityIdentity const& city_;
  Random& random_;
};

}  // namespace fieldnode::central
