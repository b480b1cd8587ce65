#include "node/lists/part_column.h"

#include <gtest/gtest.h>

namespace fieldnode::lists {
namespace {

using wire::Part;
using wire::PartForm;

Part through_column(Part const& part) {
  auto const column = column_of(part.form, rest_of(part));
  auto const split = split_column(column);
  return part_of(split.value().form, split.value().rest).value();
}

TEST(PartColumn, EveryFormComesBackAsItWas) {
  Hash inner;
  inner.fill(7);
  wire::Salt salt;
  salt.fill(9);
  for (auto const& part : {Part{PartForm::kWhole, {1, 2, 3}, {}, {}}, Part{PartForm::kErased, {}, inner, {}},
                           Part{PartForm::kSalted, {1, 2, 3}, {}, salt}, Part{PartForm::kSalted, {}, {}, salt}}) {
    EXPECT_EQ(through_column(part), part);
  }
}

TEST(PartColumn, WhatTheProgramDidNotWriteIsRefused) {
  EXPECT_EQ(split_column({}).error().code, "malformed_part");
  for (std::uint8_t const form : {std::uint8_t{0}, std::uint8_t{4}, std::uint8_t{255}}) {
    Bytes const column{form, 1, 2, 3};
    EXPECT_EQ(split_column(column).error().code, "malformed_part") << int{form};
  }
  Bytes const hash_with_a_byte_missing(31);
  EXPECT_EQ(part_of(PartForm::kErased, hash_with_a_byte_missing).error().code, "malformed_part");
  Bytes const hash_with_a_byte_too_many(33);
  EXPECT_EQ(part_of(PartForm::kErased, hash_with_a_byte_too_many).error().code, "malformed_part");
  Bytes const half_a_salt(15);
  EXPECT_EQ(part_of(PartForm::kSalted, half_a_salt).error().code, "malformed_part");
  EXPECT_EQ(part_of(PartForm::kEmpty, {}).error().code, "malformed_part");
}

}  // namespace
}  // namespace fieldnode::lists
