#include "tests/bench/programs/load_input.h"

#include <fmt/format.h>

#include <fstream>

#include "sync/base/result.h"

namespace fieldnode::bench {
namespace {

std::vector<std::string> lines_of(std::string const& file) {
  std::ifstream in(file);
  if (!in) throw BrokenWorld("cannot read " + file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty()) lines.push_back(line);
  }
  return lines;
}

/// What stands before and after the first `mark`; the second is empty where there is none.
std::pair<std::string, std::string> split(std::string const& text, char mark) {
  auto const at = text.find(mark);
  if (at == std::string::npos) return {text, ""};
  return {text.substr(0, at), text.substr(at + 1)};
}

}  // namespace

std::vector<Visitor> read_visitors(std::string const& file) {
  std::vector<Visitor> visitors;
  for (auto const& line : lines_of(file)) {
    auto [cookie, token] = split(line, '\t');
    visitors.push_back({std::move(cookie), std::move(token)});
  }
  return visitors;
}

std::vector<Call> read_calls(std::string const& file) {
  std::vector<Call> calls;
  for (auto const& line : lines_of(file)) {
    auto [head, body] = split(line, '\t');
    auto [method, path] = split(head, ' ');
    calls.push_back({std::move(method), std::move(path), std::move(body)});
  }
  return calls;
}

std::string request_text(Call const& call, Visitor const& visitor, unsigned port) {
  auto head = fmt::format(
      "{} {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nOrigin: http://127.0.0.1:{}\r\nSec-Fetch-Site: same-origin\r\n"
      "Cookie: {}\r\n",
      call.method, call.path, port, port, visitor.cookie);
  if (call.body.empty()) return head + "\r\n";
  return fmt::format("{}X-Fieldnode-Token: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{}", head,
                     visitor.token, call.body.size(), call.body);
}

}  // namespace fieldnode::bench
