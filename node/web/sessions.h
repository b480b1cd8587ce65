#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "node/web/accounts.h"

namespace fieldnode::web {

struct SessionLimits {
  Milliseconds idle{10 * 60'000};
  Milliseconds whole{12 * 60 * 60'000};
};

/// A person who has signed in: what handlers get to know. `token` must come back with every request that changes
/// something.
struct Visitor {
  StaffId id{};
  std::string name;
  rules::StaffRole role{};
  bool must_change{};
  std::string token;
  bool locked{};  ///< only where `Asked::kForNumbers`: nobody has used the page for long
};

struct OpenedSession {
  std::string id;  ///< 256 random bits for the cookie; only its hash is kept
  Visitor visitor;
};

/// Who asks: what a page fetches by itself must not keep an abandoned session from being locked. `kForNumbers`: it does
/// so even while it is locked, for what may stand on a screen that nobody watches over.
enum class Asked { kByPerson, kByPage, kForNumbers };

/// Open sessions. Their age is counted on the machine's boot clock, so a stepped wall clock neither locks staff out nor
/// keeps a session alive; a reboot ends them all. Thread: any.
class Sessions {
 public:
  Sessions(db::Writer& writer, db::ReadPool& readers, Clock const& clock, Random& random, SessionLimits limits = {});

  [[nodiscard]] Result<OpenedSession> open(Account const& account);
  /// The visitor of a session that is open now; marks it as used, if a person asked rather than the page by itself.
  /// Errors: `session_locked` after too long without use (not for numbers), `session_over` after its longest time or a
  /// reboot, `signed_out` where it was closed, here or by whoever ended the person's sessions.
  [[nodiscard]] Result<Visitor> find(std::string_view id, Asked asked = Asked::kByPerson);
  void close(std::string_view id);

 private:
  struct Row;
  [[nodiscard]] std::optional<Row> read(Hash const& id_hash);
  void touch(Hash const& id_hash, Milliseconds now);

  db::Writer& writer_;
  db::ReadPool& readers_;
  Clock const& clock_;
  Random& random_;
  SessionLimits limits_;
};

}  // namespace fieldnode::web
