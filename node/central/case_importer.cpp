#include "node/central/case_importer.h"

#include <fmt/format.h>

#include "sync/crypto/hash.h"

namespace fieldnode::central {
namespace {

/// Enough for one sync of the disk to be shared by many rows, little enough to let other work in between.
constexpr std::size_t kBatchRows = 300;
/// Units: bytes of the file. Bounds what waits however many units a file names; in memory a row, as it stood and as it
/// was read, takes about four times as much.
constexpr std::size_t kWaitingMaxBytes = std::size_t{4} * 1024 * 1024;

}  // namespace

CaseImporter::CaseImporter(CentralStore& store, Clock const& clock, Random& random, ImportOrigin origin, Reject reject)
    : store_(store), clock_(clock), random_(random), origin_(std::move(origin)), reject_(std::move(reject)) {}

Result<void> CaseImporter::add(ImportedCase imported, std::string raw) {
  auto source = source_of(origin_.system, imported, origin_.contact_key);
  Row row{std::move(imported), std::move(source), std::move(raw)};
  if (auto const why = contradiction(row.imported, row.source)) {
    reject(row, *why);
    return {};
  }
  auto const unit = unit_of(row.imported);
  if (!unit && unit.error().code.starts_with("bad_unit_")) {
    reject(row, unit.error());
    return {};
  }
  if (!unit) return unit.error();
  return queue(*unit, std::move(row));
}

Result<void> CaseImporter::finish() {
  while (!waiting_.empty()) {
    if (auto const written = write_all(); !written) return written;
  }
  return {};
}

/// Of two rows with one id the later would win in this import and the earlier in the next one, without end.
std::optional<Refusal> CaseImporter::contradiction(ImportedCase const& imported, CaseSource const& source) {
  auto const content = crypto::sha256({source.content_hash, source.contact_hash});
  auto const [first, is_new] = told_.try_emplace(imported.external_id, Told{imported.line, content});
  if (is_new || first->second.content == content) return std::nullopt;
  return refuse("repeated_id", fmt::format("line {} has the id {} too, with other fields; keep the one that is true",
                                           first->second.line, imported.external_id));
}

Result<UnitId> CaseImporter::unit_of(ImportedCase const& imported) {
  if (auto const known = units_.find(imported.unit_code); known != units_.end()) return known->second;
  auto unit = store_.find_unit(imported.unit_code);
  if (!unit) {
    auto added = store_.add_unit(imported.unit_code, imported.unit_name, clock_.wall());
    if (!added) return added.error();
    unit = *std::move(added);
    ++counts_.units_created;
  }
  units_.emplace(imported.unit_code, unit->id);
  return unit->id;
}

Result<void> CaseImporter::queue(UnitId unit, Row row) {
  waiting_bytes_ += row.raw.size();
  auto& batch = waiting_[unit];
  batch.push_back(std::move(row));
  if (batch.size() >= kBatchRows) return write(unit);
  if (waiting_bytes_ >= kWaitingMaxBytes) return write_all();
  return {};
}

Result<void> CaseImporter::write_all() {
  std::vector<UnitId> units;
  for (auto const& [unit, batch] : waiting_) units.push_back(unit);
  for (auto const unit : units) {
    if (auto const written = write(unit); !written) return written;
  }
  return {};
}

Result<void> CaseImporter::write(UnitId unit) {
  auto batch = std::move(waiting_.extract(unit).mapped());
  for (auto const& row : batch) waiting_bytes_ -= row.raw.size();
  std::vector<Result<Intake>> intakes;
  auto const now = clock_.wall();
  auto const done = store_.with_unit(unit, [&](UnitWork& work) -> Result<void> {
    for (auto const& row : batch) intakes.push_back(take_in(work, row.imported, row.source, now, random_));
    return {};
  });
  if (!done) return done;
  for (std::size_t i = 0; i < batch.size(); ++i) settle(std::move(batch[i]), intakes[i]);
  return {};
}

void CaseImporter::settle(Row row, Result<Intake> const& intake) {
  if (!intake) return reject(row, intake.error());
  if (intake->effect == IntakeEffect::kElsewhere) {
    waiting_bytes_ += row.raw.size();
    waiting_[intake->holder].push_back(std::move(row));
    return;
  }
  count(intake->effect);
  count(row.imported.flags);
}

void CaseImporter::count(IntakeEffect effect) {
  switch (effect) {
    case IntakeEffect::kDispatched:
      ++counts_.imported, ++counts_.dispatched;
      break;
    case IntakeEffect::kClosed:
      ++counts_.imported, ++counts_.closed;
      break;
    case IntakeEffect::kUpdated:
      ++counts_.updated;
      break;
    case IntakeEffect::kReopened:
      ++counts_.updated, ++counts_.dispatched;
      break;
    case IntakeEffect::kUnchanged:
      ++counts_.unchanged;
      break;
    case IntakeEffect::kElsewhere:
      break;
  }
}

void CaseImporter::count(std::vector<RowFlag> const& flags) {
  counts_.flagged += flags.empty() ? 0 : 1;
  for (auto const flag : flags) ++counts_.by_flag[name_of(flag)];
}

void CaseImporter::reject(Row const& row, Refusal const& why) {
  reject_({.line = row.imported.line, .code = why.code, .reason = why.sentence, .raw = row.raw});
}

}  // namespace fieldnode::central
