#pragma once

#include "node/db/connection.h"
#include "sync/base/ids.h"

namespace fieldnode::office {

/// Table `journal_state`, and which journal is live; in the caller's transaction.
class JournalState {
 public:
  explicit JournalState(db::Connection& connection) : connection_(connection) {}

  [[nodiscard]] Epoch live();
  /// The journal that is appended to from now on; the centre is asked for those before it.
  void go_on_in(Epoch journal);
  [[nodiscard]] bool journals_known();
  void note_journals_known();
  /// The centre has lost some of what it returned, or of what was sent to it since: it is asked again.
  void note_journals_unknown();

 private:
  db::Connection& connection_;
};

}  // namespace fieldnode::office
