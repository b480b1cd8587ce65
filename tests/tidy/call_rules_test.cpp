#include "tests/tidy/call_rules.h"

#include <gtest/gtest.h>

namespace fieldnode::tidy {
namespace {

std::string calls(std::string const& path, std::string const& code) {
  return report(check_banned_calls({{path, "void f() {\n  " + code + "\n}\n"}}));
}

class BannedCall : public testing::TestWithParam<std::string> {};
TEST_P(BannedCall, IsRefusedInARoomAndInAUnitTest) {
  EXPECT_NE(calls("sync/rules/x.cpp", GetParam()), "");
  EXPECT_NE(calls("tests/unit/rules/x_test.cpp", GetParam()), "");
}
INSTANTIATE_TEST_SUITE_P(Table, BannedCall,
                         testing::Values("auto t = time(nullptr);", "return std::time(0);", "x = ::time(&t);",
                                         "auto t = std::chrono::system_clock::now();", "auto t = Steady::now();",
                                         "clock_gettime(CLOCK_REALTIME, &t);", "gettimeofday(&t, 0);",
                                         "localtime_r(&t, &tm);", "auto* tm = gmtime(&t);", "timegm(&tm);",
                                         "int i = rand();", "srand(1);", "std::random_device device;",
                                         "std::mt19937 engine{1};", "getrandom(p, n, 0);", "randombytes_buf(p, n);",
                                         "sleep(1);", "usleep(5);", "std::this_thread::sleep_for(1s);"));

class BannedInRooms : public testing::TestWithParam<std::string> {};
TEST_P(BannedInRooms, IsRefusedInARoomAndFineInAUnitTest) {
  EXPECT_NE(calls("sync/rules/x.cpp", GetParam()), "");
  EXPECT_EQ(calls("tests/unit/rules/x_test.cpp", GetParam()), "");
}
INSTANTIATE_TEST_SUITE_P(Table, BannedInRooms,
                         testing::Values("system(\"ls\");", "popen(\"ls\", \"r\");", "std::getenv(\"HOME\");",
                                         "std::abort();", "exit(1);"));

class HarmlessMention : public testing::TestWithParam<std::string> {};
TEST_P(HarmlessMention, IsFine) { EXPECT_EQ(calls("sync/rules/x.cpp", GetParam()), ""); }
INSTANTIATE_TEST_SUITE_P(Table, HarmlessMention,
                         testing::Values("row.time();", "entry->time();", "UtcTime time();", "int time = 0;",
                                         "// time(nullptr)", "auto s = \"sleep(1)\";", "run_time(3);",
                                         "Calendar::time(3);", "clock.wall();",
                                         "TimeInterval TrustedTime::now() const;", "auto now = clock.wall();",
                                         "app.exit(error);", "brand(3);", "std::chrono::steady_clock::duration d{};"));

TEST(BannedCalls, TheOneHomeMayCall) {
  EXPECT_EQ(calls("sync/base/clock.cpp", "clock_gettime(id, &t);"), "");
  EXPECT_EQ(calls("sync/base/random.cpp", "getrandom(p, n, 0);"), "");
  EXPECT_EQ(calls("node/net/timer.cpp", "auto t = std::chrono::steady_clock::now();"), "");
  EXPECT_EQ(calls("node/cli/program_main.cpp", "std::getenv(\"LANG\");"), "");
  EXPECT_NE(calls("node/net/timer.cpp", "time(nullptr);"), "") << "net's timers are no licence for the wall clock";
  EXPECT_NE(calls("sync/base/random.cpp", "clock_gettime(id, &t);"), "") << "one home each";
}

TEST(BannedCalls, TheLineIsTheLineOfTheCall) {
  EXPECT_TRUE(calls("sync/rules/x.cpp", "int i;\n  srand(1);").starts_with("sync/rules/x.cpp:3: "));
}

TEST(BannedSql, ClockAndChanceInSqlAreRefused) {
  EXPECT_NE(report(check_banned_sql({{"schema/office/1.sql", "at TEXT DEFAULT CURRENT_TIMESTAMP"}})), "");
  EXPECT_NE(report(check_banned_sql({{"node/office/x.cpp", "db.run(\"SELECT datetime('now')\");"}})), "");
  EXPECT_NE(report(check_banned_sql({{"node/office/x.cpp", "db.run(\"SELECT randomblob(16)\");"}})), "");
  EXPECT_EQ(report(check_banned_sql({{"schema/office/1.sql", "at INTEGER NOT NULL"}})), "");
}

}  // namespace
}  // namespace fieldnode::tidy
