#pragma once

#include <map>
#include <vector>

#include "node/lists/entry_lists.h"
#include "node/lists/list_register.h"
#include "node/office/identity.h"
#include "sync/engine/journal.h"

namespace fieldnode::office {

/// Puts the journals that the centre returned in their places. What this node has made and the centre does not hold is
/// appended again to the live journal, with the place where it stood first as its origin; afterwards both ends hold the
/// same journals. Where acts were made in the live journal meanwhile, it all goes on in a further one, so that what was
/// done first stands first. In the caller's transaction. Source: PROTOCOL, "Epochs".
class JournalReturn {
 public:
  JournalReturn(db::Connection& connection, lists::EntryLists& lists, OfficeIdentity const& identity);

  /// Errors: those of EntryLists::append.
  [[nodiscard]] Result<void> put_in_place(engine::ReturnedJournals const& returned);

 private:
  void align(lists::ListRow const& list, engine::ReturnedRun const& run);
  void keep_tail(std::vector<lists::StoredEntry> cut);
  void add(engine::ReturnedRun const& run);
  [[nodiscard]] Result<void> make_room(engine::ReturnedJournals const& returned);
  [[nodiscard]] Result<void> append_again(Epoch forked);
  [[nodiscard]] Result<Position> append_one(lists::StoredEntry const& act, Epoch forked);
  void find_origins();
  [[nodiscard]] std::optional<Position> same_act_held(lists::StoredEntry const& act);
  [[nodiscard]] bool may_be_one_place(Position a, Position b);

  db::Connection& connection_;
  lists::EntryLists& lists_;
  OfficeIdentity const& identity_;
  lists::ListRegister register_;
  std::vector<lists::StoredEntry> tail_;  ///< made here, not held at the centre, in the order of the making
  std::map<Position, Position> moved_;    ///< where acts stood, and stand now
  /// By the seq of the origin: origins of acts that the centre holds, and where these stand.
  std::map<std::uint64_t, std::map<Position, Position>> held_;
  std::vector<rules::EpochOrder::Run> registered_;
};

}  // namespace fieldnode::office
