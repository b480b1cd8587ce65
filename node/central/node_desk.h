#pragma once

#include <string_view>
#include <vector>

#include "node/central/kept_outside.h"
#include "node/central/store/central_store.h"

namespace fieldnode::central {

/// A node with the unit that it serves or asks to serve.
struct UnitNode {
  UnitRecord unit;
  NodeRecord node;
  std::string fingerprint;
};

/// Says which programs are in service: takes in those whose fingerprint a person has compared with the office, turns
/// the others away, ends those that are lost. Source: PROTOCOL, "Enrolment". Thread: any.
class NodeDesk {
 public:
  /// `kept`: revocations stand there before they stand in the database, so that no older backup revives a node.
  NodeDesk(CentralStore& store, KeptOutside const& kept) : store_(store), kept_(kept) {}

  /// Before anything is served: ends the nodes that a restored backup says are in service although they were revoked.
  /// Errors: those of the file and of the database.
  [[nodiscard]] Result<void> reapply();

  /// All that ever asked; by unit, then in the order of their enrolment.
  [[nodiscard]] std::vector<UnitNode> list();

  /// `fingerprint`: as the office has read it out, typed here, so that nobody confirms what he did not compare. The
  /// unit's node before it is revoked in the same transaction. A repeat changes nothing.
  /// Errors: `bad_fingerprint`, `unknown_fingerprint`, `node_refused`, `node_revoked`.
  [[nodiscard]] Result<UnitNode> confirm(StaffId who, std::string_view fingerprint, UtcTime now);
  /// Errors: `bad_fingerprint`, `unknown_fingerprint`, `node_in_service`.
  [[nodiscard]] Result<UnitNode> refuse_node(StaffId who, std::string_view fingerprint, UtcTime now);
  /// Ends a node in service. `unit_code`: typed once more by whoever does it; `why`: shown at the centre.
  /// Errors: `no_such_node`, `wrong_unit` when the word typed is not its unit's code, `node_not_in_service`.
  [[nodiscard]] Result<UnitNode> revoke(StaffId who, NodeId node, std::string_view unit_code, std::string_view why,
                                        UtcTime now);

 private:
  using Step = std::function<Result<void>(UnitWork&, NodeRecord const&)>;
  [[nodiscard]] Result<UnitNode> with_node(UnitNode const& found, Step const& step);
  [[nodiscard]] Result<UnitNode> with_fingerprint(std::string_view typed);

  CentralStore& store_;
  KeptOutside const& kept_;
};

}  // namespace fieldnode::central
