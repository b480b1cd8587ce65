#include "tests/sim/bundle_trip.h"

#include "sync/engine/bundle_reader.h"

namespace fieldnode {
namespace {

using namespace std::chrono_literals;
using engine::MemoryBundle;

TEST_F(BundleTrip, ThereAndBackEverythingIsInForceAndBothEndsAgree) {
  dispatch(AssignmentId{9});
  round_trip();
  ASSERT_TRUE(office_->row_of(AssignmentId{9})) << "the first trip brings the feed";
  note(AssignmentId{9});
  auto const out = export_at_office();
  EXPECT_EQ(out.made.acts, 1U);
  EXPECT_EQ(on_the_way(), 1U);
  auto const taken = take_at_centre(out.bytes);
  ASSERT_TRUE(taken) << taken.error().sentence;
  EXPECT_EQ(taken->admitted, 1U);
  EXPECT_EQ(on_the_way(), 1U) << "only the return bundle acknowledges";
  auto const back = take_at_office(answer_of(taken->answer));
  ASSERT_TRUE(back) << back.error().sentence;
  EXPECT_EQ(back->header.answers, out.made.header.number);
  EXPECT_EQ(on_the_way(), 0U);
  EXPECT_EQ(office_->undelivered(), 0U);
  expect_one_state();
}

TEST_F(BundleTrip, LostSwappedAndRepeatedBundlesCostNothing) {
  dispatch(AssignmentId{9});
  round_trip();
  note(AssignmentId{9});
  auto const lost = export_at_office();
  note(AssignmentId{9});
  auto const second = export_at_office();
  note(AssignmentId{9});
  auto const third = export_at_office();
  EXPECT_EQ(third.made.acts, 3U) << "it carries what no receipt covers yet";
  auto const by_third = take_at_centre(third.bytes);
  ASSERT_TRUE(by_third);
  EXPECT_EQ(by_third->admitted, 3U);
  auto const by_second = take_at_centre(second.bytes);
  ASSERT_TRUE(by_second);
  EXPECT_EQ(by_second->admitted, 0U);
  auto const again = take_at_centre(third.bytes);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->times, 2U);
  auto const newer = answer_of(by_second->answer);
  auto const older = answer_of(by_third->answer);
  for (auto const& file : {newer, older, newer}) EXPECT_TRUE(take_at_office(file));
  EXPECT_EQ(office_->undelivered(), 0U);
  EXPECT_EQ(take_at_centre(lost.bytes)->admitted, 0U) << "found again";
  expect_one_state();
}

TEST_F(BundleTrip, CutAtEveryByteNothingOfItIsTakenIn) {
  dispatch(AssignmentId{9});
  round_trip();
  note(AssignmentId{9});
  auto const out = export_at_office().bytes;
  for (std::size_t size = 0; size < out.size(); ++size) {
    auto const taken = take_at_centre(Bytes(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(size)));
    ASSERT_FALSE(taken) << size;
    ASSERT_EQ(taken.error().code, "bundle_unfinished") << size;
  }
  for (std::size_t at = 0; at < out.size(); ++at) {
    auto flipped = out;
    flipped[at] ^= 0x40;
    ASSERT_FALSE(take_at_centre(flipped)) << at;
  }
  EXPECT_EQ(take_at_centre(out)->admitted, 1U) << "and whole it is";
}

TEST_F(BundleTrip, TheWrongEndAndTheWrongCityAreToldSo) {
  dispatch(AssignmentId{9});
  auto const out = export_at_office().bytes;
  EXPECT_EQ(take_at_office(out).error().code, "bundle_wrong_way");
  auto const taken = take_at_centre(out);
  ASSERT_TRUE(taken);
  auto const back = answer_of(taken->answer);
  EXPECT_EQ(take_at_centre(back).error().code, "bundle_wrong_way");
  city_.id += 1;
  EXPECT_EQ(take_at_centre(out).error().code, "bundle_other_city");
}

TEST_F(BundleTrip, NewWorkComesUnaskedAndItsReceiptRaisesTheFloorOnly) {
  round_trip();
  dispatch(AssignmentId{9});
  auto const party = central_kit().ask("whose", {{"unit", "XF"}});
  ASSERT_TRUE(party) << party.error().sentence;
  auto const sent_at = clock_.truth();
  auto const file = answer_of({.party = *party, .place = *party, .nonce = {}, .answers = 0, .most_bytes = 1 << 20});
  clock_.advance(24h);
  ASSERT_TRUE(take_at_office(file));
  EXPECT_TRUE(office_->row_of(AssignmentId{9}));
  EXPECT_FALSE(time_.now().interval.latest) << "a file is no anchor";
  EXPECT_GE(time_.now().interval.earliest, sent_at);
  ASSERT_TRUE(take_at_office(file)) << "a repeat is harmless";
}

TEST_F(BundleTrip, AnAnswerAsSmallAsThePeopleChoseComesInPieces) {
  round_trip();
  for (std::uint64_t id = 1; id <= 40; ++id) dispatch(AssignmentId{id});
  auto taken = take_at_centre(export_at_office(1024).bytes);
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->answer.most_bytes, 1024U);
  auto const first = answer_of(taken->answer);
  EXPECT_LT(first.size(), 4096U);
  ASSERT_TRUE(take_at_office(first));
  EXPECT_FALSE(office_->row_of(AssignmentId{40}));
  auto const later = take_at_centre(export_at_office().bytes);
  ASSERT_TRUE(later);
  ASSERT_TRUE(take_at_office(answer_of(later->answer)));
  EXPECT_TRUE(office_->row_of(AssignmentId{40}));
  expect_one_state();
}

TEST_F(BundleTrip, AReturnBundleThatSkipsOneNamesTheGap) {
  round_trip();
  dispatch(AssignmentId{1});
  auto const first = take_at_centre(export_at_office().bytes);
  ASSERT_TRUE(first);
  auto start = first->answer;
  start.place["feed_seq"] = office_->snapshot().feed.seq + 1;
  EXPECT_EQ(take_at_office(answer_of(start)).error().code, "bundle_gap");
}

TEST_F(BundleTrip, ARestoredNodeIsToldThatItNeedsALineOnce) {
  dispatch(AssignmentId{9});
  round_trip();
  begin_journal();
  auto const begun = office_desk_->run("begin", {});
  ASSERT_FALSE(begun);
  EXPECT_EQ(begun.error().code, "bundle_needs_line");
  EXPECT_FALSE(office_desk_->news().out) << "nothing of it is noted as under way";
}

TEST_F(BundleTrip, ALongJournalGoesInSeveralRecords) {
  for (std::uint64_t id = 1; id <= 100; ++id) dispatch(AssignmentId{id});
  round_trip();
  for (std::uint64_t i = 0; i < 3000; ++i) note(AssignmentId{1 + i % 100});
  auto const out = export_at_office();
  EXPECT_EQ(out.made.acts, 3000U);
  MemoryBundle file(out.bytes);
  auto reader = engine::BundleReader::open(file, *suite_, [&](auto const&) {
    return Result<engine::BundleReader::Keys>(engine::BundleReader::Keys{city_.keys, node_keys_.public_key});
  });
  ASSERT_TRUE(reader);
  EXPECT_GT(reader->messages(), 1U);
  EXPECT_EQ(take_at_centre(out.bytes)->admitted, 3000U);
}

}  // namespace
}  // namespace fieldnode
