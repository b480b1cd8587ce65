#pragma once

#include <map>
#include <memory>
#include <string>

#include "node/central/decision_desk.h"
#include "node/central/dispatch_desk.h"
#include "node/central/intake_desk.h"
#include "node/central/merge_desk.h"
#include "node/central/store/sqlite_central_store.h"
#include "node/central/unmasking_desk.h"
#include "node/db/inline_writer.h"
#include "node/db/read_pool.h"
#include "node/lists/contact_vault.h"
#include "sync/engine/exchange_server.h"
#include "sync/rules/rule_book.h"

/// A centre in memory, and one node's journal made by hand.
namespace fieldnode::central {

/// 2026-10-08 09:00 in +08:00, a working day.
inline constexpr UtcTime kThursday = utc_from_ms(1'791'421'200'000);

/// What a caller tells of a street lamp: category A2, a complaint.
[[nodiscard]] CaseForm lamp_form();

struct CentralWorld {
  explicit CentralWorld(std::uint64_t seed = 7,
                        std::unique_ptr<crypto::SignatureSuite> signatures = crypto::simulated_suite());

  [[nodiscard]] UnitRecord add_unit(std::string const& code);
  /// A case of category A2, a complaint.
  [[nodiscard]] CaseRecord add_case(std::string const& request_id);
  [[nodiscard]] CaseRecord add_case(std::string const& request_id, CaseForm const& form);
  [[nodiscard]] CaseRecord case_now(CaseId id) { return store.find_case(id).value(); }
  /// A request id that was not used before.
  [[nodiscard]] std::string fresh() { return "request-" + std::to_string(++requests); }
  [[nodiscard]] AssignmentId dispatched(std::string const& unit_code);
  void pass(Milliseconds time) { now += time; }

  SeededRandom random;
  rules::RuleBook book{rules::built_in_rule_book()};
  db::InlineWriter writer;
  std::unique_ptr<db::ReadPool> readers;
  lists::ContactVault vault;
  SqliteCentralStore store;
  DispatchDesk desk;
  DecisionDesk decisions;
  IntakeDesk intakes;
  MergeDesk merges;
  UnmaskingDesk unmaskings;
  std::unique_ptr<crypto::SignatureSuite> suite;
  engine::CityKey city;
  engine::ExchangeServer server;
  UtcTime now{kThursday};
  bool clock_is_sure{true};  ///< else receipts carry no times
  int requests{};
};

/// The journal of one unit's node: makes acts and the requests that bring them.
class NodeByHand {
 public:
  /// Registers the node; its journal begins with an opening.
  NodeByHand(CentralWorld& world, UnitRecord const& unit);

  /// Adds an act that knows the feed up to `known`.
  void act(rules::EntryKind kind, AssignmentId assignment, rules::Payload payload, std::uint64_t known,
           StaffId staff = {});
  /// Adds an act as it is.
  void append(wire::EncodedEntry entry);
  /// Journals that a person of the unit has this name.
  void staff_change(StaffId who, std::string const& name);
  /// Sends all acts from the last position that a receipt covered, and takes the answer in.
  [[nodiscard]] Result<wire::ExchangeReply> exchange();

  UnitRecord unit;
  NodeId node{};
  crypto::KeyPair keys;
  wire::ListName journal;
  std::vector<wire::EncodedEntry> acts;
  Hash hash{};
  std::uint64_t covered{};
  std::uint64_t marked{};
  Position feed;
  std::uint64_t anchor{};

 private:
  [[nodiscard]] std::optional<wire::SaltKeys> keys_of(AssignmentId assignment);
  void append(rules::Skeleton const& skeleton, wire::Body const& body, wire::ContactData const& contact);

  CentralWorld& world_;
  wire::SaltKeys opening_keys_;
  std::map<AssignmentId, std::uint64_t> numbers_;  ///< of the last act on each
};

}  // namespace fieldnode::central
