#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "node/lists/stored_entry.h"
#include "sync/base/bytes.h"
#include "sync/base/ids.h"
#include "sync/base/time.h"
#include "sync/crypto/suite.h"
#include "sync/rules/assignment.h"
#include "sync/wire/entry.h"
#include "sync/wire/exchange.h"

/// What the centre keeps beside the lists, as values.
namespace fieldnode::central {

struct UnitRecord {
  UnitId id{};
  std::string code;
  std::string name;
  NodeId node{};  ///< none: no program serves it yet
  std::optional<UtcTime> last_sent_at;
};

/// What a node said of itself last, and when it was here.
struct NodeNews {
  std::optional<UtcTime> last_exchange_at;
  wire::NodeStatus status;
};

enum class NodeStanding : std::uint8_t {
  kWaiting = 1,  ///< nobody has compared its fingerprint yet
  kServing = 2,
  kRefused = 3,  ///< never was in service
  kRevoked = 4   ///< by an operator, or because another took its place
};

/// That a node was refused or revoked.
struct NodeEnding {
  UtcTime at{};
  StaffId by{};
  std::string why;
};

/// A TLS certificate that a node was given after its first one. `request`: hash of what it asked with.
struct NodeCertificate {
  NodeId node{};
  Hash fingerprint{};
  Hash request{};
  std::string certificate;  ///< PEM
  UtcTime made_at{};
};

struct NodeRecord {
  NodeId id{};
  UnitId unit{};
  crypto::PublicKey public_key{};
  Epoch journal_epoch{};
  Hash fingerprint{};       ///< of its TLS client certificate
  std::string certificate;  ///< PEM
  UtcTime enrolled_at{};
  std::optional<UtcTime> confirmed_at;
  StaffId confirmed_by{};
  std::optional<UtcTime> revoked_at;  ///< or refused
  StaffId revoked_by{};
  std::string revoked_why;  ///< in a person's words; empty: another node took its place
  NodeNews news;

  [[nodiscard]] NodeStanding standing() const {
    if (revoked_at) return confirmed_at ? NodeStanding::kRevoked : NodeStanding::kRefused;
    return confirmed_at ? NodeStanding::kServing : NodeStanding::kWaiting;
  }
};

/// How many assignments a unit was given.
struct UnitFigures {
  std::uint64_t assignments{};
  std::uint64_t open{};
  std::uint64_t awaiting{};  ///< those on which something waits for the centre
};

/// Something about a unit's lists that an operator must know and cannot see in them.
struct UnitAlarm {
  std::string code;
  std::uint64_t subject{};    ///< the epoch, the assignment or the node that it is about
  std::uint64_t first_seq{};  ///< the places that it is about; 0: none
  std::uint64_t last_seq{};
  UtcTime at{};
  friend bool operator==(UnitAlarm const&, UnitAlarm const&) = default;
};

/// A unit with the node that serves it, for the fleet page.
struct UnitOverview {
  UnitRecord unit;
  std::optional<NodeRecord> node;
  UnitFigures figures{};
  bool awaits_report{};  ///< the city was restored, and its node has not reported since
  std::vector<UnitAlarm> alarms{};
};

/// Shape: `locator` is the secret's first two bytes.
struct CodeRecord {
  std::uint16_t locator{};
  UnitId unit{};
  Hash secret_hash{};
  UtcTime made_at{};
  UtcTime expires_at{};
  std::uint32_t wrong_tries{};
  std::optional<crypto::PublicKey> used_key;
  NodeId used_node{};
};

enum class CaseState : std::uint8_t {
  kNew = 1,
  kDispatched = 2,
  kClosed = 3,
  kIncomplete = 4,  ///< N8: waits for missing elements
  kRefused = 5,     ///< N1 to N9
  kMerged = 6       ///< K7: part of another case
};

enum class RefusalStanding : std::uint8_t {
  kPending = 1,  ///< N7: waits for the second person
  kStands = 2,
  kDenied = 3,  ///< by the second person
  kEnded = 4    ///< the case was completed or merged, or refused anew
};

/// That the city does not take a case, and what the caller was told. Source: requirements N1 to N10.
struct CaseRefusal {
  rules::ReturnReason code{};  ///< N1 to N9
  std::string text;
  std::string referred_to;  ///< the right body, channel, emergency line or legal route
  CaseId earlier_case{};    ///< N6
  StaffId staff{};
  UtcTime at{};
  RefusalStanding standing{RefusalStanding::kStands};
  StaffId ruled_by{};
  std::optional<UtcTime> ruled_at;
  friend bool operator==(CaseRefusal const&, CaseRefusal const&) = default;
};

/// Somebody saw a citizen's data in clear.
struct UnmaskingRecord {
  CaseId case_id{};
  StaffId staff{};
  UtcTime at{};
  std::string reason;
};

/// What another system said of a case. Its times start and meet no clock.
struct CaseSource {
  std::string system;
  std::string external_id;
  UtcTime opened_at{};
  std::optional<UtcTime> closed_at;
  std::optional<UtcTime> target_at;
  std::string facts{"{}"};  ///< JSON object of strings
  Hash content_hash{};
  Hash contact_hash{};
  bool is_history{};  ///< it came as closed
  std::uint32_t updates{};
};

struct CaseRecord {
  CaseId id{};
  std::string number;
  std::string title;
  std::string text;
  std::string place;
  rules::Category category{};
  rules::CaseKind kind{};
  bool urgent{};
  bool confidential{};
  std::vector<rules::OwnLimit> limits;
  UtcTime created_at{};
  CaseState state{CaseState::kNew};
  std::optional<CaseSource> source;
  std::optional<CaseRefusal> refusal{};  ///< the one that stands or waits for its second person
  CaseId merged_into{};

  [[nodiscard]] bool refusal_pending() const { return refusal && refusal->standing == RefusalStanding::kPending; }
  /// N5: what was said is not recorded.
  [[nodiscard]] bool is_withheld() const { return refusal && refusal->code == rules::ReturnReason::kN5; }
};

using CaseContact = std::vector<wire::ContactField>;

/// One line of the projection of assignments.
struct AssignmentRow {
  AssignmentId id{};
  UnitId unit{};
  CaseId case_id{};
  std::uint32_t cycle{};
  bool lead{};
  rules::Stage stage{};
  UtcTime dispatched_at{};
  std::uint32_t return_rounds{};
  bool ruled{};
  bool awaits{};  ///< an application, a claim of `unreachable` or a conflict waits for the centre
  friend bool operator==(AssignmentRow const&, AssignmentRow const&) = default;
};

/// That an operator ruled an act in.
struct Adoption {
  Position entry{};  ///< the feed entry that carries it
  StaffId by{};
  UtcTime at{};
  std::string why;
};

/// What a revoked node delivered: kept, without effect until it is adopted.
struct AsideAct {
  std::uint64_t number{};  ///< by which people name it
  UnitId unit{};
  NodeId node{};
  lists::StoredEntry act;              ///< at its place in the node's own journal
  std::optional<UtcTime> received_at;  ///< nothing: the centre's clock was unsure
  std::optional<Adoption> adopted;
};

/// What a request that was made under a client-made id has done.
struct RequestRecord {
  std::string id;
  Hash content{};
  CaseId case_id{};
  AssignmentId assignment{};
  Position entry{};
  UtcTime at{};
};

}  // namespace fieldnode::central
