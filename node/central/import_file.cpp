#include "node/central/import_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

namespace fieldnode::central {
namespace {

namespace fs = std::filesystem;

Refusal in_file(fs::path const& path, Refusal const& refusal) {
  return refuse(refusal.code, fmt::format("{}: {}", path.native(), refusal.sentence));
}

Refusal no_import_file(fs::path const& path, std::string_view why) {
  return refuse("no_import_file", fmt::format("{} cannot be read: {}; name the CSV file that the other system exported",
                                              path.native(), why));
}

Result<std::unique_ptr<std::ifstream>> stream_of(fs::path const& path) {
  std::error_code error;
  auto const status = fs::status(path, error);
  if (!fs::exists(status)) return no_import_file(path, "there is no such file");
  if (!fs::is_regular_file(status)) return no_import_file(path, "it is a folder, a pipe or a device, not a file");
  errno = 0;
  auto stream = std::make_unique<std::ifstream>(path, std::ios::binary);
  if (!*stream) return no_import_file(path, std::strerror(errno));
  return stream;
}

/// A copy that broke off ends within a row. Its rows are true, but those that are missing would be missed by nobody.
Result<void> require_whole_end(CsvReader& reader) {
  std::optional<CsvRow> last;
  while (auto row = reader.next()) last = std::move(row);
  if (!last || last->has_line_end || !last->fault) return {};
  return refuse(
      "cut_file",
      fmt::format("the file ends in the middle of the row in line {}; nothing was imported: copy or export it "
                  "again, or delete that line if it is known to be all that is missing",
                  last->line));
}

}  // namespace

void RejectTally::add(RejectedRow const& row) {
  list_.add(row);
  ++by_code_[row.code];
}

Result<ImportFile> ImportFile::open(fs::path const& path, Mapping const& mapping, RowOptions options) {
  auto stream = stream_of(path);
  if (!stream) return stream.error();
  CsvOptions const csv{.encoding = mapping.encoding, .delimiter = mapping.delimiter};
  auto rehearsal = CsvReader::open(**stream, csv);
  if (!rehearsal) return in_file(path, rehearsal.error());
  auto mapper = RowMapper::bind(mapping, rehearsal->header(), options);
  if (!mapper) return in_file(path, mapper.error());
  if (auto const whole = require_whole_end(*rehearsal); !whole) return in_file(path, whole.error());
  auto const bytes = rehearsal->bytes_read();
  (*stream)->clear();
  (*stream)->seekg(0);
  auto reader = CsvReader::open(**stream, csv);
  if (!reader) return in_file(path, reader.error());
  return ImportFile(*std::move(stream), *std::move(reader), *std::move(mapper), bytes);
}

Result<std::uint64_t> ImportFile::pour(CaseImporter& importer, RejectTally& rejects, Progress const& progress) {
  std::uint64_t rows = 0;
  while (auto row = reader_.next()) {
    auto outcome = mapper_.map(*row);
    if (auto const* rejected = std::get_if<RejectedRow>(&outcome)) {
      rejects.add(*rejected);
    } else {
      auto const taken = importer.add(std::move(std::get<ImportedCase>(outcome)), std::move(row->raw));
      if (!taken) return taken.error();
    }
    progress(reader_.bytes_read(), ++rows);
  }
  if (auto const written = importer.finish(); !written) return written.error();
  rejects.publish();
  return rows;
}

}  // namespace fieldnode::central
