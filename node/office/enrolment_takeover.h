#pragma once

#include "node/office/enrolment_answer.h"
#include "node/office/enrolment_asking.h"
#include "node/office/node_time.h"

namespace fieldnode::office {

/// Makes the directory what the centre's answer says: certificates first, the database's identity last.
/// Errors: `bad_enrolment_answer` when the answer is another city's than the code's, or another node's; those of the
/// files and of the database.
[[nodiscard]] Result<OfficeIdentity> take_answer_over(DataDir const& dir, EnrolmentAsking const& asking,
                                                      EnrolmentCode const& code, EnrolmentAnswer const& answer,
                                                      NodeTime& time, Random& random);

}  // namespace fieldnode::office
