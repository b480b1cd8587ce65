#include "node/central/store/schema.h"

#include <array>

#include "schema_files.h"
#include "sync/base/check.h"

namespace fieldnode::central {
namespace {

db::Migration step(int number, std::string_view name, std::string_view path) {
  auto const sql = schema::embedded_file(path);
  check(sql.has_value(), "a migration is not embedded");
  return {.number = number, .name = name, .sql = *sql};
}

}  // namespace

std::span<db::Migration const> central_migrations() {
  static std::array const kSteps{
      step(1, "lists", "migrations/lists/001_lists.sql"),
      step(2, "accounts", "migrations/web/001_accounts.sql"),
      step(3, "central", "migrations/central/001_central.sql"),
      step(4, "intake", "migrations/central/002_intake.sql"),
      step(5, "phone", "migrations/central/003_phone.sql"),
      step(6, "rules", "migrations/central/004_rules.sql"),
      step(7, "assessment", "migrations/central/005_assessment.sql"),
      step(8, "outages", "migrations/central/006_outages.sql"),
      step(9, "evidence", "migrations/central/007_evidence.sql"),
      step(10, "time corrections", "migrations/central/008_time_corrections.sql"),
      step(11, "named blobs", "migrations/lists/002_named_blobs.sql"),
      step(12, "blobs", "migrations/blobs/001_blobs.sql"),
      step(13, "identity", "migrations/central/009_identity.sql"),
      step(14, "epochs", "migrations/central/010_epochs.sql"),
      step(15, "bundles", "migrations/central/011_bundles.sql"),
      step(16, "state digests", "migrations/lists/003_state_digests.sql"),
      step(17, "aside", "migrations/central/012_aside.sql"),
      step(18, "told", "migrations/blobs/002_told.sql"),
  };
  return kSteps;
}

}  // namespace fieldnode::central
