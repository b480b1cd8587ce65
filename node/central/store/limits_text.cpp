#include "node/central/store/limits_text.h"

#include <boost/json.hpp>

#include "sync/base/result.h"

namespace fieldnode::central {

std::string text_of(std::vector<rules::OwnLimit> const& limits) {
  boost::json::array rows;
  for (auto const& limit : limits) {
    rows.push_back({{"clock", static_cast<int>(limit.clock)},
                    {"count", limit.count},
                    {"unit", static_cast<int>(limit.unit)},
                    {"statute", limit.statute}});
  }
  return boost::json::serialize(rows);
}

std::vector<rules::OwnLimit> limits_of(std::string_view text) {
  std::vector<rules::OwnLimit> limits;
  boost::system::error_code failed;
  auto const parsed = boost::json::parse(text, failed);
  if (failed || !parsed.is_array()) throw BrokenWorld("a case's limits are stored as something else than a JSON array");
  for (auto const& row : parsed.get_array()) {
    limits.push_back({.clock = static_cast<rules::ClockKind>(row.at("clock").to_number<std::uint8_t>()),
                      .count = row.at("count").to_number<std::uint32_t>(),
                      .unit = static_cast<rules::LimitUnit>(row.at("unit").to_number<std::uint8_t>()),
                      .statute = std::string(row.at("statute").as_string())});
  }
  return limits;
}

}  // namespace fieldnode::central
