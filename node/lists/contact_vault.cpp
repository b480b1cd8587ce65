#include "node/lists/contact_vault.h"

#include <fmt/format.h>

#include <string_view>

#include "sync/crypto/hash.h"

namespace fieldnode::lists {
namespace {

constexpr std::string_view kContactUse = "fieldnode/contact/1";
constexpr std::string_view kDataKeyUse = "fieldnode/data-key/1";

void append_number(Bytes& out, std::uint64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(number >> shift));
}

/// What is bound to a sealed value: moved to another assignment or unit it does not open.
Bytes context_of(std::string_view use, UnitId unit, AssignmentId assignment) {
  auto const text = bytes_of(use);
  Bytes context(text.begin(), text.end());
  append_number(context, unit.value);
  append_number(context, assignment.value);
  return context;
}

std::string place_of(UnitId unit, AssignmentId assignment) {
  return fmt::format("unit {}, assignment {}", unit.value, assignment.value);
}

/// A data key that is wiped when it is no longer needed.
class HeldKey {
 public:
  explicit HeldKey(crypto::SealKey const& key) : key_(key) {}
  HeldKey(HeldKey const&) = delete;
  HeldKey& operator=(HeldKey const&) = delete;
  ~HeldKey() { crypto::wipe(key_); }
  [[nodiscard]] crypto::SealKey const& get() const { return key_; }

 private:
  crypto::SealKey key_;
};

Refusal wrong_key(std::string_view place) {
  return refuse("wrong_contact_key",
                fmt::format("The data key of {} does not open: the key file is not the one that belongs to this "
                            "database, or the row was changed. Put the key file of this database back in its place.",
                            place));
}

}  // namespace

ContactVault::ContactVault(MasterKey const& key, Random& random) : key_(key), random_(random) {}

ContactVault::~ContactVault() { crypto::wipe(key_); }

Bytes ContactVault::seal(db::Connection& connection, UnitId unit, AssignmentId assignment, BytesView plain) {
  auto const stored = data_key(connection, unit, assignment);
  if (!stored) throw BrokenWorld(stored.error().sentence);
  HeldKey const key(*stored ? **stored : make_data_key(connection, unit, assignment));
  return crypto::seal(key.get(), plain, context_of(kContactUse, unit, assignment), random_);
}

Bytes ContactVault::open(db::Connection& connection, UnitId unit, AssignmentId assignment, BytesView sealed) {
  auto plain = try_open(connection, unit, assignment, sealed);
  if (!plain) throw BrokenWorld(plain.error().sentence);
  return *std::move(plain);
}

Result<Bytes> ContactVault::try_open(db::Connection& connection, UnitId unit, AssignmentId assignment,
                                     BytesView sealed) {
  auto const stored = data_key(connection, unit, assignment);
  if (!stored) return stored.error();
  if (!*stored) {
    return refuse("contact_key_destroyed", fmt::format("The contact data of {} is gone: its data key was destroyed.",
                                                       place_of(unit, assignment)));
  }
  HeldKey const key(**stored);
  auto plain = crypto::open(key.get(), sealed, context_of(kContactUse, unit, assignment));
  if (plain) return plain;
  return refuse("contact_changed",
                fmt::format("The sealed contact data of {} was changed in the database, or moved there from another "
                            "place: restore the last backup that verifies.",
                            place_of(unit, assignment)));
}

Result<void> ContactVault::require_key(db::Connection& connection) {
  auto any = connection.prepare("SELECT unit, assignment FROM data_key LIMIT 1");
  auto const row = any.next();
  if (!row) return {};
  auto const key = data_key(connection, row->get<UnitId>(0), row->get<AssignmentId>(1));
  if (!key) return key.error();
  return {};
}

Hash ContactVault::keyed_hash(std::string_view use, BytesView plain) const {
  return crypto::derive_under(use, key_, {plain});
}

void ContactVault::destroy(db::Connection& connection, UnitId unit, AssignmentId assignment) {
  connection.prepare("DELETE FROM data_key WHERE unit = :unit AND assignment = :assignment")
      .bind(":unit", unit)
      .bind(":assignment", assignment)
      .run();
}

Result<std::optional<crypto::SealKey>> ContactVault::data_key(db::Connection& connection, UnitId unit,
                                                              AssignmentId assignment) {
  auto select = connection.prepare("SELECT wrapped FROM data_key WHERE unit = :unit AND assignment = :assignment");
  auto const wrapped = select.bind(":unit", unit).bind(":assignment", assignment).maybe<Bytes>();
  if (!wrapped) return std::optional<crypto::SealKey>();
  auto const key = crypto::unwrap_key(key_, *wrapped, context_of(kDataKeyUse, unit, assignment));
  if (!key) return wrong_key(place_of(unit, assignment));
  return std::optional<crypto::SealKey>(*key);
}

crypto::SealKey ContactVault::make_data_key(db::Connection& connection, UnitId unit, AssignmentId assignment) {
  auto const key = crypto::make_seal_key(random_);
  connection.prepare("INSERT INTO data_key (unit, assignment, wrapped) VALUES (:unit, :assignment, :wrapped)")
      .bind(":unit", unit)
      .bind(":assignment", assignment)
      .bind(":wrapped", crypto::wrap_key(key_, key, context_of(kDataKeyUse, unit, assignment), random_))
      .run();
  return key;
}

}  // namespace fieldnode::lists
