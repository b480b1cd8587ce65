#include "node/office/journal_state.h"

namespace fieldnode::office {

Epoch JournalState::live() { return connection_.prepare("SELECT journal_epoch FROM identity").one<Epoch>(); }

void JournalState::go_on_in(Epoch journal) {
  connection_.prepare("UPDATE identity SET journal_epoch = :epoch").bind(":epoch", journal).run();
  note_journals_unknown();
}

bool JournalState::journals_known() {
  return connection_.prepare("SELECT journals_known FROM journal_state").one<bool>();
}

void JournalState::note_journals_known() { connection_.execute("UPDATE journal_state SET journals_known = 1"); }

void JournalState::note_journals_unknown() { connection_.execute("UPDATE journal_state SET journals_known = 0"); }

}  // namespace fieldnode::office
