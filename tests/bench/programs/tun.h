#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace fieldnode::bench {

/// A network interface whose packets this program reads and writes. It lives in the network namespace in which it was
/// opened and ends with the object. Thread: one.
class Tun {
 public:
  /// Errors: a BrokenWorld where no such interface may be made.
  explicit Tun(std::string const& name);
  Tun(Tun const&) = delete;
  Tun& operator=(Tun const&) = delete;
  ~Tun();

  [[nodiscard]] int descriptor() const { return descriptor_; }
  /// The next packet; empty when there is none now.
  [[nodiscard]] std::span<std::uint8_t const> read(std::span<std::uint8_t> buffer) const;
  /// An interface that is down takes no packet: it is lost, as on any line.
  void write(std::span<std::uint8_t const> packet) const;

 private:
  int descriptor_{-1};
};

/// What this process opens from now on lies in a network of its own. Errors: a BrokenWorld without the right to.
void enter_own_network();

}  // namespace fieldnode::bench
