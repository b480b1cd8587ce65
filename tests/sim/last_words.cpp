#include "tests/sim/last_words.h"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>

#include "sync/base/check.h"

namespace fieldnode::sim {
namespace {

/// A handler of signals reaches nothing else.
std::string& words_now() {
  static std::string words;
  return words;
}

extern "C" void say_and_leave(int) {
  auto const& words = words_now();
  // Nobody is left to hear that it failed.
  [[maybe_unused]] auto const written = ::write(STDOUT_FILENO, words.data(), words.size());
  ::_exit(1);
}

}  // namespace

LastWords::LastWords(std::string words) {
  std::fflush(stdout);
  words_now() = std::move(words);
  for (auto const signal : {SIGABRT, SIGSEGV}) std::signal(signal, say_and_leave);
}

LastWords::~LastWords() {
  for (auto const signal : {SIGABRT, SIGSEGV}) std::signal(signal, SIG_DFL);
}

bool is_well_in_child(std::function<bool()> const& work) {
  std::fflush(stdout);
  auto const child = ::fork();
  check(child >= 0, "no process can be started");
  if (child == 0) {
    bool const well = work();
    std::fflush(stdout);
    ::_exit(well ? 0 : 1);
  }
  int status = 0;
  check(::waitpid(child, &status, 0) == child, "a child of this process has ended");
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace fieldnode::sim
