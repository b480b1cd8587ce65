#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>
#include <sstream>

#include "node/central/centre.h"
#include "node/central/commands.h"
#include "tests/unit/central/import_world.h"
#include "tests/unit/db/temp_directory.h"

namespace fieldnode::central {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using cli::kExitBadInput;
using cli::kExitDone;

struct Answer {
  int code{};
  json::object said;

  [[nodiscard]] std::string error() const { return std::string(said.at("error").at("code").as_string()); }
};

/// A city, a mapping and a good file beside it.
class ImportCommand : public testing::Test {
 protected:
  void SetUp() override {
    EXPECT_EQ(run({"init", "--dir", city(), "--name", "Test"}).code, kExitDone);
    mapping_ = file("made.toml", made_mapping_text());
    good_ = file("good.csv", many_rows(30));
  }

  [[nodiscard]] fs::path at(std::string const& name) const { return directory_.path() / name; }
  [[nodiscard]] std::string city() const { return at("city").native(); }

  [[nodiscard]] std::string file(std::string const& name, std::string const& text) const {
    std::ofstream(at(name), std::ios::binary) << text;
    return at(name).native();
  }

  static Answer run(std::vector<std::string> args) {
    args.emplace_back("--json");
    std::ostringstream out;
    std::ostringstream err;
    int const code = cli::run(program(), args, {out, err});
    return {code, json::parse(out.str()).as_object()};
  }

  [[nodiscard]] Answer import(std::string const& csv, std::string const& mapping) const {
    return run({"import", "--dir", city(), "--mapping", mapping, "--rejects", at("rejects.csv").native(), csv});
  }

  /// Refused with exit code 2, and the city is as it was.
  void expect_refusal(Answer const& answer, std::string const& code) const {
    EXPECT_EQ(answer.code, kExitBadInput);
    EXPECT_EQ(answer.error(), code);
    EXPECT_FALSE(fs::exists(at("rejects.csv")));
    EXPECT_FALSE(fs::exists(at("rejects.csv.part")));
    EXPECT_TRUE(run({"unit", "list", "--dir", city()}).said.at("units").as_array().empty());
  }

  db::TempDirectory directory_;
  std::string mapping_;
  std::string good_;
};

TEST_F(ImportCommand, SaysWhatItDidAndTheSecondTimeThatItDidNothing) {
  auto const first = import(good_, mapping_);
  ASSERT_EQ(first.code, kExitDone);
  EXPECT_EQ(first.said.at("imported").to_number<int>(), 30);
  EXPECT_EQ(first.said.at("dispatched").to_number<int>(), 30);
  EXPECT_TRUE(fs::exists(at("rejects.csv")));
  auto const second = import(good_, mapping_);
  EXPECT_EQ(second.said.at("imported").to_number<int>(), 0);
  EXPECT_EQ(second.said.at("unchanged").to_number<int>(), 30);
}

TEST_F(ImportCommand, RefusesWhatIsNoCsvOrWasCut) {
  expect_refusal(import(at("absent.csv").native(), mapping_), "no_import_file");
  expect_refusal(import(city(), mapping_), "no_import_file");
  expect_refusal(import(file("packed.csv", "\x1f\x8b\x08 packed"), mapping_), "gzip_file");
  std::ifstream input(good_, std::ios::binary);
  std::string const whole{std::istreambuf_iterator<char>(input), {}};
  expect_refusal(import(file("cut.csv", whole.substr(0, whole.find_last_of(','))), mapping_), "cut_file");
}

TEST_F(ImportCommand, RefusesAMappingThatDoesNotFit) {
  expect_refusal(import(good_, at("absent.toml").native()), "no_mapping");
  std::ifstream input(mapping_);
  std::string const whole{std::istreambuf_iterator<char>(input), {}};
  auto const with = [&](std::string_view old_text, std::string_view new_text) {
    auto text = whole;
    return file("mapping.toml", text.replace(text.find(old_text), old_text.size(), new_text));
  };
  expect_refusal(import(good_, with("<+08>-8", "Asia/Shanghai")), "bad_time_zone");
  expect_refusal(import(good_, with("\"id\"", "\"number\"")), "missing_column");
  expect_refusal(import(good_, with("[contact]", "[contract]")), "unknown_key");
}

TEST_F(ImportCommand, RefusesAListThatCannotBeWritten) {
  auto const answer =
      run({"import", "--dir", city(), "--mapping", mapping_, "--rejects", at("no/list.csv").native(), good_});
  expect_refusal(answer, "reject_file_unwritable");
}

TEST_F(ImportCommand, RefusesACityThatIsNotThereOrInUse) {
  EXPECT_EQ(run({"import", "--dir", at("none").native(), "--mapping", mapping_, "--rejects", at("r").native(), good_})
                .error(),
            "no_city");
  SystemClock const clock;
  SystemRandom random;
  auto const service = Centre::open(CityPaths(city()), clock, random);
  ASSERT_TRUE(service);
  auto const answer = import(good_, mapping_);
  EXPECT_EQ(answer.error(), "database_in_use");
  EXPECT_FALSE(fs::exists(at("rejects.csv.part")));
}

}  // namespace
}  // namespace fieldnode::central
