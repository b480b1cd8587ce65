#include "node/central/import_command.h"

#include <fmt/format.h>

#include <boost/json/object.hpp>

#include "node/central/centre.h"
#include "node/central/import/progress.h"
#include "node/central/import_file.h"
#include "node/cli/call.h"
#include "node/lists/master_key_file.h"

namespace fieldnode::central {
namespace {

namespace json = boost::json;

struct ImportOptions {
  std::string directory;
  std::string mapping;
  std::string rejects;
  std::string file;
  bool as_open{};

  [[nodiscard]] std::string reject_list() const { return rejects.empty() ? file + ".rejects.csv" : rejects; }
};

/// What an import came to.
struct ImportReport {
  std::uint64_t read{};
  ImportCounts counts;
  std::map<std::string, std::uint64_t> rejected;
  Milliseconds took{};

  [[nodiscard]] double seconds() const { return static_cast<double>(took.count()) / 1000; }
};

ImportOptions options_of(cli::Call const& call) {
  return {.directory = call.text("--dir"),
          .mapping = call.text("--mapping"),
          .rejects = call.text("--rejects"),
          .file = call.text("file"),
          .as_open = call.has("--as-open")};
}

Result<std::unique_ptr<Centre>> open_centre(CityPaths const& paths, Clock const& clock, Random& random) {
  auto centre = Centre::open(paths, clock, random);
  if (centre || centre.error().code != "database_in_use") return centre;
  return refuse("database_in_use",
                fmt::format("{} An import needs the city for itself: stop `fieldnode-central serve`, import, start it "
                            "again; the offices go on working meanwhile.",
                            centre.error().sentence));
}

Result<ImportReport> import(Centre& centre, std::string const& system, ImportFile& file, RejectTally& rejects,
                            cli::Console const& console) {
  auto const master_key = lists::load_master_key(centre.paths().master_key());
  if (!master_key) return master_key.error();
  auto const& clock = centre.clock();
  CaseImporter importer(centre.store(), clock, centre.chance(), {system, contact_hash_key(*master_key)},
                        [&rejects](RejectedRow const& row) { rejects.add(row); });
  ProgressBar bar(clock, console.err, console.err_is_terminal, file.bytes());
  auto const start = clock.since_boot();
  auto const read =
      file.pour(importer, rejects, [&bar](std::uint64_t bytes, std::uint64_t rows) { bar.show(bytes, rows); });
  if (!read) return read.error();
  bar.finish(file.bytes(), *read);
  return ImportReport{
      .read = *read, .counts = importer.counts(), .rejected = rejects.by_code(), .took = clock.since_boot() - start};
}

/// Whatever can be wrong in what the caller named is looked at before the city is opened.
Result<ImportReport> import(ImportOptions const& options, cli::Console const& console) {
  auto const mapping = read_mapping(options.mapping);
  if (!mapping) return mapping.error();
  auto file = ImportFile::open(options.file, *mapping, {.as_open = options.as_open});
  if (!file) return file.error();
  auto list = RejectFile::create(options.reject_list());
  if (!list) return list.error();
  RejectTally rejects(*std::move(list));
  SystemClock const clock;
  SystemRandom random;
  auto const centre = open_centre(CityPaths(options.directory), clock, random);
  if (!centre) return centre.error();
  return import(**centre, mapping->source, *file, rejects, console);
}

template <class Counts>
std::uint64_t sum_of(Counts const& counts) {
  std::uint64_t sum = 0;
  for (auto const& [name, count] : counts) sum += count;
  return sum;
}

template <class Counts>
json::object view_of(Counts const& counts) {
  json::object view;
  for (auto const& [name, count] : counts) view[name] = count;
  return view;
}

template <class Counts>
std::string text_of(Counts const& counts) {
  std::string text;
  for (auto const& [name, count] : counts) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, name);
  return text;
}

json::object view_of(ImportReport const& report, ImportOptions const& options) {
  auto const& counts = report.counts;
  return {{"read", report.read},
          {"imported", counts.imported},
          {"dispatched", counts.dispatched},
          {"closed", counts.closed},
          {"updated", counts.updated},
          {"unchanged", counts.unchanged},
          {"rejected", sum_of(report.rejected)},
          {"rejected_by_code", view_of(report.rejected)},
          {"rejects", options.reject_list()},
          {"flagged", counts.flagged},
          {"flagged_by_name", view_of(counts.by_flag)},
          {"units_created", counts.units_created},
          {"seconds", report.seconds()}};
}

std::string text_of(ImportReport const& report, ImportOptions const& options) {
  auto const& counts = report.counts;
  auto text = fmt::format(
      "{}: {} rows read in {:.1f} s\n"
      "  imported   {} ({} closed, as history)\n"
      "  dispatched {}\n"
      "  updated    {}\n"
      "  unchanged  {}\n"
      "  new units  {}\n",
      options.file, report.read, report.seconds(), counts.imported, counts.closed, counts.dispatched, counts.updated,
      counts.unchanged, counts.units_created);
  if (counts.flagged != 0) {
    text += fmt::format("  flagged    {}, taken all the same: {}\n", counts.flagged, text_of(counts.by_flag));
  }
  if (!report.rejected.empty()) {
    text += fmt::format("  rejected   {}: {}\n             listed with line and reason in {}\n",
                        sum_of(report.rejected), text_of(report.rejected), options.reject_list());
  }
  return text;
}

Result<void> run(cli::Call const& call) {
  auto const options = options_of(call);
  auto const report = import(options, call.console());
  if (!report) return report.error();
  call.answer(view_of(*report, options), text_of(*report, options));
  return {};
}

}  // namespace

cli::Command import_command() {
  return {
      .name = "import",
      .summary = "take in the cases of another system's CSV file, each exactly once",
      .options = {cli::data_directory("the city's data directory"),
                  {.name = "--mapping",
                   .value = "FILE.toml",
                   .text = "says what the file's columns mean (schema/mappings has examples)",
                   .required = true},
                  {.name = "--as-open", .text = "take closed rows as open ones and dispatch them"},
                  {.name = "--rejects",
                   .value = "FILE",
                   .text = "where rows that cannot be taken are listed; FILE.csv.rejects.csv if left out"},
                  {.name = "file", .value = "FILE.csv", .text = "the other system's export", .required = true}},
      .run = run,
  };
}

}  // namespace fieldnode::central
