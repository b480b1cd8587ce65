#include "node/web/accounts.h"

#include <fmt/format.h>

#include <algorithm>

#include "sync/crypto/token.h"

namespace fieldnode::web {
namespace {

constexpr std::size_t kOneTimeBytes = 10;
constexpr std::size_t kNameMaxBytes = 64;
constexpr std::uint32_t kFreeFailures = 4;
constexpr Milliseconds kMostWait{15 * 60'000};
constexpr std::string_view kColumns = "id, name, role, must_change, disabled, password, failures";

Account account_from(db::Row const& row) {
  return {StaffId{row.get<std::uint64_t>(0)}, row.get<std::string>(1),
          static_cast<rules::StaffRole>(row.get<std::int64_t>(2)), row.get<std::int64_t>(3) != 0,
          row.get<std::int64_t>(4) != 0};
}

Result<void> check_name(std::string_view name) {
  bool const printable =
      std::all_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) >= 32 && c != 127; });
  if (!name.empty() && name.size() <= kNameMaxBytes && printable) return {};
  return refuse("bad_name", fmt::format("A name has 1 to {} bytes and no control characters.", kNameMaxBytes));
}

Result<void> check_new_password(std::string_view old_password, std::string_view new_password) {
  auto const characters =
      std::count_if(new_password.begin(), new_password.end(), [](char c) { return (c & 0xC0) != 0x80; });
  if (static_cast<std::size_t>(characters) < kPasswordMinCharacters) {
    return refuse("password_too_short",
                  fmt::format("The new password needs at least {} characters.", kPasswordMinCharacters));
  }
  if (old_password == new_password)
    return refuse("password_unchanged", "The new password is the old one; choose another.");
  return {};
}

Refusal wrong_login() { return refuse("wrong_login", "Name or password is wrong. A supervisor can reset it."); }

Refusal unknown_name(std::string_view name) {
  return refuse("unknown_name", fmt::format("There is no account '{}'; 'user list' shows them all.", name));
}

/// One of the few places for work on a password, given back however that ends.
class HashingPlace {
 public:
  explicit HashingPlace(std::counting_semaphore<>& places) : places_(places) { places_.acquire(); }
  HashingPlace(HashingPlace const&) = delete;
  HashingPlace& operator=(HashingPlace const&) = delete;
  ~HashingPlace() { places_.release(); }

 private:
  std::counting_semaphore<>& places_;
};

/// 1 s after the fifth failure in a row, doubling up to the most.
Milliseconds wait_after(std::uint32_t failures) {
  if (failures <= kFreeFailures) return Milliseconds(0);
  auto const doublings = std::min(failures - kFreeFailures - 1, 20U);
  return std::min(kMostWait, Milliseconds(1000LL << doublings));
}

/// After a change that ends what the person could do: no session outlives it, and the journal hears of it.
Result<Account> changed_account(db::Connection& connection, std::string_view name, AccountOptions const& options) {
  auto find = connection.prepare(fmt::format("SELECT {} FROM staff WHERE name = :name", kColumns));
  auto const row = find.bind(":name", name).next();
  if (!row) return unknown_name(name);
  auto const account = account_from(*row);
  connection.prepare("DELETE FROM session WHERE staff = :staff").bind(":staff", account.id).run();
  if (options.on_change) {
    if (auto const told = options.on_change(connection, account); !told) return told.error();
  }
  return account;
}

}  // namespace

Accounts::Accounts(db::Writer& writer, db::ReadPool& readers, Clock const& clock, Random& random,
                   AccountOptions options)
    : writer_(writer),
      readers_(readers),
      clock_(clock),
      random_(random),
      options_(std::move(options)),
      started_(clock.since_boot()) {}

Result<OneTimeLogin> Accounts::add(std::string_view name, rules::StaffRole role) {
  if (auto const good = check_name(name); !good) return good.error();
  std::string const password = crypto::random_code(random_, kOneTimeBytes);
  auto const hashed = hash(password);
  if (!hashed) return hashed.error();
  return writer_.run([&](db::Connection& connection) -> Result<OneTimeLogin> {
    if (connection.prepare("SELECT id FROM staff WHERE name = :name").bind(":name", name).maybe<std::int64_t>()) {
      return refuse("name_taken", fmt::format("There is an account '{}' already; choose another name.", name));
    }
    connection
        .prepare(
            "INSERT INTO staff (name, role, password, must_change, disabled, failures)"
            " VALUES (:name, :role, :password, 1, 0, 0)")
        .bind(":name", name)
        .bind(":role", static_cast<std::int64_t>(role))
        .bind(":password", *hashed)
        .run();
    auto const account = changed_account(connection, name, options_);
    if (!account) return account.error();
    return OneTimeLogin{*account, password};
  });
}

