#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "node/db/connection.h"
#include "sync/base/bytes.h"
#include "sync/base/ids.h"

namespace fieldnode::office {

/// The ids that pages made for acts, so that a repeat does nothing twice; in the caller's transaction.
class ActIds {
 public:
  explicit ActIds(db::Connection& connection) : connection_(connection) {}

  struct Known {
    Position at{};   ///< the act
    Hash content{};  ///< hash of what was said
  };
  [[nodiscard]] std::optional<Known> find(std::string_view id);
  void keep(std::string_view id, Known const& known);
  /// The act stands elsewhere now.
  void move(Position from, Position to);

 private:
  db::Connection& connection_;
};

}  // namespace fieldnode::office
