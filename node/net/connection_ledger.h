#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <string>

namespace fieldnode::net {

/// Counts open connections, in all and per holder (an address or a client certificate).
/// Thread: any.
class ConnectionLedger {
 public:
  explicit ConnectionLedger(std::size_t max) : max_(max) {}

  /// False when all places, or `holder_max` places of this holder, are taken.
  [[nodiscard]] bool enter(std::string const& holder, std::size_t holder_max);
  /// Counts a connection for another holder from now on. False, and nothing changes, when that one is full.
  [[nodiscard]] bool move(std::string const& from, std::string const& to, std::size_t to_max);
  void leave(std::string const& holder);
  [[nodiscard]] std::size_t total() const;

 private:
  void take_off(std::string const& holder);

  std::size_t const max_;
  mutable std::mutex mutex_;
  std::size_t total_ = 0;
  std::map<std::string, std::size_t> by_holder_;
};

}  // namespace fieldnode::net
