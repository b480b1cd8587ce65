#include "node/central/enrolment_file_command.h"

#include <fmt/format.h>

#include <boost/json/object.hpp>

#include "node/central/desk_call.h"
#include "node/cli/call.h"
#include "node/cli/input_file.h"
#include "node/db/private_file.h"
#include "node/web/enrolment_paper.h"

namespace fieldnode::central {
namespace {

Result<void> run(cli::Call const& call) {
  auto const request = cli::read_input_file(call.text("FILE"), web::kEnrolmentFileMaxBytes);
  if (!request) return request.error();
  auto answer = call_desk(call.text("--dir"), "enrol-file", {{"request", *request}});
  if (!answer) return answer.error();
  auto const path = call.text("--answer");
  std::string_view const text = answer->at("answer").as_string();
  if (auto const written = db::write_private_file(path, text); !written) return written.error();
  auto const told = fmt::format(
      "{} is to be carried to the office of {}. Confirm it once the office has read out\n\n    {}\n", path,
      std::string_view(answer->at("unit").as_string()), std::string_view(answer->at("fingerprint").as_string()));
  answer->erase("answer");
  (*answer)["file"] = path;
  call.answer(*answer, told);
  return {};
}

}  // namespace

cli::Command enrol_file_command() {
  return {.name = "enrol-file",
          .summary = "answer a request that came on a stick",
          .options = {cli::data_directory("the city's data directory"),
                      {.name = "FILE", .value = "FILE", .text = "the office's request file", .required = true},
                      {.name = "--answer", .value = "FILE", .text = "the answer file to write", .required = true}},
          .run = run};
}

}  // namespace fieldnode::central
