#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "node/db/connection.h"
#include "node/lists/contact_vault.h"
#include "node/lists/entry_rows.h"
#include "node/lists/list_register.h"
#include "node/lists/named_blobs.h"
#include "node/lists/stored_entry.h"
#include "sync/engine/journal.h"
#include "sync/rules/assignment.h"
#include "sync/rules/replay.h"
#include "sync/wire/entry.h"

/// The two append-only lists on SQLite. Both ends keep both lists (the office its journal and the unit's feed, the
/// centre those of every unit), with the same tables and the same fold; so the code stands once, below both.
namespace fieldnode::lists {

/// A unit's lists in one database. Every call runs in the caller's transaction on `connection`; nothing is remembered
/// between calls, so a rolled-back transaction leaves nothing behind.
/// Errors: a broken database throws, naming the place; a contact part is sealed and opened by `vault`.
/// Thread: the connection's.
class EntryLists {
 public:
  EntryLists(db::Connection& connection, ContactVault& vault, UnitId unit);

  /// Registers a list after all others of its kind, and ends the run of the one before as far as it is held. Nothing
  /// changes if it is there.
  void open(wire::ListName const& list);
  /// Takes the journal's entries after `seq` away, and the journal with its last entry. Only for acts that no other end
  /// has ever held, and that are appended again elsewhere in the same transaction. Gives them, in order.
  [[nodiscard]] std::vector<StoredEntry> cut(Epoch journal, std::uint64_t seq);
  /// The unit's journals as the centre registered them, before the live one. Shape: all are held, and no other is.
  void arrange(std::vector<rules::EpochOrder::Run> const& journals) { register_.arrange(journals); }
  /// Says how far a list runs, where the other end has said so: what stands beyond is aside, and is not folded. A feed
  /// needs no such word, the next feed's opening has it.
  void end_run(wire::ListName const& list, std::uint64_t end);
  /// The newest list of the kind; nothing before the first `open`.
  [[nodiscard]] std::optional<engine::ListHead> head(wire::ListKind kind);
  /// The list of that epoch; nothing where it is not held.
  [[nodiscard]] std::optional<engine::ListHead> head(wire::ListKind kind, Epoch epoch);
  /// The feeds in their order, and how far each counts.
  [[nodiscard]] std::vector<rules::EpochOrder::Run> feed_runs() { return register_.runs(wire::ListKind::kFeed); }
  /// The assignments of which other entries of the feeds count now than did with the runs of `before`: a new feed has
  /// passed entries over, or counts some that stood aside.
  [[nodiscard]] std::vector<AssignmentId> recounted(std::vector<rules::EpochOrder::Run> const& before);

  /// The assignments with feed entries that rest on acts of this journal: they count otherwise once it is known. Reads
  /// the skeletons of the whole feed.
  [[nodiscard]] std::vector<AssignmentId> resting_on(Epoch journal);

  /// Appends an entry made here to the newest list of the kind: encodes once, salts, chains. A list is opened first.
  /// Errors: `entry_too_large`; `missing_salt_keys` when body or contact say something and the dispatch (unit-wide: the
  /// list's opening) is not held or brings no keys.
  [[nodiscard]] Result<StoredEntry> append(wire::ListKind kind, NewEntry entry);
  /// Appends an entry received and verified elsewhere, byte for byte, to the list that its place names. One that is
  /// held ahead keeps its row and gets its place in the chain.
  /// Shape: the list is open and the entry follows its head.
  void append_received(wire::ListKind kind, StoredEntry const& entry);

  /// Keeps an entry of a feed that stands further on than the feed is held: folds count it at once, the chain when
  /// `append_received` comes to its place. There is one row for it whichever way it comes, so nothing is counted twice.
  /// Shape: the list is open; its hash is not known and not read. An entry that is held already changes nothing.
  void append_ahead(StoredEntry const& entry);
  /// True when an entry is held ahead at the place, and is another one.
  [[nodiscard]] bool contradicts_ahead(Position at, Hash const& leaf);
  /// The seqs of such entries of the newest feed, rising.
  [[nodiscard]] std::vector<std::uint64_t> ahead();
  /// Up to where all on the assignment and all rules are known by them: whoever sends an assignment ahead sends it
  /// whole. 0 if nothing on it is held ahead.
  [[nodiscard]] std::uint64_t last_ahead(AssignmentId assignment);

