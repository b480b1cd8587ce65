#include "node/office/enrol_command.h"

#include <fmt/format.h>

#include <boost/json/object.hpp>

#include "node/cli/call.h"
#include "node/cli/input_file.h"
#include "node/cli/recovery_key_input.h"
#include "node/db/private_file.h"
#include "node/office/enrolment.h"
#include "node/office/enrolment_file.h"
#include "node/office/office_backup.h"
#include "node/web/enrolment_paper.h"
#include "sync/wire/fingerprint.h"

namespace fieldnode::office {
namespace {

boost::json::object view_of(OfficeIdentity const& identity) {
  return {{"unit", {{"code", identity.unit_code}, {"name", identity.unit_name}}},
          {"city", identity.city},
          {"node", std::to_string(identity.node.value)},
          {"fingerprint", identity.fingerprint()},
          {"city_fingerprint", identity.city_fingerprint}};
}

Refusal one_way_only() {
  return refuse("bad_usage",
                "Give --code (typed, or the text of the centre's QR code), with --request-file where there is "
                "no line; or --answer-file, once the answer to that request has come.");
}

Result<void> write_request(cli::Call const& call, DataDir const& dir, EnrolmentForm const& form) {
  SystemRandom random;
  auto const request = ask_by_file(dir, form, random);
  if (!request) return request.error();
  auto const path = call.text("--request-file");
  if (auto const written = db::write_private_file(path, *request); !written) return written.error();
  auto const keys = load_node_key(dir);
  if (!keys) return keys.error();
  auto const fingerprint = wire::node_fingerprint(keys->public_key);
  call.answer(
      {{"file", path}, {"fingerprint", fingerprint}},
      fmt::format("{} is to be carried to the centre, which gives an answer file for it. This node's fingerprint, "
                  "to be read out over the telephone:\n\n    {}\n",
                  path, fingerprint));
  return {};
}

Result<OfficeIdentity> enrolled(cli::Call const& call, DataDir const& dir, EnrolmentForm const& form) {
  SystemClock const clock;
  SystemRandom random;
  if (!call.has("--answer-file")) return enrol(dir, form, clock, random);
  auto const file = cli::read_input_file(call.text("--answer-file"), web::kEnrolmentFileMaxBytes);
  if (!file) return file.error();
  return take_answer_file(dir, *file, clock, random);
}

Result<void> run(cli::Call const& call) {
  if (call.has("--code") == call.has("--answer-file")) return one_way_only();
  if (call.has("--request-file") && call.has("--answer-file")) return one_way_only();
  auto const dir = call.text("--dir");
  EnrolmentForm const form{.centre = call.text("--centre"), .code = call.text("--code")};
  if (call.has("--request-file")) return write_request(call, DataDir{dir}, form);
  auto const identity = enrolled(call, DataDir{dir}, form);
  if (!identity) return identity.error();
  SystemRandom random;
  auto const recovery = ensure_recovery_key(DataDir{dir}, random);
  if (!recovery) return recovery.error();
  auto view = view_of(*identity);
  if (!recovery->empty()) view["recovery_key"] = *recovery;
  call.answer(view, fmt::format("{} asks to be the node of {} ({}), {}.\n"
                                "Now telephone the centre. It must say that its own fingerprint is\n\n    {}\n\n"
                                "and confirm this node once you have read out\n\n    {}\n\n"
                                "Until then nothing is sent here.\n",
                                dir, identity->unit_name, identity->unit_code, identity->city,
                                identity->city_fingerprint, identity->fingerprint()) +
                        (recovery->empty() ? std::string() : cli::recovery_key_text(*recovery)));
  return {};
}

}  // namespace

cli::Command enrol_command() {
  return {
      .name = "enrol",
      .summary = "make a directory the node of a unit, with a code from the centre",
      .options = {cli::data_directory("the directory to make the node's; it need not be there"),
                  {.name = "--centre",
                   .value = "URL",
                   .text = "address of the centre's sync port",
                   .example = "https://centre.example:8440"},
                  {.name = "--code",
                   .value = "CODE",
                   .text = "the one-time code from the centre, or what a scanner reads from its QR code"},
                  {.name = "--request-file",
                   .value = "FILE",
                   .text = "without a line: write the request here, for a stick"},
                  {.name = "--answer-file", .value = "FILE", .text = "without a line: the answer that came back"}},
      .run = run,
  };
}

}  // namespace fieldnode::office
