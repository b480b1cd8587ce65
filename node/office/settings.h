#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "sync/base/result.h"

namespace fieldnode::office {

/// Where the page is served.
struct PageAddress {
  std::string address{"127.0.0.1"};
  std::uint16_t port{8451};  ///< 0: the system picks one
};

/// What an office may set in fieldnode.toml; an option of `serve` outranks the file.
struct OfficeSettings {
  PageAddress page;
  std::size_t reply_budget_bytes{1024 * 1024};  ///< how much one reply of the centre may bring
};

/// Reads `127.0.0.1:8451` or `[::1]:8451`. Errors: `bad_address`.
[[nodiscard]] Result<PageAddress> parse_page_address(std::string_view text);

/// The defaults where there is no file.
/// Errors: `bad_settings` naming the file, the line or key and what may stand there.
[[nodiscard]] Result<OfficeSettings> load_settings(std::filesystem::path const& path);

}  // namespace fieldnode::office
