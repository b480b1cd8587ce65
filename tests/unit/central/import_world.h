#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "node/central/import_file.h"
#include "node/central/store/sqlite_central_store.h"
#include "node/db/read_pool.h"
#include "node/db/writer_thread.h"
#include "node/lists/contact_vault.h"
#include "sync/rules/rule_book.h"
#include "tests/support/test_clock.h"

/// A centre's database on disk, and imports into it.
namespace fieldnode::central {

/// 2026-10-08 09:00 in +08:00, a working day.
inline constexpr UtcTime kImportMorning = utc_from_ms(1'791'421'200'000);

/// What one import came to.
struct ImportOutcome {
  std::uint64_t read{};
  ImportCounts counts;
  std::map<std::string, std::uint64_t> rejected;
  std::string reject_list;
};

/// A centre opened on a file that may have been there before, as after a restart.
struct ImportWorld {
  explicit ImportWorld(std::filesystem::path const& directory, std::uint64_t seed = 11);

  /// Imports the file that holds `text`.
  [[nodiscard]] Result<ImportOutcome> import(std::string const& text, Mapping const& mapping, RowOptions options = {});
  /// Imports the first `rows` rows and dies: what is not yet written is lost.
  void import_and_die(std::string const& text, Mapping const& mapping, std::uint64_t rows);

  [[nodiscard]] std::optional<CaseRecord> find(std::string_view system, std::string_view external_id);
  [[nodiscard]] AssignmentDossier only_dossier(CaseId id);

  std::filesystem::path directory;
  test::TestClock clock{kImportMorning};
  SeededRandom random;
  rules::RuleBook book{rules::built_in_rule_book()};
  lists::ContactVault vault;
  db::WriterThread writer;
  std::unique_ptr<db::ReadPool> readers;
  SqliteCentralStore store;
  ContactHashKey contact_key;
};

/// The mapping of the made rows below, as a file has it and as it is read.
[[nodiscard]] std::string made_mapping_text();
[[nodiscard]] Mapping made_mapping();
/// `id,opened,closed,target,title,text,unit,name,phone,extra` and the rows, each with its line end.
[[nodiscard]] std::string made_csv(std::initializer_list<std::string_view> rows);
/// `count` open rows of the offices A and B.
[[nodiscard]] std::string many_rows(int count);

}  // namespace fieldnode::central
