#pragma once

#include <string>

#include "node/office/data_dir.h"
#include "node/office/identity.h"
#include "sync/base/clock.h"

namespace fieldnode::office {

/// What the operator of the office types.
struct EnrolmentForm {
  std::string centre;  ///< "https://centre.example:8440"
  std::string code;    ///< the one-time code
};

/// Makes this directory a node that waits: once somebody at the centre has compared its fingerprint it is the unit's.
/// The code pins the city's CA, so the first contact can be made over any network. A failure at any point leaves files
/// that the next attempt uses: the same keys ask again, and the centre gives the same answer as long as it is the same
/// key. The database gets its identity last. Errors: `bad_code`, `bad_url`, `already_enrolled`; the centre's
/// `wrong_code`, `code_expired`, `code_used`, `too_many_tries`; those of the HTTPS client (`unreachable`, `wrong_ca`,
/// ...), of the files and of the database; `bad_enrolment_answer`.
[[nodiscard]] Result<OfficeIdentity> enrol(DataDir const& dir, EnrolmentForm const& form, Clock const& clock,
                                           Random& random);

}  // namespace fieldnode::office
