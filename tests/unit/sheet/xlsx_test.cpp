#include "node/sheet/xlsx.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <array>

namespace fieldnode::sheet {
namespace {

std::uint32_t number_at(std::string const& bytes, std::size_t at, int size) {
  std::uint32_t value = 0;
  for (int i = size - 1; i >= 0; --i)
    value = value << 8 | static_cast<unsigned char>(bytes.at(at + static_cast<std::size_t>(i)));
  return value;
}

std::string inflated(std::string_view packed, std::size_t size) {
  std::string text(size, '\0');
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, -MAX_WBITS), Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(text.data());
  stream.avail_out = static_cast<uInt>(size);
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  inflateEnd(&stream);
  return text;
}

/// A file within the zip, found by the zip's own directory.
std::string part_of(std::string const& zip, std::string_view name) {
  auto const end = zip.rfind("PK\x05\x06");
  auto at = std::size_t{number_at(zip, end + 16, 4)};
  for (auto left = number_at(zip, end + 10, 2); left > 0; --left) {
    auto const name_size = number_at(zip, at + 28, 2);
    if (zip.substr(at + 46, name_size) == name) {
      auto const local = std::size_t{number_at(zip, at + 42, 4)};
      auto const data = local + 30 + number_at(zip, local + 26, 2) + number_at(zip, local + 28, 2);
      return inflated(std::string_view(zip).substr(data, number_at(zip, at + 20, 4)), number_at(zip, at + 24, 4));
    }
    at += 46 + name_size + number_at(zip, at + 30, 2) + number_at(zip, at + 32, 2);
  }
  return {};
}

Table const kTable{"考核",
                   {{"单位", 20}, {"件数"}, {"率"}, {"时间"}},
                   {{std::string("=HYPERLINK(\"x\")"), std::int64_t{12}, Share{0.75}, utc_from_ms(1'791'421'200'000)}}};

TEST(Xlsx, NumbersSharesAndMomentsAreNumbersInTheirCells) {
  auto const book = xlsx_of({&kTable, 1});
  auto const sheet = part_of(book, "xl/worksheets/sheet1.xml");
  EXPECT_NE(sheet.find("<v>12</v>"), std::string::npos) << sheet;
  EXPECT_NE(sheet.find("<v>0.75</v>"), std::string::npos);
  EXPECT_NE(sheet.find("<v>46303.375</v>"), std::string::npos) << "2026-10-08 09:00 in +08:00";
  EXPECT_NE(part_of(book, "xl/styles.xml").find("yyyy-mm-dd hh:mm"), std::string::npos);
}

TEST(Xlsx, WordsAreWordsWhateverTheyLookLike) {
  auto const book = xlsx_of({&kTable, 1});
  EXPECT_EQ(part_of(book, "xl/worksheets/sheet1.xml").find("<f>"), std::string::npos);
  auto const words = part_of(book, "xl/sharedStrings.xml");
  EXPECT_NE(words.find("=HYPERLINK("), std::string::npos);
  EXPECT_NE(words.find("单位"), std::string::npos);
}

TEST(Xlsx, EachTableIsASheetUnderItsName) {
  std::array const tables{kTable, Table{"明细", {{"a"}}, {}}};
  auto const book = part_of(xlsx_of(tables), "xl/workbook.xml");
  EXPECT_NE(book.find("考核"), std::string::npos);
  EXPECT_NE(book.find("明细"), std::string::npos);
}

}  // namespace
}  // namespace fieldnode::sheet
