#include "node/blobs/media_kind.h"

#include <gtest/gtest.h>

namespace fieldnode::blobs {
namespace {

using std::string_literals::operator""s;

struct Sample {
  std::string bytes;
  char const* name;
  MediaKind kind;
};

std::vector<Sample> samples() {
  return {{"\xFF\xD8\xFF\xE0"s, "a.JPG", MediaKind::kJpeg},
          {"\x89PNG\r\n\x1A\n\0"s, "a.png", MediaKind::kPng},
          {"RIFF\x10\0\0\0WEBPVP8 "s, "a.webp", MediaKind::kWebp},
          {"GIF89a"s, "a.gif", MediaKind::kGif},
          {"%PDF-1.7\n"s, "盖章.pdf", MediaKind::kPdf},
          {"PK\x03\x04....[Content_Types].xml....word/document.xml"s, "a.docx", MediaKind::kDocx},
          {"PK\x03\x04....[Content_Types].xml....xl/workbook.xml"s, "a.xlsx", MediaKind::kXlsx},
          {"ID3\x04\0"s, "a.mp3", MediaKind::kMp3},
          {"\xFF\xFB\x90\x64"s, "a.mp3", MediaKind::kMp3},
          {"\0\0\0\x20"s + "ftypM4A \0"s, "a.m4a", MediaKind::kM4a},
          {"#!AMR\n"s, "a.amr", MediaKind::kAmr},
          {"RIFF\x10\0\0\0WAVEfmt "s, "a.wav", MediaKind::kWav},
          {"\0\0\0\x20"s + "ftypisom\0"s, "a.mp4", MediaKind::kMp4},
          {"序号,内容\n1,路灯\n"s, "a.csv", MediaKind::kText},
          {"\xD0\xF2\xBA\xC5\n"s, "gbk.txt", MediaKind::kText}};
}

TEST(MediaKind, IsToldByBytesAndName) {
  for (auto const& sample : samples()) {
    auto const kind = admit_media(bytes_of(sample.bytes), sample.name);
    ASSERT_TRUE(kind) << sample.name << ": " << kind.error().sentence;
    EXPECT_EQ(*kind, sample.kind) << sample.name;
    EXPECT_FALSE(media_type_of(*kind).empty());
  }
}

TEST(MediaKind, ANameThatSaysSomethingElseIsRefused) {
  for (auto const& sample : samples()) {
    for (auto const* name : {"a.exe", "a", "jpg", "a.jpg.html"}) {
      EXPECT_EQ(admit_media(bytes_of(sample.bytes), name).error().code, "attachment_ending") << sample.name;
    }
  }
}

TEST(MediaKind, ProgramsAndArchivesAreRefusedUnderEveryName) {
  for (auto const& bytes : {"MZ\x90\0"s, "\x7F"s + "ELF\x02"s, "PK\x03\x04....setup.exe"s, "Rar!\x1A\x07\0"s,
                            "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"s, "\0\0\0\0"s, ""s, "\0\0\0\x20"s + "ftypheic"s}) {
    for (auto const& sample : samples()) {
      EXPECT_EQ(admit_media(bytes_of(bytes), sample.name).error().code, "attachment_kind") << sample.name;
    }
  }
}

}  // namespace
}  // namespace fieldnode::blobs
