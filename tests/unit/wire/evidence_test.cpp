#include "sync/wire/evidence.h"

#include <gtest/gtest.h>

#include "tests/unit/wire/random_messages.h"

namespace fieldnode::wire {
namespace {

using Why = EvidenceStop::Why;

class Evidence : public testing::Test {
 protected:
  /// One of each kind of part, filled at random.
  std::vector<EvidenceContent> parts() {
    RandomFiller fill(random_);
    EvidenceUnit unit{UnitId{3}, fill.text(), fill.text(), {AssignmentId{7}, AssignmentId{1 << 20}}};
    NodeStatement statement{.key_id = random_.bits64(), .unit = UnitId{3}, .node = NodeId{4}};
    fill(statement.journal_epoch, statement.enrolled_at, statement.key);
    sign_statement(statement, *suite_, keys_.secret_key);
    return {unit,
            EvidenceNode{true, statement},
            EvidenceList{random_head(random_), 17},
            EvidenceEntry{1, random_entry(random_)},
            EvidenceLeaves{2, {random_hash(random_), random_hash(random_)}},
            EvidenceHead{random_head(random_)},
            EvidenceReceipt{random_receipt(random_)},
            EvidenceTimes{{{NodeId{4}, random_.bits64(), utc_from_ms(5)}}, {{{Epoch{1}, 2}, utc_from_ms(6)}}, {}}};
  }
  Bytes written(std::vector<EvidenceContent> const& parts) {
    EvidenceWriter writer(front_);
    for (auto const& part : parts) writer.add(part);
    return std::move(writer).seal(*suite_, keys_.secret_key);
  }

  SeededRandom random_{20'260'401};
  std::unique_ptr<crypto::SignatureSuite> suite_ = crypto::ed25519_suite();
  crypto::KeyPair keys_ = suite_->make_keys(random_);
  EvidenceFront front_{.side = EvidenceSide::kOffice,
                       .case_id = CaseId{12},
                       .city = "天津",
                       .city_key_id = 77,
                       .city_key = keys_.public_key,
                       .node = NodeId{4},
                       .made_at = utc_from_ms(1'760'000'000'123),
                       .program = "1.0"};
};

TEST_F(Evidence, EveryKindOfPartComesBackInItsPlace) {
  auto const parts = this->parts();
  auto const file = written(parts);
  auto const reading = read_evidence(file);
  ASSERT_FALSE(reading.stop) << reading.stop->reason;
  ASSERT_EQ(reading.parts.size(), parts.size() + 2);
  EXPECT_EQ(std::get<EvidenceFront>(reading.parts.front().content), front_);
  std::size_t at = 5;  // magic, version
  for (auto const& part : reading.parts) {
    EXPECT_EQ(part.offset, at);
    at += part.size;
  }
  EXPECT_EQ(at, file.size());
  for (std::size_t i = 0; i < parts.size(); ++i) EXPECT_TRUE(reading.parts[i + 1].content == parts[i]) << i;
  auto const& seal = std::get<EvidenceSeal>(reading.parts.back().content);
  EXPECT_TRUE(verify_seal(seal, *suite_, keys_.public_key));
  ASSERT_EQ(seal.digests.size(), parts.size() + 1);
  for (std::size_t i = 0; i < seal.digests.size(); ++i) EXPECT_EQ(seal.digests[i], reading.parts[i].digest) << i;
}

TEST_F(Evidence, ReadingStopsWithItsReason) {
  auto const file = written(parts());
  EXPECT_EQ(read_evidence({}).stop->why, Why::kNotEvidence);
  EXPECT_EQ(read_evidence(bytes_of("FNXQ")).stop->why, Why::kNotEvidence);
  EXPECT_EQ(read_evidence(bytes_of(std::string_view("FNEV\0", 5))).stop->why, Why::kNotEvidence);
  EXPECT_EQ(read_evidence(bytes_of("FNEV\2")).stop->why, Why::kNewer);
  EXPECT_EQ(read_evidence(bytes_of("FNEV\1")).stop->why, Why::kNoSeal);
  EXPECT_EQ(read_evidence(bytes_of("FNEV\1\13\0")).stop->why, Why::kUnreadable);
  auto longer = file;
  longer.push_back(7);
  ASSERT_EQ(read_evidence(longer).stop->why, Why::kBehindSeal);
  EXPECT_EQ(read_evidence(longer).stop->offset, file.size());
}

TEST_F(Evidence, AFieldThatNobodyReadsIsRefused) {
  auto const file = written(parts());
  auto const unit = read_evidence(file).parts[1];
  auto padded = file;
  // The length of the unit's fields is one byte; one more field is put behind them.
  ++padded[unit.offset + 1];
  padded.insert(padded.begin() + static_cast<std::ptrdiff_t>(unit.offset + unit.size), 0);
  auto const stop = read_evidence(padded).stop;
  ASSERT_TRUE(stop);
  EXPECT_EQ(stop->why, Why::kUnreadable);
  EXPECT_EQ(stop->part, 2u);
  EXPECT_EQ(stop->offset, unit.offset + unit.size);
}

TEST_F(Evidence, TheCitysWordOnANodeIsBelievedOnlyAsItWasSigned) {
  auto const statement = std::get<EvidenceNode>(parts()[1]).statement;
  EXPECT_TRUE(verify_statement(statement, *suite_, keys_.public_key));
  EXPECT_EQ(unpack_statement(pack_statement(statement)).value(), statement);
  std::vector<void (*)(NodeStatement&)> const changes{[](NodeStatement& s) { ++s.key_id; },
                                                      [](NodeStatement& s) { ++s.unit.value; },
                                                      [](NodeStatement& s) { ++s.node.value; },
                                                      [](NodeStatement& s) { ++s.journal_epoch.value; },
                                                      [](NodeStatement& s) { s.enrolled_at += Milliseconds(1); },
                                                      [](NodeStatement& s) { s.key[0] ^= 1; },
                                                      [](NodeStatement& s) { s.signature[0] ^= 1; }};
  for (std::size_t i = 0; i < changes.size(); ++i) {
    auto changed = statement;
    changes[i](changed);
    EXPECT_EQ(verify_statement(changed, *suite_, keys_.public_key).error().code, "bad_signature") << i;
  }
  EXPECT_EQ(verify_statement(statement, *crypto::simulated_suite(), keys_.public_key).error().code, "foreign_suite");
}

}  // namespace
}  // namespace fieldnode::wire
