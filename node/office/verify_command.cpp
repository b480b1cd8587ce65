#include "node/office/verify_command.h"

#include <fmt/ostream.h>

#include "node/office/command_line.h"
#include "node/office/office_data.h"
#include "node/office/store_check.h"

namespace fieldnode::office {
namespace {

boost::json::object head_view(engine::ListHead const& head) {
  return {{"epoch", std::to_string(head.list.epoch.value)}, {"seq", head.seq}, {"hash", to_hex(head.hash)}};
}

boost::json::object view_of(CheckedStore const& checked, OfficeIdentity const& identity) {
  return {{"ok", true},
          {"unit", {{"code", identity.unit_code}, {"name", identity.unit_name}}},
          {"journal", head_view(checked.journal)},
          {"feed", head_view(checked.feed)},
          {"covered", checked.covered},
          {"settled", checked.settled},
          {"assignments", checked.assignments},
          {"receipts", checked.receipts},
          {"digest", to_hex(checked.digest)}};
}

void print_text(CheckedStore const& checked, Console const& console) {
  fmt::print(console.out,
             "journal      {} acts, {} delivered, {} settled\n"
             "feed         {} entries\n"
             "assignments  {}, as a replay makes them\n"
             "receipts     {}, each signed by the city\n"
             "digest       {}\n"
             "all is as it should be\n",
             checked.journal.seq, checked.covered, checked.settled, checked.feed.seq, checked.assignments,
             checked.receipts, to_hex(checked.digest));
}

}  // namespace

int run_verify(std::span<std::string const> args, Console const& console) {
  CommonOptions options;
  CLI::App app("Proves what the node holds.", "fieldnode verify");
  describe_common(app, options);
  if (auto const over = parse_command_line(app, args, options, console)) return *over;
  SystemRandom random;
  auto office = read_office(options.data_dir(), random);
  if (!office) return print_failure(app, office.error(), options, console);
  auto const suite = crypto::ed25519_suite();
  auto const checked =
      check_store(office->connection, *office->vault, office->identity, *suite, rules::built_in_rule_book());
  if (!checked) return print_failure(app, checked.error(), options, console, kExitFailed);
  options.json ? print_json_line(view_of(*checked, office->identity), console) : print_text(*checked, console);
  return kExitDone;
}

}  // namespace fieldnode::office
