#pragma once

#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "node/central/case_importer.h"
#include "node/central/import/csv_reader.h"
#include "node/central/import/import_row.h"
#include "node/central/import/reject_file.h"

namespace fieldnode::central {

/// The rows that were not taken: their list, and how many there are of each code.
class RejectTally {
 public:
  explicit RejectTally(RejectFile list) : list_(std::move(list)) {}

  void add(RejectedRow const& row);
  void publish() { list_.publish(); }
  [[nodiscard]] std::uint64_t count() const { return list_.count(); }
  [[nodiscard]] std::map<std::string, std::uint64_t> const& by_code() const { return by_code_; }

 private:
  RejectFile list_;
  std::map<std::string, std::uint64_t> by_code_;
};

/// A CSV file of another system, opened and looked through as far as can be done before anything is written.
class ImportFile {
 public:
  using Progress = std::function<void(std::uint64_t bytes_done, std::uint64_t rows)>;

  /// Reads the file once from end to end. Errors, each naming the file: `no_import_file` (absent, a folder, no right to
  /// read it); those of `CsvReader::open` and `RowMapper::bind`; `cut_file` when it ends in the middle of a row, as
  /// after a broken copy.
  [[nodiscard]] static Result<ImportFile> open(std::filesystem::path const& path, Mapping const& mapping,
                                               RowOptions options);

  /// Gives every row to `importer`, or to `rejects`, and finishes both; `rejects` is where the importer rejects to,
  /// too. Gives the number of rows read. Call once. Errors: those of the storage. The list of rejects is not published
  /// then; the same import, repeated, does the rest.
  [[nodiscard]] Result<std::uint64_t> pour(CaseImporter& importer, RejectTally& rejects, Progress const& progress);

  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

 private:
  ImportFile(std::unique_ptr<std::ifstream> stream, CsvReader reader, RowMapper mapper, std::uint64_t bytes)
      : stream_(std::move(stream)), reader_(std::move(reader)), mapper_(std::move(mapper)), bytes_(bytes) {}

  std::unique_ptr<std::ifstream> stream_;
  CsvReader reader_;
  RowMapper mapper_;
  std::uint64_t bytes_;
};

}  // namespace fieldnode::central
