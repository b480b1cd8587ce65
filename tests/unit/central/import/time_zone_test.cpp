#include "node/central/import/time_zone.h"

#include <gtest/gtest.h>

#include "node/central/import/time_format.h"

namespace fieldnode::central {
namespace {

using Reading = ZonedTime::Reading;

UtcTime utc(std::string_view text) {
  auto const written = TimeFormat::parse("%Y-%m-%d %H:%M:%S")->read(text);
  return UtcTime(written.value().local.time_since_epoch());
}

LocalTime local(std::string_view text) { return TimeFormat::parse("%Y-%m-%d %H:%M:%S")->read(text).value().local; }

struct Row {
  char const* zone;
  char const* local;
  char const* utc;
  Reading reading;
};

// Expected instants: the tz database by way of Python's zoneinfo.
Row const kRows[] = {
    // Boston 2015, clocks forward on 8 March: 02:00 does not exist.
    {"EST5EDT,M3.2.0,M11.1.0", "2015-03-08 01:59:59", "2015-03-08 06:59:59", Reading::kUnique},
    {"EST5EDT,M3.2.0,M11.1.0", "2015-03-08 02:00:00", "2015-03-08 07:00:00", Reading::kSkipped},
    {"EST5EDT,M3.2.0,M11.1.0", "2015-03-08 02:30:00", "2015-03-08 07:30:00", Reading::kSkipped},
    {"EST5EDT,M3.2.0,M11.1.0", "2015-03-08 02:59:59", "2015-03-08 07:59:59", Reading::kSkipped},
    {"EST5EDT,M3.2.0,M11.1.0", "2015-03-08 03:00:00", "2015-03-08 07:00:00", Reading::kUnique},
    {"EST5EDT,M3.2.0,M11.1.0", "2015-08-01 00:16:54", "2015-08-01 04:16:54", Reading::kUnique},
    // Back on 1 November: 01:00 to 01:59:59 come twice.
    {"EST5EDT,M3.2.0,M11.1.0", "2015-11-01 00:59:59", "2015-11-01 04:59:59", Reading::kUnique},
    {"EST5EDT,M3.2.0,M11.1.0", "2015-11-01 01:00:00", "2015-11-01 05:00:00", Reading::kAmbiguous},
    {"EST5EDT,M3.2.0,M11.1.0", "2015-11-01 01:30:00", "2015-11-01 05:30:00", Reading::kAmbiguous},
    {"EST5EDT,M3.2.0,M11.1.0", "2015-11-01 01:59:59", "2015-11-01 05:59:59", Reading::kAmbiguous},
    {"EST5EDT,M3.2.0,M11.1.0", "2015-11-01 02:00:00", "2015-11-01 07:00:00", Reading::kUnique},
    {"EST5EDT,M3.2.0,M11.1.0", "2016-01-12 14:53:29", "2016-01-12 19:53:29", Reading::kUnique},
    {"EST5EDT,M3.2.0,M11.1.0", "2015-12-31 23:59:59", "2016-01-01 04:59:59", Reading::kUnique},
    // China: no changes.
    {"<+08>-8", "2026-10-10 17:00:00", "2026-10-10 09:00:00", Reading::kUnique},
    {"CST-8", "2020-02-29 00:00:00", "2020-02-28 16:00:00", Reading::kUnique},
    {"<+0530>-5:30", "2024-05-01 00:00:00", "2024-04-30 18:30:00", Reading::kUnique},
    // The southern summer runs over the new year.
    {"AEST-10AEDT,M10.1.0,M4.1.0/3", "2024-01-01 00:00:00", "2023-12-31 13:00:00", Reading::kUnique},
    {"AEST-10AEDT,M10.1.0,M4.1.0/3", "2024-07-01 00:00:00", "2024-06-30 14:00:00", Reading::kUnique},
    {"AEST-10AEDT,M10.1.0,M4.1.0/3", "2024-04-07 02:30:00", "2024-04-06 15:30:00", Reading::kAmbiguous},
    {"AEST-10AEDT,M10.1.0,M4.1.0/3", "2024-10-06 02:30:00", "2024-10-05 16:30:00", Reading::kSkipped},
    // Dublin: "daylight saving" is the winter hour, one hour back.
    {"IST-1GMT0,M10.5.0,M3.5.0/1", "2024-07-01 12:00:00", "2024-07-01 11:00:00", Reading::kUnique},
    {"IST-1GMT0,M10.5.0,M3.5.0/1", "2024-12-01 12:00:00", "2024-12-01 12:00:00", Reading::kUnique},
    {"IST-1GMT0,M10.5.0,M3.5.0/1", "2024-10-27 01:30:00", "2024-10-27 00:30:00", Reading::kAmbiguous},
    {"IST-1GMT0,M10.5.0,M3.5.0/1", "2024-03-31 01:30:00", "2024-03-31 01:30:00", Reading::kSkipped},
    // A rule time before midnight: Nuuk changed on the Saturday evening.
    {"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2024-03-30 22:30:00", "2024-03-31 00:30:00", Reading::kUnique},
    {"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2024-03-30 23:30:00", "2024-03-31 01:30:00", Reading::kSkipped},
    // Half an hour of saving: Lord Howe.
    {"<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2024-04-07 01:45:00", "2024-04-06 14:45:00", Reading::kAmbiguous},
    // Jn leaves 29 February out, n counts it: both are 1 March here.
    {"AAA0BBB,J60/0,J300/0", "2024-02-29 12:00:00", "2024-02-29 12:00:00", Reading::kUnique},
    {"AAA0BBB,J60/0,J300/0", "2024-03-01 12:00:00", "2024-03-01 11:00:00", Reading::kUnique},
    {"AAA0BBB,60/0,300/0", "2024-02-29 12:00:00", "2024-02-29 12:00:00", Reading::kUnique},
    {"AAA0BBB,60/0,300/0", "2024-03-01 12:00:00", "2024-03-01 11:00:00", Reading::kUnique},
    {"AAA0BBB,60/0,300/0", "2023-03-01 12:00:00", "2023-03-01 12:00:00", Reading::kUnique},
    // Saving all the year (RFC 8536, 3.3).
    {"EST5EDT,0/0,J365/25", "2024-01-01 00:30:00", "2024-01-01 04:30:00", Reading::kUnique},
    {"EST5EDT,0/0,J365/25", "2024-12-31 23:30:00", "2025-01-01 03:30:00", Reading::kUnique},
};

TEST(TimeZone, WallClocksBecomeUtc) {
  for (auto const& row : kRows) {
    auto const zone = TimeZone::parse(row.zone);
    ASSERT_TRUE(zone) << zone.error().sentence;
    auto const found = zone->to_utc(local(row.local));
    EXPECT_EQ(ms_of(found.utc), ms_of(utc(row.utc))) << row.zone << " " << row.local;
    EXPECT_EQ(found.reading, row.reading) << row.zone << " " << row.local;
  }
}

TEST(TimeZone, AmbiguousTimeCarriesItsSecondReading) {
  auto const found = TimeZone::parse("EST5EDT,M3.2.0,M11.1.0")->to_utc(local("2015-11-01 01:30:00"));
  ASSERT_TRUE(found.second);
  EXPECT_EQ(*found.second, utc("2015-11-01 06:30:00"));
}

TEST(TimeZone, EveryInstantOfAYearComesBack) {
  for (auto text :
       {"EST5EDT,M3.2.0,M11.1.0", "AEST-10AEDT,M10.1.0,M4.1.0/3", "IST-1GMT0,M10.5.0,M3.5.0/1", "<+08>-8"}) {
    auto const zone = TimeZone::parse(text).value();
    for (auto t = utc("2015-01-01 00:00:00"); t < utc("2016-01-02 00:00:00"); t += std::chrono::minutes(15)) {
      auto const back = zone.to_utc(LocalTime((t + zone.offset_at(t)).time_since_epoch()));
      ASSERT_TRUE(back.utc == t || back.second == t) << text << " " << ms_of(t);
      ASSERT_NE(back.reading, Reading::kSkipped) << text << " " << ms_of(t);
    }
  }
}

TEST(TimeZone, SaysItsOffsetsForAPersonToCheck) {
  EXPECT_EQ(TimeZone::parse("<+08>-8")->described(), "UTC+08:00");
  EXPECT_EQ(TimeZone::parse("UTC+8")->described(), "UTC-08:00") << "POSIX counts west";
  EXPECT_EQ(TimeZone::parse("EST5EDT,M3.2.0,M11.1.0")->described(), "UTC-05:00, in summer UTC-04:00");
}

struct Wrong {
  char const* zone;
  char const* place;
};

Wrong const kWrong[] = {
    {"", "character 1"},
    {"E5", "character 1"},
    {"EST", "character 4"},
    {"EST25", "character 4"},
    {"EST5:60", "character 6"},
    {"EST5EDT", "rules are missing"},
    {"EST5EDT4", "rules are missing"},
    {"EST5EDT,M3.2.0", "character 15"},
    {"EST5EDT,M13.2.0,M11.1.0", "character 10"},
    {"EST5EDT,M3.6.0,M11.1.0", "character 12"},
    {"EST5EDT,M3.2.7,M11.1.0", "character 14"},
    {"EST5EDT,M3.2,M11.1.0", "character 13"},
    {"EST5EDT,J0,J300", "character 10"},
    {"EST5EDT,J366,J300", "character 10"},
    {"EST5EDT,366,300", "character 9"},
    {"EST5EDT,M3.2.0/168,M11.1.0", "character 16"},
    {"EST5EDT,M3.2.0,M11.1.0,", "character 23"},
    {"<+8>-8", "character 2"},
    {"<+08-8", "character 7"},
    {"CST-8x", "character 6"},
    {"America/New_York", "names like America/New_York are not understood"},
    {"Asia/Shanghai", "<+08>-8 for China"},
};

TEST(TimeZone, RefusalSaysWhereAndWhy) {
  for (auto const& wrong : kWrong) {
    auto const zone = TimeZone::parse(wrong.zone);
    ASSERT_FALSE(zone) << wrong.zone;
    EXPECT_EQ(zone.error().code, "bad_time_zone");
    EXPECT_NE(zone.error().sentence.find(wrong.place), std::string::npos) << zone.error().sentence;
  }
}

}  // namespace
}  // namespace fieldnode::central
