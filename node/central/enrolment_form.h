#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "node/central/enrolment_desk.h"

/// What a program that asks to be enrolled says and is told, over a line and by file.
namespace fieldnode::central {

/// From a line: the secret is in it. Errors: `malformed_json`, `bad_field`.
[[nodiscard]] Result<EnrolmentForm> read_enrolment_form(std::string_view body);
[[nodiscard]] boost::json::object enrolment_answer_view(Enrolled const& enrolled, CityIdentity const& city);

/// The answer's text for a request's text; the node waits like any other.
struct FileAnswer {
  std::string text;
  Enrolled enrolled;
};
/// Errors: `bad_enrolment_file` when the request was cut short or changed, or made with another code; those of
/// EnrolmentDesk::enrol.
[[nodiscard]] Result<FileAnswer> answer_enrolment_file(CentralStore& store, EnrolmentDesk& desk,
                                                       CityIdentity const& city, std::string_view file, UtcTime now);

}  // namespace fieldnode::central
