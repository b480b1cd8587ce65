#include "sync/engine/evidence_check.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "tests/unit/engine/evidence_world.h"

namespace fieldnode::engine {
namespace {

using wire::EvidenceContent;
using wire::EvidenceSide;

constexpr EvidenceSide kBothSides[] = {EvidenceSide::kOffice, EvidenceSide::kCentre};

std::vector<EvidenceContent> parts_by(EvidenceWorld& world, EvidenceSide side) {
  return side == EvidenceSide::kOffice ? world.office_parts() : world.centre_parts();
}

bool names(EvidenceReport const& report, std::string_view code) {
  return std::ranges::any_of(report.faults, [&](auto const& fault) { return fault.code == code; });
}

std::string told(EvidenceReport const& report) {
  std::string text;
  for (auto const& fault : report.faults) text += std::string(fault.code) + ": " + fault.what.en + "\n";
  return text;
}

bool contains(BytesView bytes, std::string_view words) {
  return std::ranges::search(bytes, bytes_of(words)).begin() != bytes.end();
}

rules::ClockVerdict const& clock(EvidenceReport const& report, rules::ClockKind kind) {
  auto const& verdicts = report.findings.front().verdicts.value();
  return *std::ranges::find(verdicts, kind, &rules::ClockVerdict::kind);
}

TEST(EvidenceCheck, AFileOfEitherEndIsSoundAndJudgesEachClock) {
  for (auto const side : kBothSides) {
    EvidenceWorld world;
    auto const report = world.check(world.sealed(parts_by(world, side)));
    ASSERT_TRUE(report.is_sound()) << told(report);
    EXPECT_TRUE(report.notes.empty()) << report.notes.front().what.en;
    EXPECT_TRUE(report.maker_vouched);
    ASSERT_EQ(report.findings.size(), 1u);
    EXPECT_EQ(report.findings.front().state.stage(), rules::Stage::kContacted);
    auto const& acknowledged = clock(report, rules::ClockKind::kAcknowledge);
    EXPECT_EQ(acknowledged.verdict, rules::Verdict::kInTimeProven);
    EXPECT_EQ(acknowledged.bracket.earliest, world.receipts_.front().sent_at);
    EXPECT_EQ(acknowledged.bracket.latest, world.receipts_.back().marks.front().received_at);
    EXPECT_FALSE(clock(report, rules::ClockKind::kResolve).verdict);
  }
}

TEST(EvidenceCheck, NoWordOfAnotherCaseAndNoContactIsInTheFile) {
  for (auto const side : kBothSides) {
    EvidenceWorld world;
    auto const file = world.sealed(parts_by(world, side));
    EXPECT_TRUE(contains(file, "the street lamp is out"));
    for (auto const words : {kTheirWords, kTheirName, kOurName, std::string_view("13800138000")}) {
      EXPECT_FALSE(contains(file, words)) << words;
    }
  }
}

TEST(EvidenceCheck, EveryFlippedByteIsFoundAndNamed) {
  for (auto const side : kBothSides) {
    EvidenceWorld world;
    auto const file = world.sealed(parts_by(world, side));
    for (std::size_t i = 0; i < file.size(); ++i) {
      auto changed = file;
      changed[i] ^= static_cast<std::uint8_t>(1U << i % 8);
      auto const report = world.check(changed);
      ASSERT_FALSE(report.is_sound()) << "byte " << i;
      auto const& fault = report.faults.front();
      ASSERT_FALSE(fault.what.en.empty() || fault.what.zh.empty()) << "byte " << i;
      ASSERT_TRUE(report.findings.empty()) << "byte " << i;
      // Where the parts can be told apart, the part that holds the byte is named.
      bool const placed = std::ranges::any_of(report.faults, [&](auto const& one) {
        return one.size == 0 || (one.offset <= i && i < one.offset + one.size);
      });
      ASSERT_TRUE(placed) << "byte " << i << ": " << told(report);
    }
  }
}

/// As somebody would do it who has the maker's key: the parts alone must show it. What only the maker says (its names,
/// its clock, a centre's own times) is its word; the seal of the untouched file keeps it.
TEST(EvidenceCheck, EveryFlippedByteOfWhatOthersSignedIsFoundEvenUnderANewSeal) {
  for (auto const side : kBothSides) {
    EvidenceWorld world;
    auto const parts = parts_by(world, side);
    auto const file = world.sealed(parts);
    auto const read = wire::read_evidence(file).parts;
    for (std::size_t i = 2; i + 1 < read.size(); ++i) {
      if (std::holds_alternative<wire::EvidenceTimes>(read[i].content)) continue;
      for (std::size_t at = read[i].offset; at < read[i].offset + read[i].size; ++at) {
        auto changed = file;
        changed[at] ^= static_cast<std::uint8_t>(1U << at % 8);
        auto const reading = wire::read_evidence(changed);
        if (reading.stop) continue;
        std::vector<EvidenceContent> contents;
        for (auto const& part : reading.parts) contents.push_back(part.content);
        contents.pop_back();
        auto const report = world.check(world.sealed(contents));
        ASSERT_TRUE(!report.is_sound() || contents == parts) << "byte " << at << " of " << name_of(parts[i]).en;
      }
    }
  }
}

TEST(EvidenceCheck, AFileThatIsCutShortIsNeverSound) {
  EvidenceWorld world;
  auto const file = world.sealed(world.office_parts());
  for (std::size_t size = 0; size < file.size(); ++size) {
    auto const report = world.check(BytesView(file).first(size));
    ASSERT_FALSE(report.is_sound()) << size;
  }
  auto longer = file;
  longer.push_back(0);
  EXPECT_TRUE(names(world.check(longer), "behind_seal"));
}

/// The seal was made anew by somebody who has the maker's key, so that only what the parts say can show the fault.
TEST(EvidenceCheck, EachPartLeftOutIsFoundEvenUnderANewSeal) {
  for (auto const side : kBothSides) {
    EvidenceWorld world;
    auto const parts = parts_by(world, side);
    for (std::size_t i = 1; i < parts.size(); ++i) {
      // Papers are proofs: without one the file proves less, and says so by its verdicts.
      bool const paper = std::holds_alternative<wire::EvidenceReceipt>(parts[i]) ||
                         std::holds_alternative<wire::EvidenceTimes>(parts[i]) ||
                         std::holds_alternative<wire::EvidenceHead>(parts[i]);
      auto fewer = parts;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      auto const report = world.check(world.sealed(fewer));
      EXPECT_EQ(report.is_sound(), paper) << "part " << i + 1 << ", " << name_of(parts[i]).en << "\n" << told(report);
    }
  }
}

TEST(EvidenceCheck, PartsThatChangePlacesOrComeTwiceAreFoundEvenUnderANewSeal) {
  EvidenceWorld world;
  auto const parts = world.office_parts();
  for (std::size_t i = 1; i + 1 < parts.size(); ++i) {
    bool const receipts = std::holds_alternative<wire::EvidenceReceipt>(parts[i]) &&
                          std::holds_alternative<wire::EvidenceReceipt>(parts[i + 1]);
    auto swapped = parts;
    std::swap(swapped[i], swapped[i + 1]);
    EXPECT_EQ(world.check(world.sealed(swapped)).is_sound(), receipts) << "parts " << i + 1;
    bool const receipt = std::holds_alternative<wire::EvidenceReceipt>(parts[i]);
    auto doubled = parts;
    doubled.insert(doubled.begin() + static_cast<std::ptrdiff_t>(i), parts[i]);
    EXPECT_EQ(world.check(world.sealed(doubled)).is_sound(), receipt) << "part " << i + 1;
  }
}

TEST(EvidenceCheck, TheSealNamesWhatWasDroppedAddedAndMoved) {
  EvidenceWorld world;
  auto const file = world.sealed(world.office_parts());
  auto const read = wire::read_evidence(file).parts;
  auto const slice = [&](std::size_t i) { return BytesView(file).subspan(read[i].offset, read[i].size); };
  auto const rebuilt = [&](std::vector<std::size_t> const& order) {
    Bytes bytes(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(read.front().offset));
    for (auto const i : order) bytes.insert(bytes.end(), slice(i).begin(), slice(i).end());
    return bytes;
  };
  std::vector<std::size_t> order(read.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  ASSERT_EQ(rebuilt(order), file);
  for (std::size_t i = 1; i + 1 < order.size(); ++i) {
    auto dropped = order;
    dropped.erase(dropped.begin() + static_cast<std::ptrdiff_t>(i));
    auto const missing = world.check(rebuilt(dropped));
    EXPECT_TRUE(names(missing, "part_missing")) << i;
    auto doubled = order;
    doubled.insert(doubled.begin() + static_cast<std::ptrdiff_t>(i), i);
    EXPECT_TRUE(names(world.check(rebuilt(doubled)), "part_added")) << i;
    if (i + 2 >= order.size()) continue;
    auto moved = order;
    std::swap(moved[i], moved[i + 1]);
    EXPECT_TRUE(names(world.check(rebuilt(moved)), "part_moved")) << i;
  }
}

TEST(EvidenceCheck, PartsOfTwoFilesDoNotMakeOne) {
  EvidenceWorld world;
  auto const first = world.sealed(world.office_parts());
  world.append(world.journal_, rules::EntryKind::kNote, kOurs, rules::Note{});
  world.receive();
  auto const second = world.sealed(world.office_parts());
  auto const ours = wire::read_evidence(first).parts;
  auto const theirs = wire::read_evidence(second).parts;
  for (std::size_t i = 1; i < ours.size(); ++i) {
    for (std::size_t k = 1; k < theirs.size(); ++k) {
      auto const put = BytesView(second).subspan(theirs[k].offset, theirs[k].size);
      auto const out = BytesView(first).subspan(ours[i].offset, ours[i].size);
      if (std::ranges::equal(put, out)) continue;
      Bytes spliced(first.begin(), first.begin() + static_cast<std::ptrdiff_t>(ours[i].offset));
      spliced.insert(spliced.end(), put.begin(), put.end());
      spliced.insert(spliced.end(), first.begin() + static_cast<std::ptrdiff_t>(ours[i].offset + ours[i].size),
                     first.end());
      ASSERT_FALSE(world.check(spliced).is_sound()) << "part " << i + 1 << " by part " << k + 1;
    }
  }
}

/// An office that would rather not show its last act, and has its own key at hand.
TEST(EvidenceCheck, AnEntryToldAsAHashOnlyIsMissed) {
  EvidenceWorld world;
  auto const parts = world.office_parts();
  MemoryList const* list = nullptr;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (auto const* const begun = std::get_if<wire::EvidenceList>(&parts[i])) {
      list = begun->head.list == world.feed_.name ? &world.feed_ : &world.journal_;
    }
    auto const* const entry = std::get_if<wire::EvidenceEntry>(&parts[i]);
    if (entry == nullptr) continue;
    auto hidden = parts;
    hidden[i] = wire::EvidenceLeaves{entry->seq, {list->leaves[entry->seq - 1]}};
    auto const report = world.check(world.sealed(hidden));
    EXPECT_FALSE(report.is_sound()) << name_of(parts[i]).en;
    EXPECT_TRUE(names(report, "number_gap") || names(report, "count_differs") || names(report, "export_missing") ||
                names(report, "assignment_missing"))
        << told(report);
  }
}

TEST(EvidenceCheck, TheLastActLeftOutOfTheListAltogetherIsMissed) {
  EvidenceWorld world;
  world.journal_.forget_last();
  // With its own key the office makes a list without the act; the city's receipt has another hash.
  auto const report = world.check(world.sealed(world.office_parts()));
  EXPECT_TRUE(names(report, "signed_hash_differs")) << told(report);
}

TEST(EvidenceCheck, ADispatchOfAnotherCaseIsNotShown) {
  EvidenceWorld world;
  auto parts = world.office_parts();
  std::get<wire::EvidenceUnit>(parts[1]).assignments = {AssignmentId{99}};
  auto const report = world.check(world.sealed(parts));
  EXPECT_TRUE(names(report, "foreign_entry")) << told(report);
  parts = EvidenceWorld().office_parts();
  std::get<wire::EvidenceFront>(parts[0]).case_id = CaseId{71};
  EXPECT_TRUE(names(world.check(world.sealed(parts)), "other_case"));
}

TEST(EvidenceCheck, AnotherCitysKeyIsRefusedAndNoKeyAtAllIsSaidAloud) {
  EvidenceWorld world;
  auto const file = world.sealed(world.office_parts());
  SeededRandom random(1);
  auto const stranger = world.suite().make_keys(random);
  auto const foreign = check_evidence(file, world.suite(), stranger.public_key, rules::built_in_rule_book());
  EXPECT_TRUE(names(foreign, "other_city"));
  auto const pinned = check_evidence(file, world.suite(), std::nullopt, rules::built_in_rule_book());
  ASSERT_TRUE(pinned.is_sound()) << told(pinned);
  ASSERT_EQ(pinned.notes.size(), 1u);
  EXPECT_EQ(pinned.notes.front().code, "key_from_file");
  EXPECT_NE(pinned.notes.front().what.en.find(to_hex(world.city().public_key)), std::string::npos);
}

TEST(EvidenceCheck, ANodeThatTheCityHasNotSignedIsSaidAloud) {
  EvidenceWorld world;
  auto parts = world.office_parts();
  std::get<wire::EvidenceNode>(parts[2]).by_city = false;
  auto const report = world.check(world.sealed(parts));
  ASSERT_TRUE(report.is_sound()) << told(report);
  EXPECT_FALSE(report.maker_vouched);
  ASSERT_EQ(report.notes.size(), 1u);
  EXPECT_EQ(report.notes.front().code, "node_unvouched");
}

TEST(EvidenceCheck, ACentreWithoutTheNodesSignatureIsSaidAloud) {
  EvidenceWorld world;
  auto parts = world.centre_parts();
  std::erase_if(parts, [](auto const& part) { return std::holds_alternative<wire::EvidenceHead>(part); });
  auto const report = world.check(world.sealed(parts));
  ASSERT_TRUE(report.is_sound()) << told(report);
  ASSERT_EQ(report.notes.size(), 1u);
  EXPECT_EQ(report.notes.front().code, "journal_not_signed");
}

TEST(EvidenceCheck, FeedEntriesThatNoReceiptCoversAreSaidAloud) {
  EvidenceWorld world;
  world.append(world.feed_, rules::EntryKind::kCaseUpdate, kOurs, rules::CaseUpdate{});
  auto const report = world.check(world.sealed(world.office_parts()));
  ASSERT_TRUE(report.is_sound()) << told(report);
  ASSERT_EQ(report.notes.size(), 1u);
  EXPECT_EQ(report.notes.front().code, "feed_not_receipted");
}

TEST(EvidenceCheck, ARedactedBodyAndAnErasedContactAreSoundAsTheyAre) {
  EvidenceWorld world;
  auto parts = world.office_parts();
  for (auto& part : parts) {
    auto* const entry = std::get_if<wire::EvidenceEntry>(&part);
    if (entry == nullptr || entry->entry.body.form != wire::PartForm::kSalted) continue;
    entry->entry = wire::erased(entry->entry, {.body = true, .contact = false}, {}, entry->seq, std::nullopt).value();
  }
  auto const file = world.sealed(parts);
  EXPECT_FALSE(contains(file, "the street lamp is out"));
  auto const report = world.check(file);
  ASSERT_TRUE(report.is_sound()) << told(report);
  EXPECT_EQ(clock(report, rules::ClockKind::kAcknowledge).verdict, rules::Verdict::kInTimeProven);
}

TEST(EvidenceCheck, AContactThatIsShownIsRefused) {
  EvidenceWorld world;
  auto parts = world.office_parts();
  for (auto& part : parts) {
    auto* const entry = std::get_if<wire::EvidenceEntry>(&part);
    if (entry == nullptr || entry->entry.contact.form != wire::PartForm::kErased) continue;
    auto shown = parts;
    entry->entry.contact = {wire::PartForm::kSalted, {1}, {}, {}};
    EXPECT_TRUE(names(world.check(world.sealed(parts)), "entry_shows_contact"));
    parts = shown;
  }
}

/// A policy that the feed brought is what the clocks are counted by.
TEST(EvidenceCheck, RulesOfTheFeedAreLaidOverTheBuiltInOnes) {
  EvidenceWorld world;
  constexpr std::string_view kText = R"({"version": "short-v1", "limits": {"acknowledge": "1h"}})";
  wire::Body const body{{{wire::TextTag::kDocument, std::string(kText)}}, {}};
  world.append(world.feed_, rules::EntryKind::kPolicy, {}, rules::PolicyVersion{"short-v1"}, body);
  world.receive();
  auto const report = world.check(world.sealed(world.centre_parts()));
  ASSERT_TRUE(report.is_sound()) << told(report);
  auto const& acknowledged = clock(report, rules::ClockKind::kAcknowledge);
  auto const dispatched = report.findings.front().state.dispatched_at;
  EXPECT_EQ(acknowledged.due, dispatched + std::chrono::hours(1));
}

/// The data link was down; the moment was told by telephone, and the code was found right when the journal came.
TEST(EvidenceCheck, AMomentToldByTelephoneIsProof) {
  EvidenceWorld world;
  world.receipts_.pop_back();
  world.append(world.feed_, rules::EntryKind::kPhoneReceipt, {},
               rules::PhoneReceipt{{kJournalEpoch, world.journal_.seq()}, 12345678, 123456789012345});
  Position const told{kFeedEpoch, world.feed_.seq()};
  auto const at = world.feed_.skeletons.back().time.estimate;
  auto const before = world.check(world.sealed(world.office_parts()));
  ASSERT_TRUE(before.is_sound()) << told.seq;
  EXPECT_FALSE(clock(before, rules::ClockKind::kAcknowledge).bracket.latest);
  world.append(world.feed_, rules::EntryKind::kPhoneCheck, {}, rules::PhoneCheck{told, true});
  auto const after = world.check(world.sealed(world.office_parts()));
  ASSERT_TRUE(after.is_sound());
  EXPECT_EQ(clock(after, rules::ClockKind::kAcknowledge).bracket.latest, at);
  EXPECT_EQ(clock(after, rules::ClockKind::kAcknowledge).verdict, rules::Verdict::kInTimeProven);
}

TEST(EvidenceCheck, ATimeThatTheCityRepealedProvesNothing) {
  EvidenceWorld world;
  auto const wrong = wire::anchor_id(world.receipts_.front());
  world.append(world.feed_, rules::EntryKind::kTimeCorrection, {}, rules::TimeCorrection{wrong, StaffId{4}});
  world.receive();
  auto const report = world.check(world.sealed(world.office_parts()));
  ASSERT_TRUE(report.is_sound()) << told(report);
  auto const& acknowledged = clock(report, rules::ClockKind::kAcknowledge);
  EXPECT_EQ(acknowledged.trust, rules::ClockTrust::kAnchorTooOld);
  EXPECT_EQ(acknowledged.bracket.earliest, report.findings.front().state.dispatched_at);
}

TEST(EvidenceCheck, SomethingElseIsNotEvidenceAndANewerFileSaysSo) {
  EvidenceWorld world;
  EXPECT_EQ(world.check({}).faults.front().code, "not_evidence");
  EXPECT_EQ(world.check(bytes_of("PK\3\4 a zip")).faults.front().code, "not_evidence");
  EXPECT_EQ(world.check(bytes_of("FNEV\2...")).faults.front().code, "newer_evidence");
}

/// Files as an earlier program wrote them: they stay evidence.
TEST(EvidenceCheck, FilesOnRecordAreStillSound) {
  constexpr std::string_view kCityKey = "01a8395c54ecc8815a3a466013fd2c46b439983417bed7f5ad054e6203dd24a6";
  crypto::PublicKey key{};
  std::ranges::copy(from_hex(kCityKey).value(), key.begin());
  for (auto const name : {"office", "centre"}) {
    std::ifstream stream(std::string(FIELDNODE_TEST_DATA) + "/evidence/" + name + ".hex");
    std::string digits;
    ASSERT_TRUE(stream >> digits) << name;
    auto const file = from_hex(digits);
    ASSERT_TRUE(file) << name;
    auto const report = check_evidence(*file, *crypto::ed25519_suite(), key, rules::built_in_rule_book());
    ASSERT_TRUE(report.is_sound()) << name << ": " << told(report);
    EXPECT_EQ(clock(report, rules::ClockKind::kContact).verdict, rules::Verdict::kInTimeProven) << name;
  }
}

}  // namespace
}  // namespace fieldnode::engine
