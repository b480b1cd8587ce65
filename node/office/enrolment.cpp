#include "node/office/enrolment.h"

#include <fmt/format.h>

#include <boost/json/serialize.hpp>

#include "node/net/https_client.h"
#include "node/office/enrolment_asking.h"
#include "node/office/enrolment_takeover.h"
#include "node/office/https_transport.h"

namespace fieldnode::office {
namespace {

/// The pin is part of the code, so it is the code that may be wrong.
Refusal other_city(EnrolmentForm const& form) {
  return refuse("wrong_ca",
                fmt::format("{} is not the centre that made this code: its certificate is another city's. "
                            "Check the address, and that code and address come from the same centre. If they "
                            "do, somebody may be listening in: tell its operator.",
                            form.centre));
}

Result<EnrolmentAnswer> ask(EnrolmentForm const& form, EnrolmentCode const& code, EnrolmentAsking const& asking,
                            NodeTime& time) {
  net::HttpsClientOptions options{.base_url = form.centre};
  options.trust.ca_pin = code.pin;
  options.trust.trusted_time = [&time] { return time.now().interval; };
  auto const client = net::HttpsClient::make(std::move(options));
  if (!client) return client.error();
  net::CallOptions call;
  call.answer_type = "application/json";
  call.body_type = "application/json";
  auto question = asking_view(asking);
  question["secret"] = to_hex(code.secret);
  auto const answer = (*client)->post("/sync/v1/enrol", bytes_of(boost::json::serialize(question)), call);
  if (answer) return read_enrolment_answer(text_of(answer->body));
  if (auto said = refusal_within(answer.error())) return *std::move(said);
  if (answer.error().code == "wrong_ca") return other_city(form);
  return Refusal{answer.error().code, answer.error().sentence};
}

}  // namespace

Result<OfficeIdentity> enrol(DataDir const& dir, EnrolmentForm const& typed, Clock const& clock, Random& random) {
  auto const form = whole_form(typed);
  if (!form) return form.error();
  auto const code = read_enrolment_code(form->code);
  if (!code) return code.error();
  auto const asking = prepare_asking(dir, *code, random);
  if (!asking) return asking.error();
  NodeTime time(clock, {.build_date = build_date()}, {});
  auto answer = ask(*form, *code, *asking, time);
  if (!answer) return answer.error();
  answer->identity.centre = form->centre;
  return take_answer_over(dir, *asking, *code, *answer, time, random);
}

}  // namespace fieldnode::office
