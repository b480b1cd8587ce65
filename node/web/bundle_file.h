#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

#include "sync/engine/bundle_port.h"

/// Bundles on a stick, the same at both ends. Whatever a stick's file system (vfat) does not know, modes, owners,
/// links, is not asked of it.
namespace fieldnode::web {

/// A bundle while it is written: under a name that ends in ".part", until it is whole and on disk.
class BundleFile final : public engine::BundleSink {
 public:
  /// `to`: the file, or a directory in which it is called `name`.
  /// Errors: `stick_not_written`.
  [[nodiscard]] static Result<std::unique_ptr<BundleFile>> create(std::filesystem::path const& to,
                                                                  std::string_view name);
  BundleFile(BundleFile const&) = delete;
  BundleFile& operator=(BundleFile const&) = delete;
  /// What was not finished goes away.
  ~BundleFile() override;

  [[nodiscard]] Result<void> put(BytesView bytes) override;
  /// Gives it its name, once it is on disk. Errors: `stick_not_written`.
  [[nodiscard]] Result<void> finish();
  [[nodiscard]] std::filesystem::path const& path() const { return path_; }

 private:
  explicit BundleFile(std::filesystem::path path);
  void close();

  std::filesystem::path path_;
  std::filesystem::path passing_;
  int descriptor_{-1};
};

/// A bundle on a stick.
class BundleFileSource final : public engine::BundleSource {
 public:
  /// Errors: `no_bundle_file`.
  [[nodiscard]] static Result<std::unique_ptr<BundleFileSource>> open(std::filesystem::path const& path);
  BundleFileSource(BundleFileSource const&) = delete;
  BundleFileSource& operator=(BundleFileSource const&) = delete;
  ~BundleFileSource() override;

  /// Errors: `stick_unreadable`, when the stick is gone.
  [[nodiscard]] Result<Bytes> take(std::size_t size) override;
  [[nodiscard]] Result<void> rewind() override;

 private:
  BundleFileSource(std::filesystem::path path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}

  std::filesystem::path path_;
  int descriptor_;
};

}  // namespace fieldnode::web
