#pragma once

#include <string>
#include <string_view>

#include "sync/base/result.h"

/// Address and code as one text, for a QR code that a hand scanner types in. Source: PROTOCOL, "Enrolment".
namespace fieldnode::wire {

struct EnrolmentLink {
  std::string centre;  ///< "https://centre.example:8440"
  std::string code;
};

/// `FIELDNODE://CENTRE.EXAMPLE:8440/7K3M-9QXT-...`: only characters of a QR code's small alphabet, and a scheme that no
/// telephone's browser opens.
[[nodiscard]] std::string enrolment_text(EnrolmentLink const& link);
/// Is it such a text rather than a code alone?
[[nodiscard]] bool is_enrolment_text(std::string_view typed);
/// Errors: `bad_code` when it is cut short.
[[nodiscard]] Result<EnrolmentLink> read_enrolment_text(std::string_view typed);

}  // namespace fieldnode::wire
