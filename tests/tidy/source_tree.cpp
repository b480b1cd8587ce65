#include "tests/tidy/source_tree.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

namespace fieldnode::tidy {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kContentMaxBytes = 1 << 20;

bool is_foreign_folder(fs::path const& folder) {
  static std::set<std::string> const kForeign{"build", "node_modules", "dist", ".git", ".cache", "__pycache__"};
  return kForeign.contains(folder.filename().string());
}

std::string read_text(fs::path const& path) {
  if (fs::file_size(path) > kContentMaxBytes) return {};
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  return text.find('\0') == std::string::npos ? text : std::string{};
}

}  // namespace

Tree read_tree(fs::path const& root) {
  Tree tree;
  for (auto entry = fs::recursive_directory_iterator(root); entry != fs::end(entry); ++entry) {
    if (entry->is_directory() && is_foreign_folder(entry->path())) {
      entry.disable_recursion_pending();
    } else if (entry->is_regular_file() && entry->path().filename() != ".git") {
      tree.emplace(fs::relative(entry->path(), root).generic_string(), read_text(entry->path()));
    }
  }
  return tree;
}

std::string report(Violations const& violations) {
  std::ostringstream out;
  for (auto const& violation : violations) {
    out << violation.file << ':' << violation.line << ": " << violation.sentence << '\n';
  }
  return out.str();
}

bool is_under(std::string_view path, std::string_view folder) {
  if (folder.ends_with('/')) folder.remove_suffix(1);
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

bool is_under_any(std::string_view path, std::vector<std::string_view> const& folders) {
  return std::ranges::any_of(folders, [&](auto folder) { return is_under(path, folder); });
}

bool ends_with_any(std::string_view path, std::vector<std::string_view> const& endings) {
  return std::ranges::any_of(endings, [&](auto ending) { return path.ends_with(ending); });
}

bool is_cpp(std::string_view path) { return ends_with_any(path, {".cpp", ".h"}); }

bool is_product_code(std::string_view path) { return is_cpp(path) && is_under_any(path, {"sync", "node"}); }

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    auto const end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::size_t line_at(std::string_view text, std::size_t offset) {
  auto const before = text.substr(0, offset);
  return 1 + static_cast<std::size_t>(std::ranges::count(before, '\n'));
}

}  // namespace fieldnode::tidy
