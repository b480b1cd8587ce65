#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "node/db/connection.h"
#include "sync/base/ids.h"
#include "sync/base/time.h"

namespace fieldnode::central {

/// A bundle that was made for a node.
struct BundleSent {
  std::uint64_t number{};
  std::uint64_t answers{};  ///< which of the node's; 0: none
  UtcTime created_at{};
  Position upto{};                     ///< it brings the feed up to here
  std::optional<std::uint64_t> bytes;  ///< of the finished file
};

/// A bundle that came from a node and was taken in to its end.
struct BundleTaken {
  Epoch journal_epoch{};
  std::uint64_t number{};
  UtcTime created_on{};
  UtcTime taken_at{};
  std::uint64_t times{};
};

/// What a node said that it holds.
struct NodePlace {
  Position feed{};
  std::uint64_t marked_seq{};
  friend bool operator==(NodePlace const&, NodePlace const&) = default;
};

/// The last bundle to a node that has not shown yet that it holds what is in it.
struct BundleUnderWay {
  std::string unit_code;
  BundleSent bundle;
};

/// The last bundle of a node.
struct BundleArrived {
  std::string unit_code;
  BundleTaken bundle;
};

/// Tables `bundle_sent`, `bundle_taken` and `node_place`, in the caller's transaction.
class BundleRows {
 public:
  explicit BundleRows(db::Connection& connection) : connection_(connection) {}

  /// Gives it its number.
  [[nodiscard]] std::uint64_t add(NodeId node, BundleSent const& bundle);
  void finish(NodeId node, BundleSent const& bundle);
  /// Gives how often it was taken in by now.
  [[nodiscard]] std::uint64_t take(NodeId node, BundleTaken const& bundle);
  /// Of all nodes in service, by unit. A node that was heard over the line since holds it, or has asked for it anew.
  [[nodiscard]] std::vector<BundleUnderWay> under_way();
  [[nodiscard]] std::vector<BundleArrived> arrived();
  /// A place behind the one that is known is old news and changes nothing.
  void note_place(NodeId node, NodePlace const& place);
  /// Nothing before a bundle of the node came.
  [[nodiscard]] std::optional<NodePlace> place(NodeId node);

 private:
  db::Connection& connection_;
};

}  // namespace fieldnode::central
