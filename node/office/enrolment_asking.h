#pragma once

#include <boost/json/object.hpp>
#include <string_view>

#include "node/office/data_dir.h"
#include "node/office/enrolment.h"
#include "sync/wire/enrolment_request.h"

/// What a node asks with when it is enrolled, over a line or by file.
namespace fieldnode::office {

/// A one-time code taken apart: which city, and the secret.
struct EnrolmentCode {
  Bytes pin;
  Bytes secret;
};

/// Errors: `bad_code`.
[[nodiscard]] Result<EnrolmentCode> read_enrolment_code(std::string_view typed);

/// Address and code, where `code` may be the text of a QR code that names both.
/// Errors: `bad_code`; `centre_missing` when neither names an address.
[[nodiscard]] Result<EnrolmentForm> whole_form(EnrolmentForm form);

/// Before anything is asked: a code is not to be spent on a directory that has its node. Errors: `already_enrolled`.
[[nodiscard]] Result<void> require_free(DataDir const& dir);

struct EnrolmentAsking {
  crypto::KeyPair keys;
  wire::EnrolmentRequest request;
};

/// Makes the directory and its keys where there are none, and signs the request.
/// Errors: `already_enrolled`, those of the files.
[[nodiscard]] Result<EnrolmentAsking> prepare_asking(DataDir const& dir, EnrolmentCode const& code, Random& random);

/// What both ways of asking say, as JSON; the code's secret is not in it.
[[nodiscard]] boost::json::object asking_view(EnrolmentAsking const& asking);

}  // namespace fieldnode::office
