#pragma once

#include <string>
#include <string_view>

#include "node/office/identity.h"
#include "sync/base/result.h"

namespace fieldnode::office {

/// What the centre says to a node that it takes in. The identity lacks the centre's address and the journal's epoch,
/// which the node knows itself.
struct EnrolmentAnswer {
  OfficeIdentity identity;
  std::string certificate_pem;
  std::string ca_pem;
};

/// Errors: `bad_enrolment_answer` naming what is missing or wrong.
[[nodiscard]] Result<EnrolmentAnswer> read_enrolment_answer(std::string_view json);

}  // namespace fieldnode::office
