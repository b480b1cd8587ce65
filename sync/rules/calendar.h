#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sync/base/result.h"
#include "sync/rules/civil.h"

namespace fieldnode::rules {

/// What one notice rules about single days: the State Council's yearly notice, a later change of it, or a region's
/// overlay. Days that it does not name stay as they were.
/// Shape: `off` and `work` sorted, without doubles, without a common day; see calendar_file.h.
struct Notice {
  int year{};            ///< the year that the notice speaks of; a few of its days may lie in the December before
  CivilDay version{};    ///< the day of publication
  std::string region{};  ///< empty: the whole country
  bool provisional{};    ///< known days only; the year stays provisional
  std::string source{};  ///< where it was published
  std::vector<CivilDay> off{};   ///< days off
  std::vector<CivilDay> work{};  ///< working days, make-up weekend days above all

  /// `2020/2020-01-27`, with a region `2026/2026-04-01/xiamen`.
  [[nodiscard]] std::string name() const;

  friend bool operator==(Notice const&, Notice const&) = default;
};

/// Where a day's nature comes from.
enum class DayBasis : std::uint8_t { kWeek, kStatute, kNotice };

/// Why a day works or rests. `notice` is an index into `Calendar::notices` where `basis` is kNotice.
struct DayRuling {
  bool working{};
  DayBasis basis{};
  std::size_t notice{};

  friend bool operator==(DayRuling const&, DayRuling const&) = default;
};

/// Working days of the years 2018 to the one after the last notice, counted in constant time.
///
/// Built from notices laid over one another in the order given: of two that name the same day the later one wins.
/// The run of national notices without a gap from 2018 on fixes how far the calendar reaches; the year after it has
/// its statutory days off and is provisional, as is what follows 20 December of the run's last year, because the next
/// notice may still move those days (2018-12-29 works by the notice for 2019).
/// Source: requirements D6, D11; design 6, 11.
class Calendar {
 public:
  /// `as_of`: only notices published on or before that day.
  explicit Calendar(std::span<Notice const> notices, std::optional<CivilDay> as_of = std::nullopt);

  /// The notices in force here, names only, in the order in which they lie over one another.
  [[nodiscard]] std::vector<std::string> const& notices() const { return names_; }
  /// Names this calendar in verdicts: two calendars of the same name answer alike.
  [[nodiscard]] std::string version() const;

  /// Shape: both ends belong to the calendar; `end_day` is the day after the last. Empty when no notice is in force.
  [[nodiscard]] CivilDay first_day() const { return first_; }
  [[nodiscard]] CivilDay end_day() const { return first_ + std::chrono::days(days_.size()); }
  [[nodiscard]] bool covers(CivilDay day) const { return day >= first_ && day < end_day(); }
  [[nodiscard]] CivilDay first_provisional_day() const { return first_provisional_; }
  [[nodiscard]] bool is_provisional(CivilDay day) const { return day >= first_provisional_; }

  /// Shape: `day` must be covered.
  [[nodiscard]] DayRuling const& ruling(CivilDay day) const;
  [[nodiscard]] bool is_working(CivilDay day) const { return ruling(day).working; }

  /// The `count`-th working day after `day`; for a negative `count` before it; `day` itself for 0.
  /// Errors: `outside_calendar` when `day` or the answer is not covered.
  [[nodiscard]] Result<CivilDay> add(CivilDay day, std::int64_t count) const;
  /// How many working days lie after `from` up to and including `to`; negative when `to` is the earlier one, so that
  /// add(from, between(from, to)) == to for every working day `to`.
  /// Errors: `outside_calendar` when one of them is not covered.
  [[nodiscard]] Result<std::int64_t> between(CivilDay from, CivilDay to) const;

  /// The working days of the calendar stand in one row, numbered from 0: how many of them precede `day`.
  /// Shape: `day` covered, or `end_day()`.
  [[nodiscard]] std::int64_t working_days_before(CivilDay day) const;
  /// The working day of that number; nothing beyond the calendar.
  [[nodiscard]] std::optional<CivilDay> working_day(std::int64_t number) const;

  /// The refusal for `what` ("2030-01-01", "the end of 400wd"), with the days that are covered.
  [[nodiscard]] Refusal outside(std::string_view what) const;

 private:
  [[nodiscard]] std::size_t index_of(CivilDay day) const;
  void lay_weeks(int last_year);
  void lay_statutes(int year);
  void set(CivilDay day, DayRuling ruling);
  void count_working_days();

  std::vector<std::string> names_;
  CivilDay first_ = civil_day(2018, 1, 1);
  CivilDay first_provisional_ = first_;
  std::vector<DayRuling> days_;
  std::vector<std::int64_t> working_before_{0};  ///< one longer than `days_`: the last is the sum
  std::vector<CivilDay> working_days_;
};

}  // namespace fieldnode::rules
