#pragma once

#include <optional>
#include <string>

namespace fieldnode::sim {

/// The first thing that the oracle found wrong: which invariant of reliability.md, and what.
class Findings {
 public:
  void add(std::string invariant, std::string what) {
    if (!first_) first_ = std::move(invariant) + ": " + std::move(what);
  }
  [[nodiscard]] std::optional<std::string> const& first() const { return first_; }
  [[nodiscard]] bool none() const { return !first_; }

 private:
  std::optional<std::string> first_;
};

}  // namespace fieldnode::sim
