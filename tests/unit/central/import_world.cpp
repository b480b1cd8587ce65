#include "tests/unit/central/import_world.h"

#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "node/central/store/schema.h"
#include "node/db/migrations.h"

namespace fieldnode::central {
namespace {

constexpr std::string_view kHeader = "id,opened,closed,target,title,text,unit,name,phone,extra\n";

/// The same at every opening of one directory, as a key file is.
lists::ContactVault::MasterKey const kMasterKey{7, 7, 7};

db::Connection opened(std::filesystem::path const& directory) {
  auto connection = db::Connection::open_writer(directory / "central.db", {.application_id = kCentralFile}).value();
  auto const migrated = db::migrate(connection, central_migrations());
  check(migrated.has_value(), "the centre's schema is whole");
  return connection;
}

std::string content_of(std::filesystem::path const& path) {
  std::ifstream input(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(input), {}};
}

}  // namespace

ImportWorld::ImportWorld(std::filesystem::path const& at, std::uint64_t seed)
    : directory(at),
      random{seed},
      vault(kMasterKey, random),
      writer(opened(directory)),
      readers(db::ReadPool::open(directory / "central.db", 2, {.application_id = kCentralFile}).value()),
      store(writer, *readers, vault, random, book),
      contact_key(contact_hash_key(kMasterKey)) {}

Result<ImportOutcome> ImportWorld::import(std::string const& text, Mapping const& mapping, RowOptions options) {
  auto const path = directory / "cases.csv";
  std::ofstream(path, std::ios::binary) << text;
  auto file = ImportFile::open(path, mapping, options);
  if (!file) return file.error();
  RejectTally rejects(RejectFile::create(directory / "rejects.csv").value());
  CaseImporter importer(store, clock, random, {mapping.source, contact_key},
                        [&rejects](RejectedRow const& row) { rejects.add(row); });
  auto const read = file->pour(importer, rejects, [](std::uint64_t, std::uint64_t) {});
  if (!read) return read.error();
  return ImportOutcome{.read = *read,
                       .counts = importer.counts(),
                       .rejected = rejects.by_code(),
                       .reject_list = content_of(directory / "rejects.csv")};
}

void ImportWorld::import_and_die(std::string const& text, Mapping const& mapping, std::uint64_t rows) {
  std::istringstream input(text);
  auto reader = CsvReader::open(input, {.encoding = mapping.encoding}).value();
  auto const mapper = RowMapper::bind(mapping, reader.header(), {}).value();
  CaseImporter importer(store, clock, random, {mapping.source, contact_key}, [](RejectedRow const&) {});
  for (std::uint64_t i = 0; i < rows; ++i) {
    auto const row = reader.next().value();
    auto outcome = mapper.map(row);
    if (auto* imported = std::get_if<ImportedCase>(&outcome)) importer.add(std::move(*imported), row.raw).value();
  }
}

std::optional<CaseRecord> ImportWorld::find(std::string_view system, std::string_view external_id) {
  std::optional<CaseRecord> found;
  auto const asked = store.with_cases([&](CaseBook& cases) -> Result<void> {
    found = cases.find_imported(system, external_id);
    return {};
  });
  check(asked.has_value(), "a question is not refused");
  return found;
}

AssignmentDossier ImportWorld::only_dossier(CaseId id) {
  auto const assignments = store.assignments_of(id);
  check(assignments.size() == 1, "the case has one assignment");
  return store.dossier(assignments.front().id).value();
}

std::string made_mapping_text() {
  return R"(
source = "made"
timezone = "<+08>-8"
time_formats = ["%Y-%m-%d %H:%M:%S"]
facts = ["extra"]
[columns]
external_id = "id"
opened_at = "opened"
closed_at = "closed"
target_at = "target"
title = "title"
text = "text"
[category]
constant = "A2"
[kind]
constant = "complaint"
[unit]
column = "unit"
names = { A = "Office A", B = "Office B" }
[contact]
name = "name"
phone = "phone"
)";
}

Mapping made_mapping() { return parse_mapping(made_mapping_text(), "made.toml").value(); }

std::string made_csv(std::initializer_list<std::string_view> rows) {
  std::string text(kHeader);
  for (auto const row : rows) text += fmt::format("{}\n", row);
  return text;
}

std::string many_rows(int count) {
  std::string text(kHeader);
  for (int i = 1; i <= count; ++i) {
    text += fmt::format("M-{},2026-09-01 08:00:00,,,Lamp {},Dark,{},Li,1380013{:04},x\n", i, i, i % 3 ? "A" : "B",
                        i % 10'000);
  }
  return text;
}

}  // namespace fieldnode::central
