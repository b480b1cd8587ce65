#include "node/office/commands.h"

#include "node/office/backup_command.h"
#include "node/office/bundle_command.h"
#include "node/office/due_command.h"
#include "node/office/enrol_command.h"
#include "node/office/epoch_command.h"
#include "node/office/export_command.h"
#include "node/office/phone_receipt_command.h"
#include "node/office/serve_command.h"
#include "node/office/status_command.h"
#include "node/office/sync_command.h"
#include "node/office/user_command.h"
#include "node/office/verify_command.h"
#include "node/office/verify_evidence_command.h"
#include "node/web/answers.h"
#include "node/web/failures.h"

namespace fieldnode::office {

cli::Program program() {
  return {
      .root = {.name = "fieldnode",
               .summary = "the program of one district office",
               .commands = {serve_command(), enrol_command(), status_command(), sync_command(), bundle_command(),
                            epoch_command(), backup_command(), restore_command(), phone_receipt_command(),
                            verify_command(), export_command(), verify_evidence_command(), user_command(),
                            due_command()}},
      .version = FIELDNODE_VERSION,
      .sentence = web::sentence_of,
      .is_failure = web::is_failure,
  };
}

}  // namespace fieldnode::office
