#pragma once

#include <mutex>
#include <string>
#include <string_view>

#include "node/central/store/central_store.h"
#include "sync/base/random.h"
#include "sync/crypto/suite.h"

/// The centre's side of a phone receipt: a challenge, then a code, then the answer. Source: PROTOCOL, "Phone receipt".
namespace fieldnode::central {

struct DrawnChallenge {
  std::uint64_t challenge{};
  std::string digits;  ///< as they are read out
  UtcTime expires_at{};
};

/// A code that stands in the unit's feed now.
struct NotedCode {
  Position entry{};
  UtcTime at{};
  std::uint64_t upto{};
  std::string answer;         ///< as it is read out
  std::optional<bool> holds;  ///< where the journal is held that far already
};

/// What an operator typed. `challenge`: as PhoneDesk::draw gave it.
struct TypedCode {
  std::uint64_t challenge{};
  std::string_view digits;
};

/// `now` is a time that may be told, see ClockGuard. Thread: any.
class PhoneDesk {
 public:
  PhoneDesk(CentralStore& store, crypto::KeyPair const& city_keys, Random& random)
      : store_(store), city_keys_(city_keys), random_(random) {}

  /// For the node that serves the unit now; lives ten minutes. A repeat under the same id gives the same one.
  /// Errors: `unknown_unit`, `no_node`, `bad_request_id`, `request_id_reused`.
  [[nodiscard]] Result<DrawnChallenge> draw(StaffId who, std::string_view request_id, UnitId unit, UtcTime now);

  /// Notes in the unit's feed that the code was said at `now`. The same code again gives the same answer.
  /// A code of a journal that is held already is compared at once; else it is taken whatever it is, and compared when
  /// the journal comes. Errors: `unknown_unit`, `no_node`, `bad_digits`, `phone_challenge_unknown` (of another unit, or
  /// of a node that was replaced), `phone_challenge_expired`, `phone_challenge_used` by another code,
  /// `phone_code_wrong`.
  [[nodiscard]] Result<NotedCode> take(StaffId who, UnitId unit, TypedCode const& typed, UtcTime now);

  /// Compares every code of the city whose journal has come, and says in each feed whether it holds. Each is a
  /// transaction of its own, a moment long: the second that the comparing takes is spent before it. What was not done
  /// before a stop is done by the next call. Gives how many there were. Errors: those of the storage.
  [[nodiscard]] Result<std::size_t> compare_due(UtcTime now);

 private:
  [[nodiscard]] Result<NodeRecord> node_of(UnitId unit);
  /// Does the code belong to this journal? One at a time: it takes a second and 128 MiB.
  [[nodiscard]] bool belongs(rules::PhoneReceipt const& said, engine::ListHead const& journal);
  /// Nothing where the journal is not held so far.
  [[nodiscard]] std::optional<bool> compared(UnitId unit, rules::PhoneReceipt const& said);
  [[nodiscard]] Result<NotedCode> note(UnitWork& work, StaffId who, rules::PhoneReceipt const& said, UtcTime now);

  CentralStore& store_;
  crypto::KeyPair const& city_keys_;
  Random& random_;
  std::mutex comparing_;
};

}  // namespace fieldnode::central
