#include "node/central/import/reject_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace fieldnode::central {
namespace {

constexpr std::size_t kWriteBytes = 64 * 1024;
/// Without the mark Excel reads UTF-8 as the local code page.
constexpr std::string_view kStart = "\xEF\xBB\xBFline,code,reason,raw\r\n";

std::filesystem::path aside_of(std::filesystem::path path) { return path += ".part"; }

void sync_folder_of(std::filesystem::path const& path) {
  auto const folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  int const handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (handle < 0) return;
  ::fsync(handle);
  ::close(handle);
}

}  // namespace

Result<RejectFile> RejectFile::create(std::filesystem::path path) {
  auto const aside = aside_of(path);
  if (std::filesystem::is_directory(path)) {
    return refuse("reject_file_unwritable",
                  fmt::format("{} is a folder; name a file for the rejected rows", path.string()));
  }
  ::unlink(aside.c_str());  // left by an import that was killed
  int const file = ::open(aside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
  if (file < 0) {
    return refuse("reject_file_unwritable",
                  fmt::format("the list of rejected rows cannot be written to {}: {}; name another file",
                              aside.string(), std::strerror(errno)));
  }
  return RejectFile(std::move(path), file);
}

RejectFile::RejectFile(std::filesystem::path path, int file)
    : path_(std::move(path)), aside_(aside_of(path_)), pending_(kStart), file_(file) {}

RejectFile::RejectFile(RejectFile&& other) noexcept
    : path_(std::move(other.path_)),
      aside_(std::move(other.aside_)),
      pending_(std::move(other.pending_)),
      count_(other.count_),
      file_(std::exchange(other.file_, -1)) {}

RejectFile::~RejectFile() {
  if (file_ < 0) return;
  ::close(file_);
  ::unlink(aside_.c_str());
}

void RejectFile::add(RejectedRow const& row) {
  pending_ += fmt::format("{},{},{},{}\r\n", row.line, spreadsheet_field(row.code), spreadsheet_field(row.reason),
                          spreadsheet_field(row.raw));
  ++count_;
  if (pending_.size() >= kWriteBytes) write_out();
}

void RejectFile::publish() {
  write_out();
  if (::fsync(file_) != 0) fail("fsync");
  if (::close(std::exchange(file_, -1)) != 0) fail("close");
  if (::rename(aside_.c_str(), path_.c_str()) != 0) fail("rename");
  sync_folder_of(path_);
}

void RejectFile::write_out() {
  std::string_view left = pending_;
  while (!left.empty()) {
    auto const written = ::write(file_, left.data(), left.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("write");
    left.remove_prefix(static_cast<std::size_t>(written));
  }
  pending_.clear();
}

void RejectFile::fail(char const* what) const {
  throw BrokenWorld(
      fmt::format("the list of rejected rows {} could not be written ({}: {}); free space or name another "
                  "file, then import again",
                  path_.string(), what, std::strerror(errno)));
}

std::string spreadsheet_field(std::string_view text) {
  std::string safe;
  // Tab and CR too: spreadsheets strip them and then see the formula.
  if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) safe = "'";
  safe += text;
  if (safe.find_first_of(",\"\r\n") == std::string::npos) return safe;
  std::string quoted = "\"";
  for (char c : safe) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace fieldnode::central
