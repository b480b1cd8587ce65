#pragma once

#include <string>
#include <string_view>

#include "node/office/enrolment.h"

/// Enrolment where there is no line: a request on a stick, an answer on the way back. The code came by another way and
/// is in neither file, so whoever carries the stick cannot use it. Source: PROTOCOL, "Enrolment by file".
namespace fieldnode::office {

/// The request's text. Code and address are kept in the directory for the answer.
/// Errors: `bad_code`, `centre_missing`, `already_enrolled`, those of the files.
[[nodiscard]] Result<std::string> ask_by_file(DataDir const& dir, EnrolmentForm const& form, Random& random);

/// Errors: `not_asked` when this directory has asked nothing, `bad_enrolment_file` (cut short, changed, or no such
/// file), `bad_enrolment_answer`, those of the files and of the database.
[[nodiscard]] Result<OfficeIdentity> take_answer_file(DataDir const& dir, std::string_view file, Clock const& clock,
                                                      Random& random);

}  // namespace fieldnode::office
