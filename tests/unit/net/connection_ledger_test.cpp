#include "node/net/connection_ledger.h"

#include <gtest/gtest.h>

namespace fieldnode::net {
namespace {

TEST(ConnectionLedger, CountsInAllAndPerHolder) {
  ConnectionLedger ledger(3);
  EXPECT_TRUE(ledger.enter("a", 2));
  EXPECT_TRUE(ledger.enter("a", 2));
  EXPECT_FALSE(ledger.enter("a", 2));
  EXPECT_TRUE(ledger.enter("b", 2));
  EXPECT_FALSE(ledger.enter("c", 2)) << "all places are taken";
  ledger.leave("a");
  EXPECT_TRUE(ledger.enter("c", 2));
  EXPECT_EQ(ledger.total(), 3U);
}

TEST(ConnectionLedger, MovesAConnectionFromItsAddressToItsCertificate) {
  ConnectionLedger ledger(10);
  ASSERT_TRUE(ledger.enter("address", 2));
  ASSERT_TRUE(ledger.enter("address", 2));
  EXPECT_TRUE(ledger.move("address", "node", 1));
  EXPECT_TRUE(ledger.enter("address", 2)) << "the place at the address is free again";
  EXPECT_FALSE(ledger.move("address", "node", 1));
  EXPECT_EQ(ledger.total(), 3U);
  ledger.leave("node");
  EXPECT_TRUE(ledger.move("address", "node", 1));
  EXPECT_EQ(ledger.total(), 2U);
}

TEST(ConnectionLedger, LeavingWithoutEnteringIsADefect) {
  ConnectionLedger ledger(1);
  EXPECT_DEATH(ledger.leave("nobody"), "never entered");
}

}  // namespace
}  // namespace fieldnode::net
