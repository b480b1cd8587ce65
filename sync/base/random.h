#pragma once

#include <cstdint>
#include <span>

namespace fieldnode {

/// The only source of chance. Tests pass a seeded one and print the seed.
class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::uint8_t> out) = 0;

  /// 64 uniform bits.
  [[nodiscard]] std::uint64_t bits64();
  /// Uniform in [0, bound). `bound` must not be 0.
  [[nodiscard]] std::uint64_t below(std::uint64_t bound);
};

/// The kernel's generator; fit for keys.
class SystemRandom final : public Random {
 public:
  void fill(std::span<std::uint8_t> out) override;
};

/// xoshiro256** from a seed: repeatable, never for keys outside tests.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed);
  void fill(std::span<std::uint8_t> out) override;

 private:
  std::uint64_t next();
  std::uint64_t state_[4]{};
};

}  // namespace fieldnode
