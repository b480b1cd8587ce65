#include "tests/sim/planted.h"

namespace fieldnode::sim {
namespace {

/// The one thing that mutated code can reach; the simulator has one thread.
std::string_view& present() {
  static std::string_view bug;
  return bug;
}

}  // namespace

bool planted(std::string_view bug) { return present() == bug; }

Planting::Planting(std::string_view bug) { present() = bug; }

Planting::~Planting() { present() = {}; }

}  // namespace fieldnode::sim
