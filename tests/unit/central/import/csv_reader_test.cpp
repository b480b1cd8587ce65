#include "node/central/import/csv_reader.h"

#include <gtest/gtest.h>

#include <sstream>

#include "sync/base/random.h"

namespace fieldnode::central {
namespace {

struct Seen {
  std::uint64_t line;
  std::vector<std::string> fields;  ///< empty for a faulty row
  std::string fault;

  friend bool operator==(Seen const&, Seen const&) = default;
};

void PrintTo(Seen const& seen, std::ostream* out) {
  *out << seen.line << " " << seen.fault;
  for (auto const& field : seen.fields) *out << " <" << field << ">";
}

std::vector<Seen> rows_of(std::string const& text, CsvOptions const& options = {}) {
  std::istringstream input(text);
  auto reader = CsvReader::open(input, options);
  if (!reader) return {{0, {}, reader.error().code}};
  std::vector<Seen> out;
  while (auto row = reader->next()) {
    out.push_back(
        {row->line, row->fault ? std::vector<std::string>() : row->fields, row->fault ? row->fault->code : ""});
  }
  EXPECT_EQ(reader->bytes_read(), text.size());
  return out;
}

std::string refusal_of(std::string const& text, CsvOptions const& options = {}) {
  std::istringstream input(text);
  auto const reader = CsvReader::open(input, options);
  return reader ? "taken" : reader.error().code;
}

using Rows = std::vector<Seen>;

TEST(CsvReader, QuotesCommasAndLineBreaksInFields) {
  EXPECT_EQ(rows_of("a,b\n\"x,1\",\"say \"\"hi\"\"\"\n\"two\nlines\",\n3,4\n"),
            (Rows{{2, {"x,1", "say \"hi\""}, ""}, {3, {"two\nlines", ""}, ""}, {5, {"3", "4"}, ""}}));
}

TEST(CsvReader, EveryKindOfLineEnd) {
  Rows const expected{{2, {"1", "2"}, ""}, {3, {"3", "4"}, ""}};
  EXPECT_EQ(rows_of("a,b\n1,2\n3,4\n"), expected);
  EXPECT_EQ(rows_of("a,b\r\n1,2\r\n3,4\r\n"), expected);
  EXPECT_EQ(rows_of("a,b\r1,2\r3,4\r"), expected);
  EXPECT_EQ(rows_of("a,b\n1,2\n3,4"), expected);
}

TEST(CsvReader, EmptyLinesAreSkippedAndCounted) {
  EXPECT_EQ(rows_of("\n\na,b\r\n\r\n1,2\n\n\n3,4\n\n"), (Rows{{5, {"1", "2"}, ""}, {8, {"3", "4"}, ""}}));
}

TEST(CsvReader, MarkOfUtf8IsNoText) {
  std::istringstream input("\xEF\xBB\xBF编号,b\n1,2\n");
  auto const reader = CsvReader::open(input, {});
  ASSERT_TRUE(reader);
  EXPECT_EQ(reader->header().front(), "编号");
}

TEST(CsvReader, HeaderNamesAreTrimmed) {
  std::istringstream input(" a ,\"b\t\"\n");
  auto const reader = CsvReader::open(input, {});
  ASSERT_TRUE(reader);
  EXPECT_EQ(reader->header(), (std::vector<std::string>{"a", "b"}));
}

TEST(CsvReader, OtherDelimiters) {
  EXPECT_EQ(rows_of("a;b\n1,5;\"x;y\"\n", {.delimiter = ';'}), (Rows{{2, {"1,5", "x;y"}, ""}}));
  EXPECT_EQ(rows_of("a\tb\n1\t\n", {.delimiter = '\t'}), (Rows{{2, {"1", ""}, ""}}));
}

TEST(CsvReader, QuoteInsideAnUnquotedFieldStandsForItself) {
  EXPECT_EQ(rows_of("a,b\n5\" pipe,=\"01\"\n"), (Rows{{2, {"5\" pipe", "=\"01\""}, ""}}));
}

TEST(CsvReader, WrongFieldCountFaultsOneRowOnly) {
  EXPECT_EQ(rows_of("a,b\n1\n1,2,3\n4,5\n"),
            (Rows{{2, {}, "field_count"}, {3, {}, "field_count"}, {4, {"4", "5"}, ""}}));
}

TEST(CsvReader, HalfALineAtTheEndIsNamedAsSuch) {
  std::istringstream input("a,b,c\n1,2,3\n4,5");
  auto reader = CsvReader::open(input, {});
  ASSERT_TRUE(reader);
  ASSERT_TRUE(reader->next());
  auto const half = reader->next();
  ASSERT_TRUE(half && half->fault);
  EXPECT_EQ(half->line, 3u);
  EXPECT_EQ(half->raw, "4,5");
  EXPECT_NE(half->fault->sentence.find("the file ends in the middle of it"), std::string::npos);
  EXPECT_FALSE(reader->next());
}

TEST(CsvReader, CompleteLastLineWithoutLineEndIsTakenAndMarked) {
  std::istringstream input("a,b\n1,2\n3,4");
  auto reader = CsvReader::open(input, {});
  ASSERT_TRUE(reader);
  EXPECT_TRUE(reader->next()->has_line_end);
  auto const last = reader->next();
  EXPECT_FALSE(last->fault);
  EXPECT_FALSE(last->has_line_end);
}

TEST(CsvReader, UnterminatedQuoteGivesUpOneLineAndReadsOn) {
  EXPECT_EQ(rows_of("a,b\n1,\"open\n3,4\n5,6\n"),
            (Rows{{2, {}, "unterminated_quote"}, {3, {"3", "4"}, ""}, {4, {"5", "6"}, ""}}));
}

TEST(CsvReader, TextAfterAQuoteGivesUpOneLineAndReadsOn) {
  EXPECT_EQ(rows_of("a,b\n1,\"x\"y\n3,4\n"), (Rows{{2, {}, "text_after_quote"}, {3, {"3", "4"}, ""}}));
  EXPECT_EQ(rows_of("a,b\n1,\"open\n2,\"y\"\n3,4\n"),
            (Rows{{2, {}, "text_after_quote"}, {3, {"2", "y"}, ""}, {4, {"3", "4"}, ""}}));
}

TEST(CsvReader, TooLongRowIsPassedOverToItsRealEnd) {
  // What looks like rows inside a citizen's overlong text must never become rows.
  std::string text = "a,b\n1,\"";
  for (int i = 0; i < 100'000; ++i) text += "so \"\"77\"\"\n";
  text += "said \"\"so\"\"\"\n3,4\n";
  EXPECT_EQ(rows_of(text, {.row_bytes_max = 1000}), (Rows{{2, {}, "row_too_long"}, {100'003, {"3", "4"}, ""}}));
}

TEST(CsvReader, TooLongRowWithoutQuotes) {
  auto const text = "a,b\n1," + std::string(3'000'000, 'x') + "\n3,4\n";
  EXPECT_EQ(rows_of(text), (Rows{{2, {}, "row_too_long"}, {3, {"3", "4"}, ""}}));
}

TEST(CsvReader, TooLongRowThatNeverEndsIsOneFault) {
  auto const text = "a,b\n1,\"" + std::string(3'000'000, '\n');
  EXPECT_EQ(rows_of(text), (Rows{{2, {}, "row_too_long"}}));
}

TEST(CsvReader, LineNumbersHoldBehindALongRowWithCarriageReturns) {
  // Memory is freed on the way, which may cut a CRLF in two: both alignments.
  for (std::string const pad : {"", "x"}) {
    std::string text = "a,b\r\n1,\"" + pad;
    for (int i = 0; i < 500'000; ++i) text += "\r\n";
    text += "\"\r\n3,4\r\n";
    EXPECT_EQ(rows_of(text, {.row_bytes_max = 10'000}), (Rows{{2, {}, "row_too_long"}, {500'003, {"3", "4"}, ""}}));
  }
}

TEST(CsvReader, TooLongFieldFaultsItsRow) {
  EXPECT_EQ(rows_of("a,b\n1,123456\n3,4\n", {.field_bytes_max = 5}),
            (Rows{{2, {}, "field_too_long"}, {3, {"3", "4"}, ""}}));
}

TEST(CsvReader, BytesThatAreNoTextFaultTheirRow) {
  EXPECT_EQ(rows_of("a,b\n1,\xB9\xA4\n3,4\n"), (Rows{{2, {}, "bad_encoding"}, {3, {"3", "4"}, ""}}));
  std::string const padding(100'000, 'x');
  auto const late_zero = "a,b\n1," + padding + "\n2,z" + std::string(1, '\0') + "\n3,4\n";
  EXPECT_EQ(rows_of(late_zero), (Rows{{2, {"1", padding}, ""}, {3, {}, "zero_byte"}, {4, {"3", "4"}, ""}}));
}

TEST(CsvReader, RawOfAFaultyRowMayBeShown) {
  std::istringstream input("a,b\n1,\xB9\n");
  auto reader = CsvReader::open(input, {});
  ASSERT_TRUE(reader);
  EXPECT_EQ(reader->next()->raw, "1,\xEF\xBF\xBD");
}

TEST(CsvReader, FilesThatAreNoCsvAreRefused) {
  EXPECT_EQ(refusal_of(""), "empty_file");
  EXPECT_EQ(refusal_of("\n\r\n"), "empty_file");
  EXPECT_EQ(refusal_of("\xEF\xBB\xBF"), "empty_file");
  EXPECT_EQ(refusal_of("\x1F\x8B\x08rest"), "gzip_file");
  EXPECT_EQ(refusal_of("PK\x03\x04rest"), "spreadsheet_file");
  EXPECT_EQ(refusal_of("\xD0\xCF\x11\xE0rest"), "spreadsheet_file");
  EXPECT_EQ(refusal_of("\xFF\xFE"
                       "a"),
            "utf16_file");
  EXPECT_EQ(refusal_of("%PDF-1.7"), "not_csv");
  EXPECT_EQ(refusal_of("\xEF\xBB\xBF\n<!DOCTYPE html><html><body>Please sign in</body></html>"), "not_csv");
  EXPECT_EQ(refusal_of("<html lang=\"zh-CN\"><head>"), "not_csv");
  EXPECT_EQ(refusal_of(std::string("\x7F"
                                   "ELF\0\0",
                                   6)),
            "not_csv");
}

TEST(CsvReader, WrongHeadersAreRefused) {
  EXPECT_EQ(refusal_of("a,b,a\n"), "duplicate_column");
  EXPECT_EQ(refusal_of("a, a \n"), "duplicate_column");
  EXPECT_EQ(refusal_of("a,,\n"), "taken") << "nameless columns at the edge are harmless";
  EXPECT_EQ(refusal_of("a,\"b\n1,2\n"), "bad_header");
  EXPECT_EQ(refusal_of("\xB9\xA4\xB5\xA5,b\n"), "bad_header");
  EXPECT_EQ(refusal_of(std::string(3'000'000, 'x')), "bad_header");
}

TEST(CsvReader, Gb18030BecomesUtf8) {
  CsvOptions const gb{.encoding = TextEncoding::kGb18030};
  // 工单 in GBK; 㐀 (U+3400) as four bytes; the euro sign.
  EXPECT_EQ(rows_of("a,b\n\xB9\xA4\xB5\xA5,\x81\x39\xEE\x39\xA2\xE3\n", gb), (Rows{{2, {"工单", "㐀€"}, ""}}));
  EXPECT_EQ(rows_of("\x84\x31\x95\x33"
                    "a,b\n\xB9\xA4,2\n",
                    gb),
            (Rows{{2, {"工", "2"}, ""}}));
  EXPECT_EQ(rows_of("a,b\n1,\x81\n3,4\n", gb), (Rows{{2, {}, "bad_encoding"}, {3, {"3", "4"}, ""}}));
  EXPECT_EQ(rows_of("a,b\n3,4\n1,\xB9", gb), (Rows{{2, {"3", "4"}, ""}, {3, {}, "bad_encoding"}}));
}

TEST(CsvReader, Gb18030CharactersMayLieAcrossPieces) {
  CsvOptions const gb{.encoding = TextEncoding::kGb18030};
  for (std::size_t shift = 0; shift < 4; ++shift) {
    std::string text = "a,b\n" + std::string(shift, 'x') + ",\"";
    std::string expected;
    for (int i = 0; i < 40'000; ++i) {
      text += "\x81\x39\xEE\x39";
      expected += "㐀";
    }
    EXPECT_EQ(rows_of(text + "\"\n", gb), (Rows{{2, {std::string(shift, 'x'), expected}, ""}}));
  }
}

TEST(CsvReader, FileThatIsUtf8ByItsMarkOrByItsBytesIsNotReadAsGb18030) {
  CsvOptions const gb{.encoding = TextEncoding::kGb18030};
  EXPECT_EQ(rows_of("\xEF\xBB\xBF"
                    "a,b\n工,单\n",
                    gb),
            (Rows{{2, {"工", "单"}, ""}}));
  EXPECT_EQ(refusal_of("a,b\n市民反映路灯不亮已经一周请尽快修复,单\n", gb), "wrong_encoding");
}

/// Writes fields as RFC 4180 asks.
std::string as_quoted(std::string const& field) {
  std::string out = "\"";
  for (char c : field) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

TEST(CsvReader, WhatIsWrittenByTheRulesIsReadBack) {
  std::vector<std::string> const parts{"a", ",", "\"", "\n", "\r\n", " ", "工", "=", "\"\"", "x,y"};
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    SeededRandom random(seed);
    std::string text = "a,b,c\n";
    std::vector<std::vector<std::string>> rows(random.below(30));
    for (auto& row : rows) {
      for (int column = 0; column < 3; ++column) {
        auto& field = row.emplace_back();
        for (auto left = random.below(12); left > 0; --left) field += parts[random.below(parts.size())];
        text += as_quoted(field) + (column < 2 ? "," : "\n");
      }
    }
    std::vector<std::vector<std::string>> read;
    for (auto& seen : rows_of(text)) read.push_back(seen.fields);
    ASSERT_EQ(read, rows) << "seed " << seed;
  }
}

TEST(CsvReader, CutAnywhereTheRowsBeforeTheCutStand) {
  std::string const text = "a,b\n1,\"x\ny\"\n\"q\"\"q\",工\n5,6\r\n";
  auto const whole = rows_of(text);
  ASSERT_EQ(whole.size(), 3u);
  for (std::size_t cut = 4; cut < text.size(); ++cut) {
    auto const rows = rows_of(text.substr(0, cut));
    for (std::size_t i = 0; i + 1 < rows.size() && i < whole.size() && rows[i].fault.empty(); ++i) {
      ASSERT_EQ(rows[i], whole[i]) << "cut at " << cut;
    }
  }
}

TEST(CsvReader, RandomBytesNeverBreakIt) {
  std::string const alphabet = "\",\n\rab\xE5\xB7\xA5\xFF";
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    SeededRandom random(seed);
    std::string text = "a,b\n";
    for (auto left = random.below(400); left > 0; --left) text += alphabet[random.below(alphabet.size())];
    CsvOptions const options{.encoding = seed % 2 == 0 ? TextEncoding::kUtf8 : TextEncoding::kGb18030,
                             .row_bytes_max = 40};
    std::uint64_t line = 1;
    for (auto const& row : rows_of(text, options)) {
      ASSERT_GT(row.line, line) << "seed " << seed;
      ASSERT_TRUE(!row.fault.empty() || row.fields.size() == 2) << "seed " << seed;
      line = row.line;
    }
  }
}

}  // namespace
}  // namespace fieldnode::central
