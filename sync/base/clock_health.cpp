#include "sync/base/clock_health.h"

#include <sys/timex.h>

namespace fieldnode {

bool KernelClockHealth::is_synchronised() const {
  timex state{};  // modes 0: asks, sets nothing
  int const answer = ::adjtimex(&state);
  return answer != -1 && answer != TIME_ERROR && (state.status & STA_UNSYNC) == 0;
}

}  // namespace fieldnode
