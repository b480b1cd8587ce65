#include "node/office/schema.h"

#include <array>

#include "schema_files.h"
#include "sync/base/check.h"

namespace fieldnode::office {
namespace {

db::Migration step(int number, std::string_view name, std::string_view path) {
  auto const sql = schema::embedded_file(path);
  check(sql.has_value(), "a migration is not embedded");
  return {number, name, *sql};
}

}  // namespace

std::span<db::Migration const> migrations() {
  static std::array const kSteps{
      step(1, "lists", "migrations/lists/001_lists.sql"),
      step(2, "accounts", "migrations/web/001_accounts.sql"),
      step(3, "office", "migrations/office/001_office.sql"),
      step(4, "listing", "migrations/office/002_listing.sql"),
      step(5, "clocks", "migrations/office/003_clocks.sql"),
      step(6, "proofs", "migrations/office/004_proofs.sql"),
      step(7, "rules", "migrations/office/005_rules.sql"),
      step(8, "outages", "migrations/office/006_outages.sql"),
      step(9, "warnings", "migrations/office/007_warnings.sql"),
      step(10, "evidence", "migrations/office/008_evidence.sql"),
      step(11, "phone", "migrations/office/009_phone.sql"),
      step(12, "named blobs", "migrations/lists/002_named_blobs.sql"),
      step(13, "blobs", "migrations/blobs/001_blobs.sql"),
      step(14, "identity", "migrations/office/010_identity.sql"),
      step(15, "epochs", "migrations/office/011_epochs.sql"),
      step(16, "bundles", "migrations/office/012_bundles.sql"),
      step(17, "state digests", "migrations/lists/003_state_digests.sql"),
      step(18, "revocation", "migrations/office/013_revocation.sql"),
      step(19, "told", "migrations/blobs/002_told.sql"),
  };
  return kSteps;
}

}  // namespace fieldnode::office
