#include "tests/bench/programs/tun.h"

#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "sync/base/result.h"

namespace fieldnode::bench {
namespace {

[[noreturn]] void broken(std::string const& what) { throw BrokenWorld(what + ": " + std::strerror(errno)); }

}  // namespace

Tun::Tun(std::string const& name) : descriptor_(::open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC)) {
  if (descriptor_ < 0) broken("/dev/net/tun");
  ifreq request{};
  request.ifr_flags = IFF_TUN | IFF_NO_PI;
  name.copy(request.ifr_name, IFNAMSIZ - 1);
  if (::ioctl(descriptor_, TUNSETIFF, &request) != 0) broken("interface " + name);
}

Tun::~Tun() { ::close(descriptor_); }

std::span<std::uint8_t const> Tun::read(std::span<std::uint8_t> buffer) const {
  auto const n = ::read(descriptor_, buffer.data(), buffer.size());
  return n <= 0 ? std::span<std::uint8_t const>{} : buffer.first(static_cast<std::size_t>(n));
}

void Tun::write(std::span<std::uint8_t const> packet) const {
  auto const written = ::write(descriptor_, packet.data(), packet.size());
  static_cast<void>(written);
}

void enter_own_network() {
  if (::unshare(CLONE_NEWNET) != 0) broken("a network namespace");
}

}  // namespace fieldnode::bench
