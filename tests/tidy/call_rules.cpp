#include "tests/tidy/call_rules.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>

#include "tests/tidy/cpp_text.h"

namespace fieldnode::tidy {
namespace {

enum class Form {
  kFunction,   ///< called plainly, as ::name or as std::name
  kQualified,  ///< called as Something::name, like steady_clock::now()
  kAnywhere,   ///< any mention, called or not
};

struct Ban {
  std::vector<std::string_view> names;
  Form form{};
  std::vector<std::string_view> homes;
  std::string_view instead;
};

std::vector<Ban> const kBans{
    {{"now"}, Form::kQualified, {"node/net", "tests/unit/net"}, "take a Clock (timers of node/net excepted)"},
    {{"time", "clock_gettime", "gettimeofday", "timespec_get", "ftime"},
     Form::kFunction,
     {"sync/base/clock.cpp"},
     "take a Clock"},
    {{"localtime", "localtime_r", "gmtime", "gmtime_r", "mktime", "timegm", "tzset", "strptime", "ctime", "asctime"},
     Form::kFunction,
     {},
     "civil time lives in sync/rules/calendar, without the machine's zone and locale"},
    {{"rand", "srand", "rand_r", "random", "srandom", "drand48", "getrandom", "getentropy", "arc4random"},
     Form::kFunction,
     {"sync/base/random.cpp"},
     "take a Random"},
    {{"random_device", "mt19937", "mt19937_64", "default_random_engine", "minstd_rand"},
     Form::kAnywhere,
     {},
     "take a Random; a test takes SeededRandom and prints the seed"},
    {{"randombytes_buf", "randombytes_random", "randombytes_uniform", "RAND_bytes"},
     Form::kFunction,
     {},
     "take a Random, so that a test can repeat it"},
    {{"sleep", "usleep", "nanosleep", "clock_nanosleep"}, Form::kFunction, {}, "wait for an event with a deadline"},
    {{"sleep_for", "sleep_until"}, Form::kAnywhere, {}, "wait for an event with a deadline"},
    {{"system", "popen", "execl", "execlp", "execv", "execvp", "fork", "vfork"},
     Form::kFunction,
     {"tests/unit"},
     "the programs start no other program"},
    {{"getenv", "secure_getenv", "setenv", "putenv"},
     Form::kFunction,
     {"node/cli/program_main.cpp", "tests/unit"},
     "read the environment in node/cli/program_main.cpp and pass the value in"},
    {{"abort"}, Form::kFunction, {"sync/base/check.cpp", "tests/unit"}, "use check() for a broken program"},
    {{"exit", "_exit", "quick_exit"},
     Form::kFunction,
     {"node/office/main.cpp", "node/central/main.cpp", "tests/unit"},
     "return an exit code to main"},
};

constexpr std::array<std::string_view, 5> kHiddenInSql{"current_timestamp", "current_date", "current_time", "'now'",
                                                       "randomblob("};

using BansByName = std::map<std::string_view, Ban const*>;

BansByName bans_by_name() {
  BansByName bans;
  for (auto const& ban : kBans) {
    for (auto const name : ban.names) bans.emplace(name, &ban);
  }
  return bans;
}

bool is_banned_form(Form form, Mention const& mention) {
  switch (form) {
    case Form::kAnywhere:
      return true;
    case Form::kQualified:
      return mention.called && mention.qualified && !mention.declared;
    case Form::kFunction:
      break;
  }
  if (!mention.called || mention.member || mention.declared) return false;
  return !mention.qualified || mention.qualifier.empty() || mention.qualifier == "std";
}

void check_calls_of_file(std::string const& path, std::string const& text, BansByName const& bans, Violations& found) {
  auto const code = code_only(text);
  for (auto const& mention : mentions_of(code)) {
    auto const ban = bans.find(mention.name);
    if (ban == bans.end() || !is_banned_form(ban->second->form, mention)) continue;
    if (is_under_any(path, ban->second->homes)) continue;
    found.push_back(
        {path, mention.line, std::string(mention.name) + " is banned here: " + std::string(ban->second->instead)});
  }
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

}  // namespace

Violations check_banned_calls(Tree const& tree) {
  static auto const kByName = bans_by_name();
  Violations found;
  for (auto const& [path, text] : tree) {
    if (is_product_code(path) || (is_cpp(path) && is_under(path, "tests/unit"))) {
      check_calls_of_file(path, text, kByName, found);
    }
  }
  return found;
}

Violations check_banned_sql(Tree const& tree) {
  Violations found;
  for (auto const& [path, text] : tree) {
    if (!is_product_code(path) && !path.ends_with(".sql")) continue;
    auto const small = lower(text);
    for (auto const word : kHiddenInSql) {
      for (auto at = small.find(word); at != std::string::npos; at = small.find(word, at + word.size())) {
        found.push_back(
            {path, line_at(small, at), std::string(word) + " hides a clock or chance in SQL: bind a parameter"});
      }
    }
  }
  return found;
}

}  // namespace fieldnode::tidy
