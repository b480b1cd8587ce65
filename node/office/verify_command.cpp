#include "node/office/verify_command.h"

#include <fmt/format.h>

#include <boost/json/object.hpp>

#include "node/cli/call.h"
#include "node/db/health.h"
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

std::string text_of(CheckedStore const& checked) {
  return fmt::format(
      "journal      {} acts, {} delivered, {} settled\n"
      "feed         {} entries\n"
      "assignments  {}, as a replay makes them\n"
      "receipts     {}, each signed by the city\n"
      "digest       {}\n"
      "all is as it should be\n",
      checked.journal.seq, checked.covered, checked.settled, checked.feed.seq, checked.assignments, checked.receipts,
      to_hex(checked.digest));
}

Result<void> run(cli::Call const& call) {
  SystemRandom random;
  auto office = read_office(DataDir{call.text("--dir")}, random);
  if (!office) return office.error();
  auto const suite = crypto::ed25519_suite();
  auto const checked =
      check_store(office->connection, *office->vault, office->identity, *suite, rules::built_in_rule_book());
  if (!checked) return checked.error();
  // Last: what the lists prove is told by its place, and this finds what no list stands behind.
  if (auto const whole = db::require_whole(office->connection); !whole) return whole.error();
  call.answer(view_of(*checked, office->identity), text_of(*checked));
  return {};
}

}  // namespace

cli::Command verify_command() {
  return {
      .name = "verify",
      .summary = "prove chains, receipts and lists",
      .options = {cli::data_directory("the node's data directory")},
      .run = run,
  };
}

}  // namespace fieldnode::office
