// Preloaded into a program, makes its disk fail beneath open files: what a kernel does that meets an error, and what no
// remount can do while the program runs. No program that is released contains or loads it.
//
// FIELDNODE_DISK_FAULTS: a folder. The file named after a program holds the errno (signed 64 bits in the machine's byte
// order) with which whatever would change a file fails; 0: all is well. It is read anew whenever something is written.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

std::int64_t const volatile* mapped_fault() {
  auto const* const folder = std::getenv("FIELDNODE_DISK_FAULTS");
  if (folder == nullptr) return nullptr;
  int const file = open((std::string(folder) + '/' + program_invocation_short_name).c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return nullptr;
  void* const place = mmap(nullptr, sizeof(std::int64_t), PROT_READ, MAP_SHARED, file, 0);
  close(file);
  return place == MAP_FAILED ? nullptr : static_cast<std::int64_t const volatile*>(place);
}

/// Sockets and pipes are no disk.
bool fails(int descriptor) {
  static auto const* const fault = mapped_fault();
  struct stat facts {};
  if (fault == nullptr || *fault == 0 || fstat(descriptor, &facts) != 0 || !S_ISREG(facts.st_mode)) return false;
  errno = static_cast<int>(*fault);
  return true;
}

template <class Function>
Function* real(char const* name, Function*) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" {

ssize_t write(int descriptor, void const* bytes, size_t count) {
  static auto* const next = real("write", &write);
  return fails(descriptor) ? -1 : next(descriptor, bytes, count);
}

ssize_t pwrite(int descriptor, void const* bytes, size_t count, off_t at) {
  static auto* const next = real("pwrite", &pwrite);
  return fails(descriptor) ? -1 : next(descriptor, bytes, count, at);
}

ssize_t pwrite64(int descriptor, void const* bytes, size_t count, off64_t at) {
  static auto* const next = real("pwrite64", &pwrite64);
  return fails(descriptor) ? -1 : next(descriptor, bytes, count, at);
}

int ftruncate(int descriptor, off_t length) noexcept {
  static auto* const next = real("ftruncate", &ftruncate);
  return fails(descriptor) ? -1 : next(descriptor, length);
}

int ftruncate64(int descriptor, off64_t length) noexcept {
  static auto* const next = real("ftruncate64", &ftruncate64);
  return fails(descriptor) ? -1 : next(descriptor, length);
}

int fsync(int descriptor) {
  static auto* const next = real("fsync", &fsync);
  return fails(descriptor) ? -1 : next(descriptor);
}

int fdatasync(int descriptor) {
  static auto* const next = real("fdatasync", &fdatasync);
  return fails(descriptor) ? -1 : next(descriptor);
}
}
