#pragma once

#include <cstdint>
#include <filesystem>

#include "sync/base/result.h"

namespace fieldnode::db {

/// True for the `f_type` of a file system whose locks or shared memory another machine may not honour: NFS, SMB, 9p,
/// FUSE (sshfs cannot be told from a local one), AFS, Ceph, cluster file systems.
/// Source: statfs(2); sqlite.org/wal.html, "does not work over a network filesystem".
[[nodiscard]] bool is_network_filesystem(std::uint32_t magic);

/// Errors: network_filesystem; no_data_directory when the directory of `path` is missing.
[[nodiscard]] Result<void> require_local_disk(std::filesystem::path const& path);

/// Makes `path` an empty file that only its owner may read, its name safe on disk; an existing file keeps its content
/// and loses wider permissions.
/// Errors: storage_read_only, no_data_directory, storage_failed.
[[nodiscard]] Result<void> create_private_file(std::filesystem::path const& path);

/// Makes the content of a file safe on disk. Errors: storage_failed.
[[nodiscard]] Result<void> sync_file(std::filesystem::path const& path);

/// Makes the names in `directory` safe on disk. Errors: BrokenWorld.
void sync_directory(std::filesystem::path const& directory);

/// The directory `path` stands in.
[[nodiscard]] std::filesystem::path directory_of(std::filesystem::path const& path);

/// True if this process may make files beside `path`.
[[nodiscard]] bool directory_is_writable(std::filesystem::path const& path);

/// The refusal that says why the system would not open `path` for writing. `error` is an errno.
[[nodiscard]] Refusal refuse_file(std::filesystem::path const& path, int error);

}  // namespace fieldnode::db
