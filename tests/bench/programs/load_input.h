#pragma once

#include <string>
#include <vector>

namespace fieldnode::bench {

/// Somebody who is signed in at the page.
struct Visitor {
  std::string cookie;  ///< as the header says it: name=value
  std::string token;
};

struct Call {
  std::string method;
  std::string path;
  std::string body;  ///< JSON; empty: none
};

/// One line each: cookie, tab, token. Errors: a BrokenWorld naming the file.
[[nodiscard]] std::vector<Visitor> read_visitors(std::string const& file);
/// One line each: method, blank, path, and after a tab the body. Errors: a BrokenWorld naming the file.
[[nodiscard]] std::vector<Call> read_calls(std::string const& file);

/// The bytes of a request as a browser's page on `port` of this machine would send it, on a connection that stays.
[[nodiscard]] std::string request_text(Call const& call, Visitor const& visitor, unsigned port);

}  // namespace fieldnode::bench
