#pragma once

#include <vector>

#include "sync/wire/exchange.h"

namespace fieldnode::engine {

/// What the assignments of one unit come to, from one reading. `feed`, `journal`: up to where the lists are held, in
/// their live epochs. `digest`: over all assignments. `page`: some of them by rising id.
struct StateReading {
  Position feed{};
  Position journal{};
  Hash digest{};
  std::vector<wire::AssignmentDigest> page;
  bool more{};  ///< others stand behind the page
};

/// The digests of assignments that a store keeps beside its rows. Implementations: both ends' SQLite stores. Source:
/// PROTOCOL, "Do both ends hold the same?".
class StateBook {
 public:
  virtual ~StateBook() = default;

  /// `page` holds at most `most` assignments behind `after`.
  [[nodiscard]] virtual StateReading read(AssignmentId after, std::size_t most) = 0;
};

}  // namespace fieldnode::engine
