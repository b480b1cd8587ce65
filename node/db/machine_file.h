#pragma once

#include "node/db/folder.h"

namespace fieldnode::db {

/// A file of the machine by its descriptor.
class MachineFile final : public File {
 public:
  /// `is_open` is false where it is missing and only to be read. Errors: a BrokenWorld with the system's reason.
  MachineFile(std::filesystem::path const& path, Folder::Use use);
  MachineFile(MachineFile const&) = delete;
  MachineFile& operator=(MachineFile const&) = delete;
  ~MachineFile() override;

  [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }
  [[nodiscard]] std::uint64_t size() override;
  [[nodiscard]] Bytes read(std::uint64_t offset, std::size_t most) override;
  [[nodiscard]] Result<void> write(std::uint64_t offset, BytesView bytes) override;
  void cut_to(std::uint64_t size) override;
  [[nodiscard]] Result<void> flush() override;

 private:
  [[noreturn]] void fail(char const* what) const;

  std::filesystem::path path_;
  int descriptor_{-1};
};

}  // namespace fieldnode::db
