#include "sync/engine/phone_digits.h"

#include <fmt/format.h>

#include "sync/base/check.h"
#include "sync/crypto/digits.h"
#include "sync/engine/phone_receipt.h"
#include "sync/rules/civil.h"

namespace fieldnode::engine {
namespace {

using crypto::number_of;
using crypto::padded;

/// Below 10^12 acts a code stays short enough to be read out.
constexpr std::size_t kSeqDigitsMost = 12;
constexpr std::size_t kMomentDigits = 10;

enum class Spoken : std::uint8_t { kChallenge = 1, kCode = 2, kAnswer = 3 };

std::string context_of(Spoken what, NodeId node) { return fmt::format("{}{}", static_cast<int>(what), node.value); }

Refusal wrong_length(std::string_view what) {
  return refuse("bad_digits",
                fmt::format("The digits cannot be right: {} Read them out again, then type them again.", what));
}

/// 261126 1437 in +08:00. Two digits name a year of this century.
std::string moment_digits(UtcTime minute) {
  auto const text = rules::format_moment(minute);  // 2026-11-26T14:37:00+08:00
  return text.substr(2, 2) + text.substr(5, 2) + text.substr(8, 2) + text.substr(11, 2) + text.substr(14, 2);
}

Result<UtcTime> read_moment(std::string_view digits) {
  auto const pair = [&](std::size_t i) { return digits.substr(2 * i, 2); };
  auto const read = rules::parse_moment(fmt::format("20{}-{}-{}T{}:{}", pair(0), pair(1), pair(2), pair(3), pair(4)));
  if (!read) return wrong_length("the first ten are no day and time.");
  return *read;
}

}  // namespace

std::string challenge_digits(NodeId node, std::uint64_t challenge) {
  auto const digits = padded(challenge, kPhoneChallengeDigits);
  return crypto::in_groups(crypto::with_check_digits(digits, context_of(Spoken::kChallenge, node)), {5});
}

Result<std::uint64_t> read_challenge(NodeId node, std::string_view typed) {
  auto const digits = crypto::read_check_digits(typed, context_of(Spoken::kChallenge, node));
  if (!digits) return digits.error();
  if (digits->size() != kPhoneChallengeDigits || number_of(*digits) == 0) {
    return wrong_length("a challenge has ten, in two groups of five.");
  }
  return number_of(*digits);
}

std::string code_digits(NodeId node, SpokenCode const& code) {
  check(code.upto > 0, "a journal has its opening at least");
  auto const upto = std::to_string(code.upto);
  auto const digits = padded(code.code, kPhoneCodeDigits) + upto;
  return crypto::in_groups(crypto::with_check_digits(digits, context_of(Spoken::kCode, node)), {5, 5, 5, upto.size()});
}

Result<SpokenCode> read_code(NodeId node, std::string_view typed) {
  auto const digits = crypto::read_check_digits(typed, context_of(Spoken::kCode, node));
  if (!digits) return digits.error();
  auto const seq_digits = digits->size() - std::min(digits->size(), kPhoneCodeDigits);
  if (seq_digits == 0 || seq_digits > kSeqDigitsMost) {
    return wrong_length("a code has three groups of five, then the number of the last act, then two more.");
  }
  auto const upto = digits->substr(kPhoneCodeDigits);
  if (upto.front() == '0') return wrong_length("no act's number begins with 0.");
  return SpokenCode{number_of(upto), number_of(std::string_view(*digits).substr(0, kPhoneCodeDigits))};
}

std::string answer_digits(NodeId node, SpokenAnswer const& answer) {
  auto const digits = moment_digits(answer.minute) + padded(answer.mac, kPhoneAnswerDigits);
  return crypto::in_groups(crypto::with_check_digits(digits, context_of(Spoken::kAnswer, node)), {6, 4, 4, 4});
}

Result<SpokenAnswer> read_answer(NodeId node, std::string_view typed) {
  auto const digits = crypto::read_check_digits(typed, context_of(Spoken::kAnswer, node));
  if (!digits) return digits.error();
  if (digits->size() != kMomentDigits + kPhoneAnswerDigits) {
    return wrong_length("an answer has twenty: day, time and ten more.");
  }
  auto const moment = read_moment(std::string_view(*digits).substr(0, kMomentDigits));
  if (!moment) return moment.error();
  return SpokenAnswer{*moment, number_of(std::string_view(*digits).substr(kMomentDigits))};
}

}  // namespace fieldnode::engine
