#pragma once

#include <memory>
#include <string>
#include <vector>

#include "node/db/inline_writer.h"
#include "node/office/office_store.h"
#include "node/office/store_check.h"
#include "sync/base/random.h"
#include "sync/crypto/seal.h"
#include "tests/support/test_clock.h"

/// An office's store in memory, and a centre's word made by hand: what comes when is under the test's control.
namespace fieldnode::office {

inline constexpr UnitId kUnit{11};
inline constexpr NodeId kNode{21};
inline constexpr Epoch kJournalEpoch{0x8000000000000001};
inline constexpr wire::ListName kFeed{wire::ListKind::kFeed, kUnit, {}, Epoch{0xF000000000000002}};
/// Monday 2026-03-02 09:00 in China.
inline constexpr std::int64_t kStartMs = 1'772'413'200'000;

[[nodiscard]] db::Connection migrated_in_memory();

/// The feed as the centre would write it.
class FeedWriter {
 public:
  explicit FeedWriter(Random& random);

  void opening();
  void dispatch(AssignmentId assignment, UtcTime at, std::string title = "路灯不亮");
  /// One of A5, which only supervisors see.
  void dispatch_confidential(AssignmentId assignment, UtcTime at, std::string title = "举报垄断");
  void entry(rules::EntryKind kind, AssignmentId assignment, rules::Payload payload, UtcTime at, Position basis = {});

  /// A policy or a calendar, with its text as the city would sign it.
  void publish(rules::EntryKind kind, std::string version, std::string document, UtcTime at);

  /// An entry as it is.
  void append(wire::EncodedEntry bytes);

  [[nodiscard]] engine::ListHead head();
  /// The entries after `seq` up to and with `upto`, as an exchange brings them.
  [[nodiscard]] std::vector<engine::FeedArrival> arrivals(std::uint64_t seq, std::uint64_t upto);

 private:
  void append_dispatch(AssignmentId assignment, rules::Dispatch const& fields, UtcTime at, std::string title);

  Random& random_;
  db::InlineWriter writer_;
  lists::ContactVault vault_;
  lists::EntryLists lists_;
};

struct OfficeWorld {
  OfficeWorld();
  /// `key` is the city's. Under the simulated suite anybody can sign for it.
  explicit OfficeWorld(crypto::PublicKey const& key);

  [[nodiscard]] Stamp stamp();
  /// An act of clerk 7, under an id of its own.
  [[nodiscard]] NewAct act(rules::EntryKind kind, AssignmentId assignment, rules::Payload payload);
  [[nodiscard]] NewAct acknowledgement(AssignmentId assignment);
  [[nodiscard]] NewAct reached(AssignmentId assignment);
  [[nodiscard]] Result<RecordedAct> append(NewAct const& act) { return store->append(act, stamp()); }

  /// What an exchange brings in which the centre holds the journal up to `journal_seq` and sends the feed up to
  /// `upto` (0: all).
  [[nodiscard]] engine::SettledExchange reply(std::uint64_t journal_seq, std::uint64_t upto = 0);
  void settle(std::uint64_t journal_seq, std::uint64_t upto = 0);

  [[nodiscard]] Truth truth(AssignmentId assignment, std::uint64_t act_seq);
  [[nodiscard]] std::uint64_t journal_seq() { return store->snapshot().journal.seq; }
  [[nodiscard]] Result<CheckedStore> check();

  test::TestClock clock{utc_from_ms(kStartMs)};
  SeededRandom random{4711};
  std::unique_ptr<crypto::SignatureSuite> suite{crypto::simulated_suite()};
  crypto::KeyPair city;
  rules::RuleBook book{rules::built_in_rule_book()};
  db::InlineWriter writer{migrated_in_memory()};
  std::unique_ptr<db::ReadPool> readers{db::ReadPool::sharing(writer.connection())};
  lists::ContactVault vault{crypto::make_seal_key(random), random};
  engine::TrustedTime time{clock, {}, {}};
  FeedWriter feed{random};
  OfficeIdentity identity;
  std::unique_ptr<OfficeStore> store;
  unsigned acts_made{};
};

}  // namespace fieldnode::office
