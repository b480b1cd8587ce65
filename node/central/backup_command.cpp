#include "node/central/backup_command.h"

#include <fmt/format.h>

#include <boost/json/object.hpp>

#include "node/central/central_backup.h"
#include "node/cli/call.h"
#include "node/cli/recovery_key_input.h"
#include "node/lists/recovery_key.h"

namespace fieldnode::central {
namespace {

Result<void> back_up(cli::Call const& call) {
  SystemRandom random;
  auto const file = call.text("FILE");
  auto const which =
      call.has("--without-attachments") ? blobs::InBackup::kNoAttachments : blobs::InBackup::kAttachments;
  auto const made = back_up_city(CityPaths(call.text("--dir")), file, which, random);
  if (!made) return made.error();
  boost::json::object view{
      {"file", file},
      {"units", made->units},
      {"entries", made->entries},
      {"attachments", {{"held", made->attachments.held}, {"left_out", made->attachments.left_out}}},
      {"recovery_key", nullptr}};
  auto text = fmt::format("{}: {} units, {} entries, opened and recomputed. {}\n", file, made->units, made->entries,
                          blobs::sentence_of(made->attachments));
  if (!made->recovery_key.empty()) {
    view["recovery_key"] = made->recovery_key;
    text += cli::recovery_key_text(made->recovery_key);
  }
  call.answer(view, text);
  return {};
}

Result<void> restore(cli::Call const& call) {
  auto const typed = cli::read_recovery_key_input(call);
  if (!typed) return typed.error();
  auto const recovery = lists::read_recovery_key(*typed);
  if (!recovery) return recovery.error();
  SystemClock const clock;
  SystemRandom random;
  auto const dir = call.text("--dir");
  auto const restored = restore_city(call.text("FILE"), CityPaths(dir), *recovery, clock, random);
  if (!restored) return restored.error();
  auto const& files = restored->attachments;
  call.answer(
      {{"dir", dir}, {"units", restored->units}, {"attachments", {{"named", files.named}, {"here", files.here}}}},
      fmt::format("{} is the city again. Nothing is said to its {} units until their nodes have reported what "
                  "was lost since the backup. {}\n",
                  dir, restored->units, blobs::sentence_of_restored(files)));
  return {};
}

}  // namespace

cli::Command backup_command() {
  return {
      .name = "backup",
      .summary = "database, keys and attachments in one sealed file, while the service runs",
      .options = {{.name = "FILE", .value = "FILE", .text = "the file to make", .required = true},
                  cli::data_directory("the city's data directory"),
                  {.name = "--without-attachments", .text = "leave out what may be large"}},
      .run = back_up,
  };
}

cli::Command restore_command() {
  return {
      .name = "restore",
      .summary = "make a city's directory out of a backup",
      .options = {{.name = "FILE", .value = "FILE", .text = "the backup", .required = true},
                  cli::data_directory("the directory to make; it must be empty or not there"),
                  cli::recovery_key_option()},
      .run = restore,
  };
}

}  // namespace fieldnode::central
