#include <sstream>

#include "node/central/import/import_row.h"
#include "sync/base/bytes.h"
#include "sync/base/check.h"

using namespace fieldnode;

namespace {

/// Columns as an export of a typical platform has them; `@` stands for the encoding.
constexpr std::string_view kMapping = R"toml(
source = "12345"
encoding = "@"
timezone = "<+08>-8"
time_formats = ["%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M"]
facts = "*"
[columns]
external_id = "id"
opened_at = "opened"
closed_at = "closed"
title = "title"
text = "text"
[status]
column = "status"
closed = ["closed"]
[category]
constant = "A2"
[kind]
constant = "complaint"
[unit]
column = "unit"
[contact]
phone = "phone"
)toml";

central::Mapping mapping_for(std::string_view encoding) {
  auto const place = kMapping.find('@');
  std::ostringstream text;
  text << kMapping.substr(0, place) << encoding << kMapping.substr(place + 1);
  auto const mapping = central::parse_mapping(text.str(), "fuzz.toml");
  check(mapping.has_value(), "the target's own mapping is right");
  return *mapping;
}

/// Each row becomes a case whose fields say something, or is rejected with a code and where it stands.
void look_at(central::CsvRow const& row, std::optional<central::RowMapper> const& mapper, std::size_t width) {
  check(row.fault || row.fields.size() == width, "a row without fault has as many fields as the header");
  if (!mapper) return;
  auto const outcome = mapper->map(row);
  if (auto const* const rejected = std::get_if<central::RejectedRow>(&outcome)) {
    check(!rejected->code.empty() && !rejected->reason.empty() && rejected->line == row.line, "a rejection of nothing");
    return;
  }
  auto const& made = std::get<central::ImportedCase>(outcome);
  check(!row.fault, "a faulty row was taken");
  check(!made.external_id.empty() && !made.unit_code.empty(), "a case without id or unit");
  check(!made.closed_at || *made.closed_at >= made.opened_at, "a case that was closed before it was opened");
  check(central::canonical_form(made) == central::canonical_form(std::get<central::ImportedCase>(mapper->map(row))),
        "one row, two cases");
}

void try_table(std::string const& bytes, central::TextEncoding encoding, central::Mapping const& mapping) {
  std::istringstream input(bytes);
  auto reader = central::CsvReader::open(input, {.encoding = encoding, .field_bytes_max = 512, .row_bytes_max = 4096});
  if (!reader) return;
  std::optional<central::RowMapper> mapper;
  if (auto bound = central::RowMapper::bind(mapping, reader->header(), {})) mapper.emplace(std::move(*bound));
  std::uint64_t line = 0;
  while (auto const row = reader->next()) {
    check(row->line > line, "rows go on");
    line = row->line;
    look_at(*row, mapper, reader->header().size());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  static auto const kUtf8 = mapping_for("utf-8");
  static auto const kGb18030 = mapping_for("gb18030");
  std::string const bytes(text_of({data, size}));
  try_table(bytes, central::TextEncoding::kUtf8, kUtf8);
  try_table(bytes, central::TextEncoding::kGb18030, kGb18030);
  return 0;
}
