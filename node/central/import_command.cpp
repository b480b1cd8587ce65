#include "node/central/import_command.h"

#include <fmt/ostream.h>

#include <boost/json.hpp>

#include "node/central/centre.h"
#include "node/central/command_line.h"
#include "node/central/import/progress.h"
#include "node/central/import_file.h"
#include "node/lists/master_key_file.h"

namespace fieldnode::central {
namespace {

namespace json = boost::json;

struct ImportOptions {
  CommonOptions common;
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

void describe_options(CLI::App& app, ImportOptions& options) {
  add_common_options(app, options.common);
  app.add_option("--mapping", options.mapping, "says what the file's columns mean (schema/mappings has examples)")
      ->required()
      ->type_name("FILE.toml");
  app.add_flag("--as-open", options.as_open, "take closed rows as open ones and dispatch them");
  app.add_option("--rejects", options.rejects, "where rows that cannot be taken are listed; FILE.csv.rejects.csv")
      ->type_name("FILE");
  app.add_option("file", options.file, "the other system's export")->required()->type_name("FILE.csv");
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
                            Console const& console) {
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
Result<ImportReport> import(ImportOptions const& options, Console const& console) {
  auto const mapping = read_mapping(options.mapping);
  if (!mapping) return mapping.error();
  auto file = ImportFile::open(options.file, *mapping, {.as_open = options.as_open});
  if (!file) return file.error();
  auto list = RejectFile::create(options.reject_list());
  if (!list) return list.error();
  RejectTally rejects(*std::move(list));
  SystemClock const clock;
  SystemRandom random;
  auto const centre = open_centre(CityPaths(options.common.directory), clock, random);
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

void print_json(ImportReport const& report, ImportOptions const& options, std::ostream& out) {
  auto const& counts = report.counts;
  json::object const answer{{"read", report.read},
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
  fmt::print(out, "{}\n", json::serialize(answer));
}

void print_text(ImportReport const& report, ImportOptions const& options, std::ostream& out) {
  auto const& counts = report.counts;
  fmt::print(out, "{}: {} rows read in {:.1f} s\n", options.file, report.read, report.seconds());
  fmt::print(out, "  imported   {} ({} closed, as history)\n", counts.imported, counts.closed);
  fmt::print(out, "  dispatched {}\n", counts.dispatched);
  fmt::print(out, "  updated    {}\n", counts.updated);
  fmt::print(out, "  unchanged  {}\n", counts.unchanged);
  fmt::print(out, "  new units  {}\n", counts.units_created);
  if (counts.flagged != 0)
    fmt::print(out, "  flagged    {}, taken all the same: {}\n", counts.flagged, text_of(counts.by_flag));
  if (report.rejected.empty()) return;
  fmt::print(out, "  rejected   {}: {}\n             listed with line and reason in {}\n", sum_of(report.rejected),
             text_of(report.rejected), options.reject_list());
}

}  // namespace

int run_import(std::span<std::string const> args, Console const& console) {
  ImportOptions options;
  CLI::App app("takes in the cases of another system's CSV file, each exactly once", "fieldnode-central import");
  describe_options(app, options);
  if (auto const end = parse_arguments(app, args, options.common.json, console)) return *end;
  auto const report = import(options, console);
  if (!report) return print_refusal(report.error(), options.common.json, console);
  if (options.common.json) {
    print_json(*report, options, console.out);
  } else {
    print_text(*report, options, console.out);
  }
  return kExitDone;
}

}  // namespace fieldnode::central
