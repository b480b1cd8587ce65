#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "node/central/import/csv_reader.h"
#include "node/central/import/mapping.h"
#include "sync/base/result.h"
#include "sync/base/time.h"
#include "sync/rules/words.h"

namespace fieldnode::central {

/// Peculiarities of a row that is taken all the same.
enum class RowFlag : std::uint8_t {
  kClosedInSameSecond,   ///< as opened
  kAmbiguousTime,        ///< a time in the hour that the clocks showed twice; see `ZonedTime`
  kSkippedTime,          ///< a time in the hour that the clocks left out; see `ZonedTime`
  kMangledPhone,         ///< a spreadsheet turned the number into 1.38E+10: the contact has no phone
  kBadCoordinates,       ///< not numbers, or not on Earth: the place has no point; the words are kept as facts
  kClosedWithoutTime,    ///< the status says closed, nothing says when
  kOpenWithClosingTime,  ///< the status says open, yet there is a closing time
  kNoLineEnd,            ///< the file ends right behind the row: its last field may have been cut
};
/// The stable word for a report: `closed_in_same_second`.
[[nodiscard]] std::string_view name_of(RowFlag flag);

/// Shape: degrees times 10^6, WGS 84 or whatever the source uses.
struct ImportedPoint {
  std::int32_t lat_e6{};
  std::int32_t lon_e6{};

  friend bool operator==(ImportedPoint const&, ImportedPoint const&) = default;
};

struct ImportedPlace {
  std::string street;
  std::string neighbourhood;
  std::string joined;  ///< as one line
  std::optional<ImportedPoint> point;
};

/// Personal data: only for the contact part of an entry.
struct ImportedContact {
  std::string name;
  std::string phone;
  std::string address;

  [[nodiscard]] bool is_empty() const { return name.empty() && phone.empty() && address.empty(); }
};

/// A case as another system tells it. `Mapping::source` and `external_id` identify it.
struct ImportedCase {
  std::uint64_t line{};
  std::string external_id;
  std::string title;
  std::string text;
  std::string channel;
  ImportedPlace place;
  rules::Category category{};  ///< never none
  rules::CaseKind kind{};      ///< never none
  std::string unit_code;
  std::string unit_name;
  UtcTime opened_at{};
  std::optional<UtcTime> closed_at;
  std::optional<UtcTime> target_at;  ///< the source's word, never a limit of ours
  bool is_closed{};
  std::vector<RowFlag> flags;
  std::vector<std::pair<std::string, std::string>> facts;  ///< column name, value; never empty values
  ImportedContact contact;

  [[nodiscard]] bool has(RowFlag flag) const;
};

/// A row that is not taken, for the reject file.
struct RejectedRow {
  std::uint64_t line{};
  std::string code;
  std::string reason;
  std::string raw;
};

using RowOutcome = std::variant<ImportedCase, RejectedRow>;

struct RowOptions {
  bool as_open{};  ///< closed rows become open ones; their closing time and status are kept as facts
};

/// Turns records of one file into cases.
class RowMapper {
 public:
  /// Errors: missing_column.
  [[nodiscard]] static Result<RowMapper> bind(Mapping mapping, std::vector<std::string> const& header,
                                              RowOptions options);

  /// Codes of rejected rows: the reader's; missing_value (external id, opening time, unit, category's or kind's column,
  /// title and text, a required column); mangled_number (external id); bad_time; closed_before_opened;
  /// unknown_status, unknown_category, unknown_kind, unknown_unit. Same answer under either `as_open`.
  [[nodiscard]] RowOutcome map(CsvRow const& row) const;

  [[nodiscard]] std::string const& source() const { return mapping_.source; }

 private:
  RowMapper(Mapping mapping, RowOptions options) : mapping_(std::move(mapping)), options_(options) {}
  [[nodiscard]] Result<ImportedCase> case_of(CsvRow const& row) const;
  [[nodiscard]] Result<> fill_identity(CsvRow const& row, ImportedCase& out) const;
  [[nodiscard]] Result<> fill_words(CsvRow const& row, ImportedCase& out) const;
  [[nodiscard]] Result<> fill_unit(CsvRow const& row, ImportedCase& out) const;
  [[nodiscard]] Result<> fill_matter(CsvRow const& row, ImportedCase& out) const;
  [[nodiscard]] Result<> fill_times(CsvRow const& row, ImportedCase& out) const;
  [[nodiscard]] Result<> fill_status(CsvRow const& row, ImportedCase& out) const;
  [[nodiscard]] Result<> fill_place(CsvRow const& row, ImportedCase& out) const;
  [[nodiscard]] Result<> fill_contact(CsvRow const& row, ImportedCase& out) const;
  [[nodiscard]] Result<> fill_facts(CsvRow const& row, ImportedCase& out) const;
  [[nodiscard]] Result<> open_again(CsvRow const& row, ImportedCase& out) const;

  [[nodiscard]] Result<std::optional<ZonedTime>> time_in(CsvRow const& row, Column const& column,
                                                         ImportedCase& out) const;
  Mapping mapping_;
  RowOptions options_;
};

/// The mapped fields except the contact as one string, equal exactly when they are equal: its hash tells a changed row
/// from a repeated one. Line and flags are left out; the same row under another `as_open` or mapping may differ.
[[nodiscard]] std::string canonical_form(ImportedCase const& imported);

/// The same for the contact. Keep only a keyed hash of it: phone numbers can be guessed from a plain one.
[[nodiscard]] std::string canonical_form(ImportedContact const& contact);

}  // namespace fieldnode::central
