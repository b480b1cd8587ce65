#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <semaphore>
#include <string>
#include <string_view>
#include <vector>

#include "node/db/read_pool.h"
#include "node/db/writer.h"
#include "sync/base/clock.h"
#include "sync/base/ids.h"
#include "sync/base/random.h"
#include "sync/base/result.h"
#include "sync/crypto/password.h"
#include "sync/rules/words.h"

/// Who may sign in at this program's page.
namespace fieldnode::web {

struct Account {
  StaffId id{};
  std::string name;
  rules::StaffRole role{};
  bool must_change{};
  bool disabled{};
};

/// A password that is good for one thing: choosing another.
struct OneTimeLogin {
  Account account;
  std::string password;
};

struct AccountOptions {
  crypto::PasswordCost cost{};
  /// Told inside the transaction that changes an account, so that the journal says the same (O7).
  std::function<Result<void>(db::Connection&, Account const&)> on_change;
};

inline constexpr std::size_t kPasswordMinCharacters = 8;
/// So many passwords are worked on at a time: each takes 64 MiB, and a crowd at the door must not take the machine.
inline constexpr std::ptrdiff_t kHashingMost = 2;

/// The staff accounts of one program. Thread: any.
class Accounts {
 public:
  Accounts(db::Writer& writer, db::ReadPool& readers, Clock const& clock, Random& random, AccountOptions options = {});

  /// Errors: `bad_name` (empty, over 64 bytes or with control characters), `name_taken`.
  [[nodiscard]] Result<OneTimeLogin> add(std::string_view name, rules::StaffRole role);
  /// A new one-time password; ends the person's sessions. Errors: `unknown_name`.
  [[nodiscard]] Result<OneTimeLogin> reset(std::string_view name);
  /// Ends the person's sessions and takes no password any more. Errors: `unknown_name`.
  [[nodiscard]] Result<Account> disable(std::string_view name);
  [[nodiscard]] std::vector<Account> list();
  [[nodiscard]] std::optional<Account> find(StaffId id);

  /// Errors: `wrong_login` for an unknown name, a wrong password or a disabled account alike; `wait` with the seconds
  /// after several failures. The back-off survives a restart: it then begins anew.
  [[nodiscard]] Result<Account> check_password(std::string_view name, std::string_view password);
  /// Errors: those of check_password, `password_too_short`, `password_too_long`, `password_unchanged`.
  [[nodiscard]] Result<void> change_password(std::string_view name, std::string_view old_password,
                                             std::string_view new_password);

 private:
  struct Stored {
    Account account;
    std::string password;
    std::uint32_t failures{};
  };

  [[nodiscard]] std::optional<Stored> stored(std::string_view name);
  [[nodiscard]] Milliseconds still_to_wait(Stored const& who);
  [[nodiscard]] bool verify(std::string_view password, std::string const& hash);
  [[nodiscard]] Result<std::string> hash(std::string_view password);
  void note_failure(StaffId who);
  void forget_failures(Stored const& who);

  db::Writer& writer_;
  db::ReadPool& readers_;
  Clock const& clock_;
  Random& random_;
  AccountOptions options_;
  Milliseconds started_;
  std::mutex mutex_;
  std::map<StaffId, Milliseconds> last_failure_;  // guarded by mutex_
  std::counting_semaphore<> hashing_{kHashingMost};
};

}  // namespace fieldnode::web
