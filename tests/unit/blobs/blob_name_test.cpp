#include "node/blobs/blob_name.h"

#include <gtest/gtest.h>

namespace fieldnode::blobs {
namespace {

TEST(BlobName, TakesNamesInAnyLanguage) {
  for (auto const* name : {"a.jpg", "现场照片 (1).jpg", "протокол.pdf", "😀.png", "no ending"}) {
    EXPECT_TRUE(admit_name(name)) << name;
    EXPECT_EQ(harmless_name(name), name);
  }
}

TEST(BlobName, RefusesPathsAndWhatDeceives) {
  for (std::string const& name :
       {std::string(), std::string("../../etc/passwd"), std::string("a/b.jpg"), std::string("a\\b.jpg"),
        std::string(".bashrc"), std::string(".."), std::string("a\nb.jpg"), std::string("a\0b.jpg", 7),
        std::string("a\x7F.jpg"), std::string("photo\u202Egpj.exe"), std::string("a\u200B.jpg"),
        std::string("a\u2066b.jpg"), std::string("\uFEFFa.jpg"), std::string("a\u0085.jpg"),
        std::string("a\xC0\xAF.jpg"), std::string("a\xED\xA0\x80.jpg"), std::string("a\xE4\xB8"), std::string("\xFF"),
        std::string(201, 'a')}) {
    EXPECT_EQ(admit_name(name).error().code, "attachment_name") << name;
    EXPECT_TRUE(admit_name(harmless_name(name))) << harmless_name(name);
  }
  for (auto const& name : {std::string(200, '.'), "." + std::string(199, '\n')}) {
    EXPECT_TRUE(admit_name(harmless_name(name))) << "nothing before it makes it too long";
  }
  EXPECT_EQ(harmless_name("../photo\u202Egpj.exe"), "_.._photo_gpj.exe");
}

}  // namespace
}  // namespace fieldnode::blobs
