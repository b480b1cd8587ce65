#include "node/central/commands.h"

#include "node/central/aside_command.h"
#include "node/central/backup_command.h"
#include "node/central/bundle_command.h"
#include "node/central/city_key_command.h"
#include "node/central/desk_commands.h"
#include "node/central/enrolment_file_command.h"
#include "node/central/export_command.h"
#include "node/central/import_command.h"
#include "node/central/init_command.h"
#include "node/central/rules_command.h"
#include "node/central/serve_command.h"
#include "node/web/answers.h"
#include "node/web/failures.h"

namespace fieldnode::central {

cli::Program program() {
  return {
      .root = {.name = "fieldnode-central",
               .summary = "the city's side: a small platform, or the gateway in front of one",
               .commands = {init_command(), serve_command(), backup_command(), restore_command(), unit_command(),
                            enrol_code_command(), enrol_file_command(), node_command(), aside_command(),
                            city_key_command(), import_command(), user_command(), status_command(), clock_command(),
                            policy_command(), calendar_command(), verify_command(), bundle_command(),
                            export_command()}},
      .version = FIELDNODE_VERSION,
      .sentence = web::sentence_of,
      .is_failure = web::is_failure,
  };
}

}  // namespace fieldnode::central