Result<OneTimeLogin> Accounts::reset(std::string_view name) {
  std::string const password = crypto::random_code(random_, kOneTimeBytes);
  auto const hashed = hash(password);
  if (!hashed) return hashed.error();
  return writer_.run([&](db::Connection& connection) -> Result<OneTimeLogin> {
    connection
        .prepare(
            "UPDATE staff SET password = :password, must_change = 1, disabled = 0, failures = 0"
            " WHERE name = :name")
        .bind(":password", *hashed)
        .bind(":name", name)
        .run();
    auto const account = changed_account(connection, name, options_);
    if (!account) return account.error();
    return OneTimeLogin{*account, password};
  });
}

Result<Account> Accounts::disable(std::string_view name) {
  return writer_.run([&](db::Connection& connection) -> Result<Account> {
    connection.prepare("UPDATE staff SET disabled = 1 WHERE name = :name").bind(":name", name).run();
    return changed_account(connection, name, options_);
  });
}

std::vector<Account> Accounts::list() {
  auto const lease = readers_.lease();
  std::vector<Account> accounts;
  auto rows = lease->prepare(fmt::format("SELECT {} FROM staff ORDER BY id", kColumns));
  for (db::Row const row : rows) accounts.push_back(account_from(row));
  return accounts;
}

std::optional<Account> Accounts::find(StaffId id) {
  auto const lease = readers_.lease();
  auto rows = lease->prepare(fmt::format("SELECT {} FROM staff WHERE id = :id", kColumns));
  auto const row = rows.bind(":id", id).next();
  if (!row) return std::nullopt;
  return account_from(*row);
}

Result<Account> Accounts::check_password(std::string_view name, std::string_view password) {
  auto const who = stored(name);
  if (!who) {
    // It costs the same as a wrong password, or names could be told apart by the time. A password that nobody has
    // need not be ready from the start: it would cost every command 64 MiB and a tenth of a second.
    (void)hash(password);
    return wrong_login();
  }
  if (auto const wait = still_to_wait(*who); wait.count() > 0) {
    return refuse("wait", fmt::format("Too many wrong passwords for this account. Try again in {} seconds.",
                                      (wait.count() + 999) / 1000));
  }
  bool const right = verify(password, who->password);
  if (!right || who->account.disabled) {
    note_failure(who->account.id);
    return wrong_login();
  }
  forget_failures(*who);
  return who->account;
}

Result<void> Accounts::change_password(std::string_view name, std::string_view old_password,
                                       std::string_view new_password) {
  auto const account = check_password(name, old_password);
  if (!account) return account.error();
  if (auto const good = check_new_password(old_password, new_password); !good) return good.error();
  auto const hashed = hash(new_password);
  if (!hashed) return hashed.error();
  return writer_.run([&](db::Connection& connection) {
    connection.prepare("UPDATE staff SET password = :password, must_change = 0 WHERE id = :id")
        .bind(":password", *hashed)
        .bind(":id", account->id)
        .run();
  });
}

std::optional<Accounts::Stored> Accounts::stored(std::string_view name) {
  auto const lease = readers_.lease();
  auto rows = lease->prepare(fmt::format("SELECT {} FROM staff WHERE name = :name", kColumns));
  auto const row = rows.bind(":name", name).next();
  if (!row) return std::nullopt;
  return Stored{account_from(*row), row->get<std::string>(5), static_cast<std::uint32_t>(row->get<std::int64_t>(6))};
}

bool Accounts::verify(std::string_view password, std::string const& hash) {
  HashingPlace const place(hashing_);
  return crypto::verify_password(password, hash);
}

Result<std::string> Accounts::hash(std::string_view password) {
  HashingPlace const place(hashing_);
  return crypto::hash_password(password, random_, options_.cost);
}

Milliseconds Accounts::still_to_wait(Stored const& who) {
  std::lock_guard const lock(mutex_);
  auto const last = last_failure_.find(who.account.id);
  auto const since = clock_.since_boot() - (last == last_failure_.end() ? started_ : last->second);
  return std::max(Milliseconds(0), wait_after(who.failures) - since);
}

void Accounts::note_failure(StaffId who) {
  {
    std::lock_guard const lock(mutex_);
    last_failure_[who] = clock_.since_boot();
  }
  // A full disk must not turn a wrong password into an error of another kind: the count in memory still slows it down.
  (void)writer_.run([&](db::Connection& connection) {
    connection.prepare("UPDATE staff SET failures = failures + 1 WHERE id = :id").bind(":id", who).run();
  });
}

void Accounts::forget_failures(Stored const& who) {
  if (who.failures == 0) return;
  (void)writer_.run([&](db::Connection& connection) {
    connection.prepare("UPDATE staff SET failures = 0 WHERE id = :id").bind(":id", who.account.id).run();
  });
}

}  // namespace fieldnode::web
