#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "node/central/store/records.h"
#include "node/db/connection.h"

namespace fieldnode::central {

/// Tables `unit`, `node` and `enrolment_code`, in the caller's transaction.
class UnitRows {
 public:
  explicit UnitRows(db::Connection& connection) : connection_(connection) {}

  void add(UnitRecord const& unit, UtcTime at);
  [[nodiscard]] std::optional<UnitRecord> find(UnitId id);
  [[nodiscard]] std::optional<UnitRecord> find(std::string_view code);
  [[nodiscard]] std::vector<UnitRecord> all();
  /// True from a restore until its node has reported.
  [[nodiscard]] bool awaits_report(UnitId unit);
  /// When it was marked; before all time where an older program has done it.
  [[nodiscard]] UtcTime awaits_report_since(UnitId unit);
  /// Never sets it back.
  void note_sent(UnitId unit, UtcTime at);

  void add_node(NodeRecord const& node);
  /// Puts it in charge of its unit and ends the one before it.
  void confirm_node(NodeRecord const& node, UtcTime at, StaffId by);
  void end_node(NodeId id, NodeEnding const& ending);
  /// Did a node of the unit, waiting or not, ever offer this journal?
  [[nodiscard]] bool has_journal(UnitId unit, Epoch epoch);
  [[nodiscard]] std::optional<std::string> find_certificate(NodeId node, Hash const& request);
  void add_certificate(NodeCertificate const& certificate);
  /// By unit, then in the order of their enrolment.
  [[nodiscard]] std::vector<NodeRecord> nodes();
  [[nodiscard]] std::optional<NodeRecord> find_node(NodeId id);
  /// By any of its certificates.
  [[nodiscard]] std::optional<NodeRecord> find_node(Hash const& fingerprint);
  /// Older news than what is known changes only when the node was here last.
  void note_news(NodeId id, wire::NodeStatus const& status, UtcTime at);

  [[nodiscard]] std::optional<CodeRecord> find_code(std::uint16_t locator);
  void put_code(CodeRecord const& code);

 private:
  db::Connection& connection_;
};

}  // namespace fieldnode::central
