#pragma once

#include <string>
#include <string_view>

#include "sync/base/bytes.h"
#include "sync/base/result.h"

/// The two files of an enrolment without a line, as both ends write and read them. Source: PROTOCOL, "Enrolment by
/// file".
namespace fieldnode::web {

inline constexpr std::string_view kEnrolmentRequest = "enrolment-request/2";
inline constexpr std::string_view kEnrolmentAnswer = "enrolment-answer/2";
inline constexpr std::size_t kEnrolmentFileMaxBytes = 32 * 1024;

/// An answer with the proof that its maker knows the code's secret, so that nobody who only carries it can change it.
/// The proof is dear to compute, because a code is short: trying secrets takes a second of a core each.
[[nodiscard]] std::string seal_enrolment_answer(std::string_view answer, Hash const& secret);
/// The answer in it. Errors: `bad_enrolment_file` when it is cut short, changed, or for another code.
[[nodiscard]] Result<std::string> open_enrolment_answer(std::string_view file, Hash const& secret);

}  // namespace fieldnode::web
