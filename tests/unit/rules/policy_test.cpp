#include "sync/rules/policy.h"

#include <gtest/gtest.h>

#include "sync/rules/policy_file.h"

namespace fieldnode::rules {
namespace {

TEST(Policy, TheBuiltInFileSaysWhatTheProgramDoes) {
  auto const policy = parse_policy(built_in_policy_text(), "measures-v1.json");
  ASSERT_TRUE(policy) << policy.error().sentence;
  EXPECT_EQ(*policy, Policy{});
  EXPECT_EQ(*parse_policy(R"({"version": "measures-v1"})", "short.json"), Policy{});
}

TEST(Policy, EveryFieldIsRead) {
  auto const policy = parse_policy(R"({
    "version": "city-2027.1",
    "limits": {"acknowledge": "4wh", "contact": "2wd", "return": "8wh", "resolve": "7wd", "resolve_consultation": "2wd",
               "start": "delivery", "day_end": "midnight"},
    "warn": {"before_hours_minutes": 15, "before_days_working_days": 2, "escalate_hours_minutes": 5,
             "escalate_days_working_hours": 3},
    "extension": {"count_max": 1, "each_times_base": 2, "total_times_base": 4},
    "unreachable": {"attempts": 5, "working_days": 3, "meets_contact": false},
    "return_rounds_max": 1,
    "node_clock_counts": {"class": "carried", "within_hours": 12, "without_anomaly": false},
    "drift_ppm": 200, "outage_excuses": true, "confidential": ["A5"], "accused_head_to_superior": false, "emergency_lines": ["110"],
    "retention_months": 24,
    "attachments": {"each_mib": 9, "per_act_max": 8, "assignment_mib": 70, "node_mib": 600, "disk_reserve_mib": 50}})",
                                   "city.json");
  ASSERT_TRUE(policy) << policy.error().sentence;
  using enum LimitUnit;
  EXPECT_EQ(*policy, (Policy{.version = "city-2027.1",
                             .acknowledge = {4, kWorkingHours},
                             .contact = {2, kWorkingDays},
                             .return_application = {8, kWorkingHours},
                             .resolve = {7, kWorkingDays},
                             .resolve_consultation = {2, kWorkingDays},
                             .start = ClockStart::kDelivery,
                             .day_end = DayEnd::kMidnight,
                             .warn_before_hours = std::chrono::minutes(15),
                             .warn_before_days = 2,
                             .escalate_before_hours = std::chrono::minutes(5),
                             .escalate_before_days = std::chrono::hours(3),
                             .extension = {1, 2, 4},
                             .unreachable = {5, 3, false},
                             .return_rounds_max = 1,
                             .node_clock_counts = {ClockClass::kCarried, std::chrono::hours(12), false},
                             .drift_ppm = 200,
                             .outage_excuses = true,
                             .confidential = {Category::kA5},
                             .accused_head_to_superior = false,
                             .emergency_lines = {"110"},
                             .retention_months = 24,
                             .attachments = {9, 8, 70, 600, 50}}));
}

TEST(Policy, WhatCannotBeObeyedIsRefusedWithItsPlace) {
  struct Row {
    char const* fields;
    char const* says;
  };
  for (auto const& row :
       {Row{R"("limits": {"acknowledge": "2wd"})", "limits.acknowledge: 2wd is in a unit"},
        Row{R"("limits": {"resolve": "5cd"})", "limits.resolve"},
        Row{R"("limits": {"contact": "3"})", "limits.contact"},
        Row{R"("limits": {"contact": 3})", "limits.contact: must be a text"},
        Row{R"("limits": {"resolve": "1001wd"})", "more than 1000"},
        Row{R"("limits": {"respond": "5wd"})", "limits.respond: this field is unknown"},
        Row{R"("limits": {"start": "birth"})", "limits.start"},
        Row{R"("limits": [])", "limits: must be an object"},
        Row{R"("extension": {"count_max": 11})", "extension.count_max"},
        Row{R"("extension": {"count_max": 1.5})", "extension.count_max"},
        Row{R"("extension": {"total_times_base": 0})", "extension.total_times_base"},
        Row{R"("unreachable": {"attempts": 2, "working_days": 3})", "unreachable.working_days"},
        Row{R"("drift_ppm": 1001)", "drift_ppm: must be a whole number from 1 to 1000"},
        Row{R"("drift_ppm": 0)", "drift_ppm"},
        Row{R"("retention_months": -1)", "retention_months"},
        Row{R"("attachments": {"each_mib": 0})", "attachments.each_mib"},
        Row{R"("attachments": {"each_mib": 4096, "assignment_mib": 1})", "attachments.assignment_mib"},
        Row{R"("confidential": ["A6"])", "confidential"},
        Row{R"("confidential": ["A3", "A3"])", "twice"},
        Row{R"("emergency_lines": ["police"])", "emergency_lines"},
        Row{R"("accused_head_to_superior": "yes")", "accused_head_to_superior"},
        Row{R"("version": "b")", "twice"},
        Row{R"("surprise": 1)", "surprise: this field is unknown"}}) {
    auto const text = std::string(R"({"version": "a", )") + row.fields + "}";
    auto const policy = parse_policy(text, "city.json");
    ASSERT_FALSE(policy) << text;
    EXPECT_EQ(policy.error().code, "bad_policy");
    EXPECT_NE(policy.error().sentence.find(row.says), std::string::npos) << policy.error().sentence;
  }
  EXPECT_FALSE(parse_policy("{}", "city.json"));
  EXPECT_FALSE(parse_policy(R"({"version": "a b"})", "city.json"));
}

TEST(Policy, ConsultationsResolveSooner) {
  Policy const policy;
  EXPECT_EQ(policy.limit_of(ClockKind::kResolve, CaseKind::kConsultation).count, 3u);
  EXPECT_EQ(policy.limit_of(ClockKind::kResolve, CaseKind::kComplaint).count, 5u);
  EXPECT_EQ(policy.limit_of(ClockKind::kContact, CaseKind::kConsultation), policy.contact);
  EXPECT_EQ(policy.limit_of(ClockKind::kReturn, CaseKind::kHelp), policy.return_application);
  EXPECT_EQ(policy.limit_of(ClockKind::kAcknowledge, CaseKind::kHelp), policy.acknowledge);
}

TEST(Policy, ExtensionsStayInsideTheirBounds) {
  Limit const base{5, LimitUnit::kWorkingDays};
  auto const code = [&](ExtensionRule rule, std::vector<std::uint32_t> const& granted, std::uint32_t days) {
    auto const admitted = admit_extension(rule, base, granted, days);
    return admitted ? std::string() : admitted.error().code;
  };
  EXPECT_EQ(code({}, {}, 5), "");
  EXPECT_EQ(code({}, {5}, 5), "");
  EXPECT_EQ(code({}, {}, 0), "extension_empty");
  EXPECT_EQ(code({}, {}, 6), "extension_too_long");
  EXPECT_EQ(code({}, {}, UINT32_MAX), "extension_too_long");
  EXPECT_EQ(code({}, {1, 1}, 1), "extension_too_many");
  EXPECT_EQ(code({.total_times_base = 2}, {3}, 2), "");
  EXPECT_EQ(code({.total_times_base = 2}, {3}, 3), "extension_total");
  EXPECT_EQ(admit_extension({}, {7, LimitUnit::kCalendarDays}, {}, 1).error().code, "extension_not_days");
}

}  // namespace
}  // namespace fieldnode::rules
