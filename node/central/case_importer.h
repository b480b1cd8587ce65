#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "node/central/import_intake.h"
#include "node/central/store/central_store.h"
#include "sync/base/clock.h"

namespace fieldnode::central {

/// What an import has done. Of the rows taken, each is imported, updated or unchanged.
struct ImportCounts {
  std::uint64_t dispatched{};  ///< assignments that units were given, reopened cases among them
  std::uint64_t imported{};    ///< cases that the centre did not know
  std::uint64_t closed{};      ///< of these, history
  std::uint64_t updated{};
  std::uint64_t unchanged{};
  std::uint64_t units_created{};
  std::uint64_t flagged{};  ///< rows taken in spite of something peculiar
  std::map<std::string_view, std::uint64_t> by_flag;
};

/// Where cases come from and how their changed contact data is seen.
struct ImportOrigin {
  std::string system;
  ContactHashKey contact_key{};
};

/// Brings the cases of one file into the store, in transactions of one unit and some hundred rows. What a transaction
/// has done stays when the import is killed; the same file given again does the rest. Everything handed in must
/// outlive it. Thread: one.
class CaseImporter {
 public:
  using Reject = std::function<void(RejectedRow const&)>;

  /// `reject` is told each row that cannot be taken, once that is certain: `repeated_id` (the file has the id twice
  /// with different fields), `bad_unit_code`, `bad_unit_name`, `entry_too_large`, `missing_salt_keys`.
  CaseImporter(CentralStore& store, Clock const& clock, Random& random, ImportOrigin origin, Reject reject);

  /// Takes a row that is as it stands in the file `raw`. It may wait for others of its unit.
  /// Errors: those of the storage; the import ends then.
  [[nodiscard]] Result<void> add(ImportedCase imported, std::string raw);
  /// Writes what waits. Errors: as `add`.
  [[nodiscard]] Result<void> finish();

  [[nodiscard]] ImportCounts const& counts() const { return counts_; }

 private:
  struct Row {
    ImportedCase imported;
    CaseSource source;
    std::string raw;
  };
  /// How the file first told of an id.
  struct Told {
    std::uint64_t line{};
    Hash content{};
  };
  using Batch = std::vector<Row>;

  [[nodiscard]] std::optional<Refusal> contradiction(ImportedCase const& imported, CaseSource const& source);
  [[nodiscard]] Result<UnitId> unit_of(ImportedCase const& imported);
  [[nodiscard]] Result<void> queue(UnitId unit, Row row);
  [[nodiscard]] Result<void> write(UnitId unit);
  [[nodiscard]] Result<void> write_all();
  void settle(Row row, Result<Intake> const& intake);
  void count(IntakeEffect effect);
  void count(std::vector<RowFlag> const& flags);
  void reject(Row const& row, Refusal const& why);

  CentralStore& store_;
  Clock const& clock_;
  Random& random_;
  ImportOrigin origin_;
  Reject reject_;
  std::map<std::string, UnitId, std::less<>> units_;
  std::map<UnitId, Batch> waiting_;
  std::size_t waiting_bytes_{};
  std::unordered_map<std::string, Told> told_;  ///< by external id
  ImportCounts counts_;
};

}  // namespace fieldnode::central
