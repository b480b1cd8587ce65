#include "node/office/settings.h"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <charconv>

namespace fieldnode::office {
namespace {

constexpr std::int64_t kReplyBudgetLeast = 1024;
constexpr std::int64_t kReplyBudgetMost = 4 * 1024 * 1024;

Refusal bad_settings(std::filesystem::path const& path, std::string_view what) {
  return refuse("bad_settings", fmt::format("{}: {}.", path.native(), what));
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  auto const read = std::from_chars(text.data(), text.data() + text.size(), port);
  if (text.empty() || read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
  return port;
}

Result<OfficeSettings> read_table(std::filesystem::path const& path, toml::table const& table) {
  OfficeSettings settings;
  for (auto const& [key, value] : table) {
    if (key.str() == "page" && value.is_string()) {
      auto const page = parse_page_address(value.value_or(std::string()));
      if (!page) return bad_settings(path, page.error().sentence);
      settings.page = *page;
    } else if (key.str() == "reply_budget_bytes" && value.is_integer()) {
      auto const bytes = value.value_or(std::int64_t{0});
      if (bytes < kReplyBudgetLeast || bytes > kReplyBudgetMost) {
        return bad_settings(path,
                            fmt::format("reply_budget_bytes must be {} to {}", kReplyBudgetLeast, kReplyBudgetMost));
      }
      settings.reply_budget_bytes = static_cast<std::size_t>(bytes);
    } else {
      return bad_settings(path, fmt::format("'{}' is no setting, or its value has another type; there are page "
                                            "(a text) and reply_budget_bytes (a number)",
                                            key.str()));
    }
  }
  return settings;
}

}  // namespace

Result<PageAddress> parse_page_address(std::string_view text) {
  auto const colon = text.rfind(':');
  auto const port = colon == std::string_view::npos ? std::nullopt : parse_port(text.substr(colon + 1));
  auto host = text.substr(0, port ? colon : 0);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  if (!port || host.empty()) {
    return refuse("bad_address", fmt::format("'{}' is no address: write it like 127.0.0.1:8451", text));
  }
  return PageAddress{std::string(host), *port};
}

Result<OfficeSettings> load_settings(std::filesystem::path const& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return OfficeSettings{};
  try {
    return read_table(path, toml::parse_file(path.native()));
  } catch (toml::parse_error const& error) {
    return bad_settings(path, fmt::format("line {}: {}", error.source().begin.line, error.description()));
  }
}

}  // namespace fieldnode::office
