#pragma once

#include <atomic>
#include <string>

namespace fieldnode::db {

/// The machine's disk under the test's hand: registered with SQLite as a VFS of its own for the life of the object.
/// While it is full, no file grows and nothing is written over.
class FullDisk {
 public:
  FullDisk();
  ~FullDisk();
  FullDisk(FullDisk const&) = delete;
  FullDisk& operator=(FullDisk const&) = delete;

  /// For OpenOptions.
  [[nodiscard]] static std::string name();
  /// Thread: any.
  void fill() { is_full_ = true; }
  void make_room() { is_full_ = false; }
  /// The disk does not answer any more, which no room mends.
  void break_down() { is_broken_ = true; }

  /// How often something was to be written while it could not.
  [[nodiscard]] unsigned refused() const { return refused_; }

 private:
  friend struct FullDiskFile;
  inline static std::atomic<bool> is_full_{false};
  inline static std::atomic<bool> is_broken_{false};
  inline static std::atomic<unsigned> refused_{0};
};

}  // namespace fieldnode::db
