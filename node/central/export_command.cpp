#include "node/central/export_command.h"

#include <fmt/format.h>

#include <boost/json/object.hpp>

#include "node/central/centre.h"
#include "node/cli/call.h"
#include "node/cli/running_program.h"
#include "node/db/private_file.h"

namespace fieldnode::central {
namespace {

/// A large city's lists take as long as they take.
constexpr std::chrono::hours kExportMax{1};

Result<Bytes> export_at_rest(CityPaths const& paths, std::string const& number) {
  SystemClock const clock;
  SystemRandom random;
  auto const centre = Centre::open(paths, clock, random);
  if (!centre) return centre.error();
  auto file = (*centre)->evidence().export_case(StaffId{}, number, clock.wall());
  if (!file) return file.error();
  return std::move(file->bytes);
}

Result<Bytes> evidence_of(CityPaths const& paths, std::string const& number) {
  cli::RunningProgram service(paths.control_socket(), kExportMax);
  auto file = service.fetch_file("/control/evidence", {{"case", number}}, web::kEvidenceMediaType);
  if (file || file.error().code != "not_running") return file;
  return export_at_rest(paths, number);
}

Result<void> run(cli::Call const& call) {
  auto const number = call.text("CASE");
  auto const file = evidence_of(CityPaths(call.text("--dir")), number);
  if (!file) return file.error();
  auto const path = call.text("-o");
  if (auto const written = db::write_private_file(path, text_of(*file)); !written) return written.error();
  call.answer({{"case", number}, {"file", path}, {"bytes", file->size()}},
              fmt::format("{}: {} bytes, to be checked with fieldnode verify-evidence\n", path, file->size()));
  return {};
}

}  // namespace

cli::Command export_command() {
  return {.name = "export",
          .summary = "files for others: evidence of a case",
          .commands = {{.name = "evidence",
                        .summary = "one case, to be checked by whoever has no database",
                        .options = {cli::data_directory("the city's data directory"),
                                    {.name = "CASE",
                                     .value = "CASE",
                                     .text = "the case's number as it is printed, or its id",
                                     .required = true},
                                    {.name = "-o", .value = "FILE", .text = "the file to write", .required = true}},
                        .run = run}}};
}

}  // namespace fieldnode::central
