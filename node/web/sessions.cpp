#include "node/web/sessions.h"

#include "sync/crypto/hash.h"
#include "sync/crypto/token.h"

namespace fieldnode::web {
namespace {

constexpr Milliseconds kTouchEvery{60'000};

Refusal signed_out() {
  return refuse("signed_out",
                "You were signed out, in another window or by a supervisor. Sign in again; what was not sent is still "
                "on the page.");
}

Refusal session_over() {
  return refuse("session_over",
                "This sign-in has reached its longest time, or the machine was restarted. Sign in again; what was not "
                "sent is still on the page.");
}

Refusal session_locked() {
  return refuse("session_locked",
                "The page was locked because nobody used it for a while. Enter the password to go on; what was not "
                "sent is still on the page.");
}

}  // namespace

struct Sessions::Row {
  Visitor visitor;
  std::string boot_id;
  Milliseconds opened_at{};
  Milliseconds used_at{};
};

Sessions::Sessions(db::Writer& writer, db::ReadPool& readers, Clock const& clock, Random& random, SessionLimits limits)
    : writer_(writer), readers_(readers), clock_(clock), random_(random), limits_(limits) {}

Result<OpenedSession> Sessions::open(Account const& account) {
  OpenedSession session{crypto::random_token(random_),
                        {account.id, account.name, account.role, account.must_change, crypto::random_token(random_)}};
  auto const boot_id = clock_.boot_id();
  auto const now = clock_.since_boot();
  auto const kept = writer_.run([&](db::Connection& connection) {
    // One that has merely run out stays for a while, so that its page can be told why it is shut.
    connection.prepare("DELETE FROM session WHERE boot_id <> :boot OR opened_at < :oldest")
        .bind(":boot", boot_id)
        .bind(":oldest", now - 2 * limits_.whole)
        .run();
    connection
        .prepare(
            "INSERT INTO session (id_hash, staff, token, boot_id, opened_at, used_at)"
            " VALUES (:id_hash, :staff, :token, :boot, :now, :now)")
        .bind(":id_hash", BytesView(crypto::sha256(bytes_of(session.id))))
        .bind(":staff", account.id)
        .bind(":token", session.visitor.token)
        .bind(":boot", boot_id)
        .bind(":now", now)
        .run();
  });
  if (!kept) return kept.error();
  return session;
}

Result<Visitor> Sessions::find(std::string_view id, Asked asked) {
  auto const id_hash = crypto::sha256(bytes_of(id));
  auto row = read(id_hash);
  if (!row) return signed_out();
  auto const now = clock_.since_boot();
  if (row->boot_id != clock_.boot_id() || now - row->opened_at >= limits_.whole) return session_over();
  row->visitor.locked = now - row->used_at >= limits_.idle;
  if (row->visitor.locked && asked != Asked::kForNumbers) return session_locked();
  if (asked == Asked::kByPerson && now - row->used_at >= kTouchEvery) touch(id_hash, now);
  return std::move(row->visitor);
}

void Sessions::close(std::string_view id) {
  auto const id_hash = crypto::sha256(bytes_of(id));
  // In safe mode nothing can be deleted; the cookie is taken from the browser all the same.
  (void)writer_.run([&](db::Connection& connection) {
    connection.prepare("DELETE FROM session WHERE id_hash = :id_hash").bind(":id_hash", BytesView(id_hash)).run();
  });
}

std::optional<Sessions::Row> Sessions::read(Hash const& id_hash) {
  auto const lease = readers_.lease();
  auto rows = lease->prepare(
      "SELECT staff.id, staff.name, staff.role, staff.must_change, session.token, session.boot_id, session.opened_at,"
      " session.used_at FROM session JOIN staff ON staff.id = session.staff"
      " WHERE session.id_hash = :id_hash AND staff.disabled = 0");
  auto const row = rows.bind(":id_hash", BytesView(id_hash)).next();
  if (!row) return std::nullopt;
  return Row{{StaffId{row->get<std::uint64_t>(0)}, row->get<std::string>(1),
              static_cast<rules::StaffRole>(row->get<std::int64_t>(2)), row->get<std::int64_t>(3) != 0,
              row->get<std::string>(4)},
             row->get<std::string>(5),
             Milliseconds(row->get<std::int64_t>(6)),
             Milliseconds(row->get<std::int64_t>(7))};
}

void Sessions::touch(Hash const& id_hash, Milliseconds now) {
  (void)writer_.run([&](db::Connection& connection) {
    connection.prepare("UPDATE session SET used_at = :now WHERE id_hash = :id_hash")
        .bind(":now", now)
        .bind(":id_hash", BytesView(id_hash))
        .run();
  });
}

}  // namespace fieldnode::web