  /// Entries of the newest list of the kind after `seq`: at least one if any, then as many as fit `budget_bytes`.
  [[nodiscard]] std::vector<wire::EncodedEntry> after(wire::ListKind kind, std::uint64_t seq, std::size_t budget_bytes);
  /// The same of the list that the place names; nothing where there is no such list.
  [[nodiscard]] std::vector<wire::EncodedEntry> after(wire::ListKind kind, Position at, std::size_t budget_bytes);
  /// The same for an end whose feed may have been another one: with salts as an entry that is made now has them.
  [[nodiscard]] std::vector<wire::EncodedEntry> lasting_after(wire::ListKind kind, Position at,
                                                              std::size_t budget_bytes);
  /// The chain at a place of whichever list; nothing where it is not held so far.
  [[nodiscard]] std::optional<Hash> hash_at(wire::ListKind kind, Position at);
  /// Their skeletons, at most `most`.
  [[nodiscard]] std::vector<rules::Placed> skeletons_after(wire::ListKind kind, std::uint64_t seq, std::size_t most);
  /// The newest list's chain after `seq`; 0: its start.
  [[nodiscard]] std::optional<Hash> hash_at(wire::ListKind kind, std::uint64_t seq);
  [[nodiscard]] std::optional<StoredEntry> entry_at(wire::ListKind kind, Position at);
  [[nodiscard]] std::optional<rules::Skeleton> skeleton_at(wire::ListKind kind, Position at);

  /// The salt keys that entries of `kind` on `assignment` are salted with: those of its first dispatch in the feed.
  /// None: those of the opening of the newest list of the kind. Nothing when they are not held, or destroyed.
  [[nodiscard]] std::optional<wire::SaltKeys> keys_of(wire::ListKind kind, AssignmentId assignment);

  /// Those in the contact part of the list's first entry.
  [[nodiscard]] std::optional<wire::SaltKeys> opening_keys(wire::ListKind kind, Epoch epoch);

  /// All entries on an assignment, in the order of the lists, each list in order.
  [[nodiscard]] std::vector<StoredEntry> entries_of(wire::ListKind kind, AssignmentId assignment);
  /// The entries of one kind on the unit as a whole, in the same order.
  [[nodiscard]] std::vector<StoredEntry> unit_entries(wire::ListKind kind, rules::EntryKind of);
  /// What was last said of the unit as a whole, by either side, at most `most`: by its moment, the newest first.
  [[nodiscard]] std::vector<StoredEntry> unit_log(std::size_t most);
  /// The policies and calendars that the feed has brought, in its order.
  [[nodiscard]] std::vector<StoredEntry> published_rules();
  /// The chain's hash at the last of them, which names them all; nothing if there is none.
  [[nodiscard]] std::optional<Hash> published_rules_name();
  /// The fold of the assignment; nothing if there is no entry on it.
  [[nodiscard]] std::optional<rules::AssignmentState> fold(AssignmentId assignment);
  /// The facts of the unit as a whole, without its assignments.
  [[nodiscard]] rules::UnitState unit_facts();
  /// The whole unit replayed from its first entry up to and with the given places (nothing: all). A place in a list
  /// that is not held stands before every entry. For `verify` and the digest. Holds the skeletons of one assignment at
  /// a time, beside the result.
  [[nodiscard]] rules::UnitState replay(std::optional<Position> feed_upto, std::optional<Position> acts_upto);

  /// Walks both chains from their first entries: every leaf and hash recomputed.
  /// Errors: `chain_broken` names list, seq and what differs.
  [[nodiscard]] Result<void> verify();

  /// Writes the salts of the journals' entries on the assignment out beside them: the other end has no keys of an
  /// assignment whose dispatch it has lost, and takes no entry whose leaf it cannot compute. No leaf changes.
  void write_out_salts(AssignmentId assignment);

  /// Retention: reduces every contact part on the assignment to its inner hash and destroys the data key. Bodies stay,
  /// with their salts beside them; no leaf changes. Source: requirements K8.
  void erase_contacts(AssignmentId assignment);
  /// Does what the redact at `at` in the feed orders: the target's body is reduced to its inner hash, and the salt keys
  /// before the redact are destroyed, with the contact parts that brought them (the redact brings the contact again
  /// where it is still needed). No leaf changes; doing it twice changes nothing more, so it is done again after a
  /// restore. Errors: `no_such_redact`; `redact_target_missing` with all the rest done. Source: requirements N5.
  [[nodiscard]] Result<void> apply_redact(Position at);

 private:
  struct Held {
    ListRow list;
    StoredEntry entry;
  };
  /// How an entry is salted. `written_out`: it carries its salts, because after a restore the other end may not have
  /// the keys.
  struct Salting {
    std::optional<wire::SaltKeys> keys;
    bool written_out{};
  };
  [[nodiscard]] std::vector<wire::EncodedEntry> after(ListRow const& list, std::uint64_t seq, std::size_t budget_bytes);
  /// Every entry on the assignment, feeds first, the salts of whole parts written out.
  [[nodiscard]] std::vector<Held> with_salts(AssignmentId assignment);
  [[nodiscard]] Salting salting_of(ListRow const& list, AssignmentId assignment);
  [[nodiscard]] std::uint64_t next_number(wire::ListKind kind, AssignmentId assignment);
  [[nodiscard]] std::vector<rules::Placed> placed(wire::ListKind kind, AssignmentId assignment);
  void store(ListRow const& list, StoredEntry const& entry);
  void advance(ListRow const& list, StoredEntry const& entry);

  db::Connection& connection_;
  ContactVault& vault_;
  UnitId unit_;
  ListRegister register_;
  EntryRows rows_;
  NamedBlobs names_;
};

}  // namespace fieldnode::lists
