#include <gtest/gtest.h>

#include <algorithm>

#include "sync/engine/evidence_check.h"
#include "tests/unit/engine/evidence_world.h"

/// A file that was made after the city changed its key: receipts by the old one, the seal by the new one.
namespace fieldnode::engine {
namespace {

using wire::EvidenceSide;
using wire::KeyChange;

constexpr std::uint64_t kOldId = 0xc17e;
constexpr std::uint64_t kNewId = 0xc17f;

struct EvidenceKeysTest : testing::Test {
  [[nodiscard]] Bytes file(KeyChange change, UtcTime at) {
    wire::CityKeyStep step{.change = change,
                           .old_id = kOldId,
                           .old_key = world.city().public_key,
                           .new_id = kNewId,
                           .new_key = fresh.public_key,
                           .at = at};
    auto const& voucher = change == KeyChange::kPlanned ? world.city() : root;
    wire::sign_step(step, world.suite(), voucher.secret_key, fresh.secret_key);
    auto parts = world.office_parts();
    auto& front = std::get<wire::EvidenceFront>(parts.front());
    front.city_key_id = kNewId;
    front.city_key = fresh.public_key;
    parts.insert(parts.begin() + 1, wire::EvidenceKeyStep{step});
    return world.sealed(parts);
  }
  [[nodiscard]] EvidenceReport checked(Bytes const& bytes, crypto::PublicKey const& key) const {
    return check_evidence(bytes, world.suite(), key, rules::built_in_rule_book());
  }
  [[nodiscard]] static std::string first_fault(EvidenceReport const& report) {
    return report.faults.empty() ? "" : std::string(report.faults.front().code);
  }
  [[nodiscard]] static bool notes(EvidenceReport const& report, std::string_view code) {
    return std::ranges::any_of(report.notes, [&](auto const& note) { return note.code == code; });
  }

  EvidenceWorld world;
  SeededRandom random{77};
  crypto::KeyPair fresh{world.suite().make_keys(random)};
  crypto::KeyPair root{world.suite().make_keys(random)};
};

TEST_F(EvidenceKeysTest, EitherKeyIsEnoughAfterAPlannedChange) {
  auto const bytes = file(KeyChange::kPlanned, world.now());
  for (auto const& key : {fresh.public_key, world.city().public_key}) {
    auto const report = checked(bytes, key);
    EXPECT_TRUE(report.is_sound()) << first_fault(report);
    EXPECT_TRUE(report.notes.empty());
  }
  EXPECT_EQ(first_fault(checked(bytes, root.public_key)), "other_city");
}

TEST_F(EvidenceKeysTest, FromAStolenKeyNobodyGetsOn) {
  auto const bytes = file(KeyChange::kCompromised, world.now());
  EXPECT_TRUE(checked(bytes, fresh.public_key).is_sound());
  EXPECT_EQ(first_fault(checked(bytes, world.city().public_key)), "key_history");
}

TEST_F(EvidenceKeysTest, WhatAStolenKeySignedLaterDoesNotCount) {
  auto const early = world.receipts_.front().sent_at.value();
  auto const report = checked(file(KeyChange::kCompromised, early), fresh.public_key);
  EXPECT_TRUE(report.is_sound()) << first_fault(report);
  EXPECT_TRUE(notes(report, "receipt_of_bad_key"));
  auto const all = checked(file(KeyChange::kCompromised, world.now()), fresh.public_key);
  EXPECT_FALSE(notes(all, "receipt_of_bad_key"));
}

TEST_F(EvidenceKeysTest, AStepThatNobodyVouchedForIsAFault) {
  auto const bytes = file(KeyChange::kPlanned, world.now());
  auto parts = wire::read_evidence(bytes).parts;
  auto step = std::get<wire::EvidenceKeyStep>(parts[1].content);
  step.step.by_voucher[0] ^= 1;
  auto contents = world.office_parts();
  auto& front = std::get<wire::EvidenceFront>(contents.front());
  front.city_key_id = kNewId;
  front.city_key = fresh.public_key;
  contents.insert(contents.begin() + 1, step);
  EXPECT_EQ(first_fault(checked(world.sealed(contents), world.city().public_key)), "key_history");
}

}  // namespace
}  // namespace fieldnode::engine
