#include "node/lists/contact_vault.h"

#include <gtest/gtest.h>

#include "node/db/transaction.h"
#include "tests/unit/lists/lists_world.h"

namespace fieldnode::lists {
namespace {

constexpr AssignmentId kOne{1};
constexpr AssignmentId kTwo{2};

class Vault : public testing::Test {
 protected:
  [[nodiscard]] Bytes seal(std::string_view text, AssignmentId assignment = kOne, UnitId unit = kUnit) {
    return vault_.seal(connection_, unit, assignment, bytes_of(text));
  }
  [[nodiscard]] Result<Bytes> open(Bytes const& sealed, AssignmentId assignment = kOne, UnitId unit = kUnit) {
    return vault_.try_open(connection_, unit, assignment, sealed);
  }
  [[nodiscard]] std::int64_t data_keys() {
    return connection_.prepare("SELECT count(*) FROM data_key").one<std::int64_t>();
  }

  db::Connection connection_{migrated_in_memory()};
  SeededRandom random_{5};
  ContactVault::MasterKey key_{crypto::make_seal_key(random_)};
  ContactVault vault_{key_, random_};
};

TEST_F(Vault, OpensWhatItSealed) {
  auto const sealed = seal("13800001234");
  EXPECT_EQ(text_of(open(sealed).value()), "13800001234");
  EXPECT_EQ(text_of(vault_.open(connection_, kUnit, kOne, sealed)), "13800001234");
  EXPECT_EQ(text_of(sealed).find("13800001234"), std::string_view::npos);
}

TEST_F(Vault, TheSameTextNeverLooksTheSame) { EXPECT_NE(seal("x"), seal("x")); }

TEST_F(Vault, AKeyedHashRecognisesEqualDataForOneUseUnderOneKey) {
  auto const number = bytes_of("13800001234");
  EXPECT_EQ(vault_.keyed_hash("telephone", number), vault_.keyed_hash("telephone", number));
  EXPECT_NE(vault_.keyed_hash("telephone", number), vault_.keyed_hash("address", number));
  EXPECT_NE(vault_.keyed_hash("telephone", number), vault_.keyed_hash("telephone", bytes_of("13800001235")));
  ContactVault const other(crypto::make_seal_key(random_), random_);
  EXPECT_NE(vault_.keyed_hash("telephone", number), other.keyed_hash("telephone", number));
}

TEST_F(Vault, EachAssignmentHasOneKeyAndTheUnitOneMore) {
  (void)seal("a");
  (void)seal("b");
  EXPECT_EQ(data_keys(), 1);
  (void)seal("c", kTwo);
  (void)seal("d", AssignmentId{});
  (void)seal("e", kOne, UnitId{12});
  EXPECT_EQ(data_keys(), 4);
}

TEST_F(Vault, WhatWasMovedToAnotherAssignmentOrUnitDoesNotOpen) {
  auto const sealed = seal("a");
  (void)seal("b", kTwo);
  (void)seal("c", kOne, UnitId{12});
  EXPECT_EQ(open(sealed, kTwo).error().code, "contact_changed");
  EXPECT_EQ(open(sealed, kOne, UnitId{12}).error().code, "contact_changed");
}

TEST_F(Vault, ADataKeyMovedToAnotherAssignmentDoesNotOpen) {
  auto const sealed = seal("a");
  connection_.execute("UPDATE data_key SET assignment = 2");
  EXPECT_EQ(open(sealed, kTwo).error().code, "wrong_contact_key");
}

TEST_F(Vault, EveryChangedBitIsFound) {
  auto const sealed = seal("a");
  for (std::size_t at = 0; at < sealed.size(); ++at) {
    auto changed = sealed;
    changed[at] ^= 1;
    EXPECT_EQ(open(changed).error().code, "contact_changed") << at;
  }
  EXPECT_THROW((void)vault_.open(connection_, kUnit, kOne, {}), BrokenWorld);
}

TEST_F(Vault, AnotherMasterKeyIsRefusedAtTheStartAndSealsNothing) {
  auto const sealed = seal("a");
  auto other_key = key_;
  other_key[31] ^= 1;
  ContactVault other(other_key, random_);
  EXPECT_EQ(other.require_key(connection_).error().code, "wrong_contact_key");
  EXPECT_EQ(other.try_open(connection_, kUnit, kOne, sealed).error().code, "wrong_contact_key");
  EXPECT_THROW((void)other.seal(connection_, kUnit, kOne, bytes_of("b")), BrokenWorld);
  EXPECT_TRUE(vault_.require_key(connection_));
}

TEST_F(Vault, AnyKeyFitsADatabaseThatHasSealedNothing) { EXPECT_TRUE(vault_.require_key(connection_)); }

TEST_F(Vault, WhatADestroyedKeySealedIsGone) {
  auto const sealed = seal("a");
  auto const kept = seal("b", kTwo);
  vault_.destroy(connection_, kUnit, kOne);
  EXPECT_EQ(open(sealed).error().code, "contact_key_destroyed");
  EXPECT_EQ(text_of(open(kept, kTwo).value()), "b");
  (void)seal("a");
  EXPECT_EQ(open(sealed).error().code, "contact_changed") << "a new key is another key";
}

TEST_F(Vault, AKeyMadeInARolledBackTransactionSealsNothingAfterwards) {
  {
    db::Transaction const abandoned(connection_);
    (void)seal("a");
  }
  EXPECT_EQ(data_keys(), 0);
  auto const sealed = seal("b");
  EXPECT_EQ(text_of(open(sealed).value()), "b");
}

}  // namespace
}  // namespace fieldnode::lists
