#pragma once

#include <boost/system/result.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace fieldnode {

/// A refusal is a value: a stable code for programs and one sentence for a person (what, where, what to do).
struct Refusal {
  std::string code;
  std::string sentence;

  Refusal() = default;
  /// Two arguments on purpose: as an aggregate it could be made from one string, and Result<std::string> could not.
  Refusal(std::string code_text, std::string sentence_text)
      : code(std::move(code_text)), sentence(std::move(sentence_text)) {}

  friend bool operator==(Refusal const&, Refusal const&) = default;
};

/// A broken world: disk full, corrupt file, a library that gave up. Caught at a request, a sync tick or main.
class BrokenWorld : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

[[noreturn]] inline void throw_exception_from_error(Refusal const& refusal, boost::source_location const&) {
  throw std::logic_error("unchecked refusal " + refusal.code + ": " + refusal.sentence);
}

template <class T = void>
using Result = boost::system::result<T, Refusal>;

[[nodiscard]] inline Refusal refuse(std::string_view code, std::string sentence) {
  return Refusal{std::string(code), std::move(sentence)};
}

}  // namespace fieldnode
