#include "sync/rules/lifecycle.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/unit/rules/lifecycle_sheet.h"

namespace fieldnode::rules {
namespace {

std::string text_of(Cell const& cell) {
  if (cell.outcome == Outcome::kSilent) return "-";
  if (cell.outcome == Outcome::kKeep) return "keep";
  if (cell.outcome == Outcome::kRefuse) return "no:" + std::string(refusal_text(cell.code).code);
  return cell.guard == Guard::kNone ? "take" : "take:" + std::string(name_of(cell.guard));
}

template <class Enum>
std::vector<Enum> every() {
  std::vector<Enum> values;
  for (int i = 0; i < static_cast<int>(Enum::kCount); ++i) values.push_back(static_cast<Enum>(i));
  return values;
}

TEST(Lifecycle, TheSheetNamesEveryMoveAndRowInOrder) {
  auto const sheet = read_lifecycle_sheet();
  ASSERT_EQ(sheet.moves.size(), kMoveCount);
  ASSERT_EQ(sheet.rows.size(), kRowCount);
  for (auto const move : every<Move>()) EXPECT_EQ(sheet.moves[static_cast<std::size_t>(move)], name_of(move));
  for (auto const row : every<Row>()) EXPECT_EQ(sheet.rows[static_cast<std::size_t>(row)], name_of(row));
}

TEST(Lifecycle, EveryCellIsAsTheSheetSays) {
  auto const sheet = read_lifecycle_sheet();
  for (auto const move : every<Move>()) {
    for (auto const row : every<Row>()) {
      EXPECT_EQ(text_of(cell(row, move)), sheet.cells.at(std::string(name_of(move))).at(std::string(name_of(row))))
          << name_of(move) << " in " << name_of(row);
    }
  }
}

/// All combinations of one row from each block.
std::vector<std::vector<Row>> every_situation(LifecycleSheet const& sheet) {
  std::vector<std::vector<Row>> situations{{}};
  for (std::size_t i = 0; i < sheet.rows.size();) {
    std::vector<std::vector<Row>> longer;
    std::size_t end = i;
    while (end < sheet.rows.size() && sheet.blocks[end] == sheet.blocks[i]) ++end;
    for (auto const& situation : situations) {
      for (std::size_t row = i; row < end; ++row) {
        longer.push_back(situation);
        longer.back().push_back(static_cast<Row>(row));
      }
    }
    situations = std::move(longer);
    i = end;
  }
  return situations;
}

TEST(Lifecycle, EverySituationAnswersWithTheFirstRefusalOfItsRows) {
  auto const sheet = read_lifecycle_sheet();
  auto const situations = every_situation(sheet);
  ASSERT_GT(situations.size(), 5'000u);
  for (auto const& rows : situations) {
    ASSERT_EQ(rows.size(), kBlockCount);
    Situation situation{};
    std::vector<std::string> names;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      situation[i] = rows[i];
      names.emplace_back(name_of(rows[i]));
    }
    for (auto const move : every<Move>()) {
      auto const name = std::string(name_of(move));
      ASSERT_EQ(text_of(verdict_of(situation, move)), sheet_verdict(sheet, name, names)) << name;
    }
  }
}

TEST(Lifecycle, EveryStageRefusesOrTakesEveryMove) {
  for (auto const move : every<Move>()) {
    for (int stage = 0; stage <= static_cast<int>(Row::kRedone); ++stage) {
      EXPECT_NE(cell(static_cast<Row>(stage), move).outcome, Outcome::kSilent) << name_of(move) << " " << stage;
    }
  }
}

TEST(Refusals, EveryCodeHasBothSentencesAsInTheSheet) {
  auto const lines = read_table("lifecycle_refusals.tsv");
  auto const texts = all_refusal_texts();
  ASSERT_EQ(lines.size(), texts.size() + 1) << "first line is the head";
  for (std::size_t i = 0; i < texts.size(); ++i) {
    EXPECT_EQ(lines[i + 1], (std::vector<std::string>{std::string(texts[i].code), std::string(texts[i].en),
                                                      std::string(texts[i].zh)}));
  }
}

TEST(Refusals, CodesAreDistinctAndFoundByTheirText) {
  std::set<std::string_view> codes;
  for (auto const& text : all_refusal_texts()) {
    EXPECT_FALSE(text.code.empty());
    EXPECT_TRUE(codes.insert(text.code).second) << text.code;
    EXPECT_EQ(refusal_text(text.code)->en, text.en);
  }
  EXPECT_FALSE(refusal_text("a_code_of_tomorrow"));
  EXPECT_EQ(refusal_text(RefusalCode::kRuled).code, "ruled");
  EXPECT_EQ(refusal_text(RefusalCode::kNotADecision).code, "not_a_decision") << "texts stand in the order of the enum";
}

}  // namespace
}  // namespace fieldnode::rules
