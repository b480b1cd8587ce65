// Preloaded into a program, puts its clocks under a test's hand. No program that is released contains or loads it.
//
// FIELDNODE_CLOCK_SHIFT: seconds by which the wall clock is moved; time since boot stays true. A test lets the centre
// dispatch hours ago with it, because no limit is shorter than an hour.
//
// FIELDNODE_CLOCKS: a folder. Its file `true_time` holds true time for all programs that look there; it stands still
// unless the test moves it. The file named after a program holds that program's machine: how far its wall clock is
// ahead of true time and when it was booted; `<program>.boot_id` is what its kernel says of itself. A program without a
// file of its name is left alone. Numbers are signed milliseconds in the machine's byte order; each is read anew
// whenever a program asks for the time.
#include <dlfcn.h>
#include <fcntl.h>
#include <link.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string>

namespace {

/// As a test writes it.
struct Machine {
  std::int64_t wall_ahead;
  std::int64_t booted_at;
};

template <class Function>
Function real(char const* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

std::string path_in_clocks(std::string const& name) {
  auto const* const folder = std::getenv("FIELDNODE_CLOCKS");
  return folder == nullptr ? std::string() : std::string(folder) + '/' + name;
}

/// What the file holds, for as long as the program runs and as it changes; null where there is none.
template <class Content>
Content const volatile* mapped(std::string const& path) {
  int const file = path.empty() ? -1 : open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return nullptr;
  void* const place = mmap(nullptr, sizeof(Content), PROT_READ, MAP_SHARED, file, 0);
  close(file);
  return place == MAP_FAILED ? nullptr : static_cast<Content const volatile*>(place);
}

class Clocks {
 public:
  [[nodiscard]] bool are_ours() const { return machine_ != nullptr && true_time_ != nullptr; }
  [[nodiscard]] std::int64_t wall() const { return *true_time_ + machine_->wall_ahead; }
  [[nodiscard]] std::int64_t since_boot() const { return *true_time_ - machine_->booted_at; }

 private:
  Machine const volatile* machine_ = mapped<Machine>(path_in_clocks(program_invocation_short_name));
  std::int64_t const volatile* true_time_ = mapped<std::int64_t>(path_in_clocks("true_time"));
};

Clocks const& clocks() {
  static Clocks const all;
  return all;
}

timespec spec_of(std::int64_t milliseconds) {
  auto const rest = ((milliseconds % 1000) + 1000) % 1000;
  return {(milliseconds - rest) / 1000, rest * 1'000'000};
}

/// The program itself comes first.
int note_first_object(dl_phdr_info* object, std::size_t, void* base) {
  *static_cast<std::uintptr_t*>(base) = object->dlpi_addr;
  return 1;
}

/// Waits are counted by the same monotonic clock, but asked for by libraries, and end by the kernel's; only what the
/// program's own text asks is an answer about time.
bool is_asked_by_program(void* caller) {
  static std::uintptr_t const base = [] {
    std::uintptr_t found = 0;
    dl_iterate_phdr(note_first_object, &found);
    return found;
  }();
  Dl_info info{};
  return dladdr(caller, &info) != 0 && reinterpret_cast<std::uintptr_t>(info.dli_fbase) == base;
}

bool answer(clockid_t id, void* caller, timespec* t) {
  if (!clocks().are_ours()) return false;
  bool const is_wall = id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE;
  bool const is_boot = id == CLOCK_BOOTTIME || (id == CLOCK_MONOTONIC && is_asked_by_program(caller));
  if (is_wall) *t = spec_of(clocks().wall());
  if (is_boot) *t = spec_of(clocks().since_boot());
  return is_wall || is_boot;
}

void shift(clockid_t id, timespec* t) {
  static auto const* const seconds = std::getenv("FIELDNODE_CLOCK_SHIFT");
  if (id == CLOCK_REALTIME && seconds != nullptr) t->tv_sec += std::atol(seconds);
}

FILE* open_file(char const* opener, char const* path, char const* mode) {
  using Open = FILE* (*)(char const*, char const*);
  if (std::strcmp(path, "/proc/sys/kernel/random/boot_id") != 0 || !clocks().are_ours()) {
    return real<Open>(opener)(path, mode);
  }
  auto const ours = path_in_clocks(std::string(program_invocation_short_name) + ".boot_id");
  return real<Open>(opener)(ours.c_str(), mode);
}

}  // namespace

extern "C" {

int clock_gettime(clockid_t id, timespec* t) noexcept {
  static auto const ask = real<int (*)(clockid_t, timespec*)>("clock_gettime");
  if (answer(id, __builtin_return_address(0), t)) return 0;
  int const result = ask(id, t);
  if (result == 0) shift(id, t);
  return result;
}

/// OpenSSL judges certificates by it.
time_t time(time_t* t) noexcept {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  if (t != nullptr) *t = now.tv_sec;
  return now.tv_sec;
}

int gettimeofday(timeval* t, void*) noexcept {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  *t = {now.tv_sec, now.tv_nsec / 1000};
  return 0;
}

FILE* fopen(char const* path, char const* mode) { return open_file("fopen", path, mode); }
FILE* fopen64(char const* path, char const* mode) { return open_file("fopen64", path, mode); }
}
