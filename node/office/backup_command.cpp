#include "node/office/backup_command.h"

#include <fmt/format.h>

#include <boost/json/object.hpp>

#include "node/cli/call.h"
#include "node/cli/recovery_key_input.h"
#include "node/lists/recovery_key.h"
#include "node/office/office_backup.h"

namespace fieldnode::office {
namespace {

Result<void> back_up(cli::Call const& call) {
  SystemRandom random;
  auto const file = call.text("FILE");
  auto const which =
      call.has("--without-attachments") ? blobs::InBackup::kNoAttachments : blobs::InBackup::kAttachments;
  auto const made = back_up_office(DataDir{call.text("--dir")}, file, which, random);
  if (!made) return made.error();
  boost::json::object view{
      {"file", file},
      {"unit", made->unit_code},
      {"acts", made->journal.seq},
      {"entries", made->feed.seq},
      {"attachments", {{"held", made->attachments.held}, {"left_out", made->attachments.left_out}}},
      {"recovery_key", nullptr}};
  auto text = fmt::format("{}: {} acts and {} feed entries, opened and replayed. {}\n", file, made->journal.seq,
                          made->feed.seq, blobs::sentence_of(made->attachments));
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
  auto const done = restore_office(call.text("FILE"), DataDir{dir}, *recovery, clock, random);
  if (!done) return done.error();
  auto const& files = done->attachments;
  call.answer({{"dir", dir},
               {"unit", done->identity.unit_code},
               {"acts", done->before.seq},
               {"attachments", {{"named", files.named}, {"here", files.here}}}},
              fmt::format("{} is the node of {} ({}) again, with {} acts. Its journal goes on in a new one; what the "
                          "centre has beyond the backup comes back with the first exchange. {}\n",
                          dir, done->identity.unit_name, done->identity.unit_code, done->before.seq,
                          blobs::sentence_of_restored(files)));
  return {};
}

}  // namespace

cli::Command backup_command() {
  return {
      .name = "backup",
      .summary = "database, keys and attachments in one sealed file, while the node runs",
      .options = {{.name = "FILE", .value = "FILE", .text = "the file to make", .required = true},
                  cli::data_directory("the node's data directory"),
                  {.name = "--without-attachments", .text = "leave out what may be large"}},
      .run = back_up,
  };
}

cli::Command restore_command() {
  return {
      .name = "restore",
      .summary = "make a data directory out of a backup",
      .options = {{.name = "FILE", .value = "FILE", .text = "the backup", .required = true},
                  cli::data_directory("the directory to make; it must be empty or not there"),
                  cli::recovery_key_option()},
      .run = restore,
  };
}

}  // namespace fieldnode::office
