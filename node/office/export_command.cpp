#include "node/office/export_command.h"

#include <fmt/format.h>

#include <boost/json/object.hpp>

#include "node/cli/call.h"
#include "node/cli/running_program.h"
#include "node/db/private_file.h"
#include "node/office/control_client.h"
#include "node/office/evidence_desk.h"
#include "node/office/office_data.h"

namespace fieldnode::office {
namespace {

Result<Bytes> export_at_rest(DataDir const& dir, std::string const& number) {
  SystemClock const clock;
  SystemRandom random;
  auto const data = OfficeData::open(dir, clock, random);
  if (!data) return data.error();
  auto& office = **data;
  EvidenceDesk desk({.store = office.store,
                     .time = office.time,
                     .readers = *office.readers,
                     .vault = office.vault,
                     .suite = *office.suite,
                     .keys = office.node.keys,
                     .nudge = [] {}});
  auto file = desk.export_case(number, {StaffId{}, Clearance::kConfidential});
  if (!file) return file.error();
  return std::move(file->bytes);
}

Result<Bytes> evidence_of(DataDir const& dir, std::string const& number) {
  cli::RunningProgram node(dir.control_socket(), kRoundMax);
  auto file = node.fetch_file("/control/evidence", {{"case", number}}, web::kEvidenceMediaType);
  if (file || file.error().code != "not_running") return file;
  return export_at_rest(dir, number);
}

Result<void> run(cli::Call const& call) {
  auto const number = call.text("CASE");
  auto const file = evidence_of(DataDir{call.text("--dir")}, number);
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
          .commands = {
              {.name = "evidence",
               .summary = "one case, to be checked by whoever has neither database",
               .options =
                   {cli::data_directory("the node's data directory"),
                    {.name = "CASE", .value = "CASE", .text = "the case's number as it is printed", .required = true},
                    {.name = "-o", .value = "FILE", .text = "the file to write", .required = true}},
               .run = run}}};
}

}  // namespace fieldnode::office
