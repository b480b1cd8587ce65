#pragma once

#include <stdlib.h>

#include <filesystem>
#include <string>

#include "node/central/city.h"
#include "sync/base/check.h"

namespace fieldnode::central {

/// A folder of its own, gone with the object.
class TempFolder {
 public:
  TempFolder() {
    auto pattern = (std::filesystem::temp_directory_path() / "fieldnode_central_XXXXXX").string();
    check(::mkdtemp(pattern.data()) != nullptr, "no temporary folder");
    path_ = pattern;
  }
  TempFolder(TempFolder const&) = delete;
  TempFolder& operator=(TempFolder const&) = delete;
  ~TempFolder() { std::filesystem::remove_all(path_); }

  [[nodiscard]] std::filesystem::path const& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// A clock that stands where the test puts it.
class SetClock final : public Clock {
 public:
  explicit SetClock(UtcTime now) : now_(now) {}
  [[nodiscard]] UtcTime wall() const override { return now_; }
  [[nodiscard]] Milliseconds since_boot() const override { return passed_; }
  [[nodiscard]] Milliseconds awake() const override { return since_boot(); }
  [[nodiscard]] std::string boot_id() const override { return "test"; }
  void pass(Milliseconds time) {
    now_ += time;
    passed_ += time;
  }
  /// Somebody sets the wall clock.
  void jump(Milliseconds by) { now_ += by; }

 private:
  UtcTime now_;
  Milliseconds passed_{1000};
};

}  // namespace fieldnode::central
