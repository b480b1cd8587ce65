#include "node/cli/call.h"

#include <fmt/ostream.h>

#include <boost/json/serialize.hpp>
#include <charconv>
#include <mutex>

#include "sync/base/check.h"

namespace fieldnode::cli {

std::vector<std::string> const& Call::texts(std::string_view option) const {
  auto const found = values_.find(option);
  check(found != values_.end(), "a command asks for an option that it has not");
  return found->second;
}

std::string Call::text(std::string_view option) const {
  auto const& values = texts(option);
  return values.empty() ? std::string{} : values.front();
}

std::uint64_t Call::number(std::string_view option) const {
  auto const digits = text(option);
  std::uint64_t number = 0;
  auto const read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  check(read.ec == std::errc{}, "only an option with a range is a number");
  return number;
}

void Call::answer(boost::json::object const& json, std::string_view text) const {
  if (has(json_option().name)) {
    fmt::print(console_.out, "{}\n", boost::json::serialize(json));
  } else {
    fmt::print(console_.out, "{}", text);
  }
  console_.out.flush();
  has_answered_ = true;
}

std::function<void(std::string_view)> Call::log() const {
  return [path = path_, &err = console_.err, mutex = std::make_shared<std::mutex>()](std::string_view what) {
    std::lock_guard const lock(*mutex);
    fmt::print(err, "{}: {}\n", path, what);
  };
}

}  // namespace fieldnode::cli
