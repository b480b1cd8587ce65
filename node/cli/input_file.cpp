#include "node/cli/input_file.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>

namespace fieldnode::cli {

Result<std::string> read_input_file(std::string const& path, std::size_t max_bytes) {
  std::error_code unknown;
  std::ifstream file(path, std::ios::binary);
  if (!file || std::filesystem::is_directory(path, unknown)) {
    return refuse("no_file", fmt::format("'{}' cannot be read: check the path and the permissions", path));
  }
  std::string text(max_bytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (text.size() <= max_bytes) return text;
  return refuse("file_too_large", fmt::format("'{}' has more than {} bytes; it is something else", path, max_bytes));
}

}  // namespace fieldnode::cli
