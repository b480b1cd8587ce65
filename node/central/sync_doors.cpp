#include "node/central/sync_doors.h"

#include "node/central/enrolment_form.h"
#include "node/web/answers.h"

namespace fieldnode::central {
namespace {

int status_of(std::string_view code) {
  if (code == "wrong_code" || code == "code_expired" || code == "code_used" || code == "bad_signature") return 403;
  if (code == "too_many_tries") return 429;
  if (code == "storage_failed" || code == "writer_busy" || code == "writer_stopped") return 503;
  if (code == "journal_epoch_known") return 409;
  return 400;
}

net::HttpResponse enrol(net::HttpRequest const& request, EnrolmentDesk& desk, CityIdentity const& city,
                        Clock const& clock) {
  auto const form = read_enrolment_form(request.body);
  if (!form) return web::refusal_answer(400, form.error());
  auto const enrolled = desk.enrol(*form, clock.wall());
  if (!enrolled) return web::refusal_answer(status_of(enrolled.error().code), enrolled.error());
  return web::json_answer(200, enrolment_answer_view(*enrolled, city));
}

}  // namespace

void add_sync_doors(net::Router& router, ExchangeService& exchanges, EnrolmentDesk& enrolments,
                    CityIdentity const& city, Clock const& clock) {
  router.add_stream(net::Method::kPost, "/sync/v1/exchange",
                    [&exchanges](net::HttpRequest const& request) { return exchanges.begin(request); },
                    {.body_max_bytes = wire::kMessageMaxBytes,
                     .caller = net::Caller::kProgram,
                     .body_type = "application/x-fieldnode-exchange"});
  router.post(
      "/sync/v1/enrol",
      [&enrolments, &city, &clock](net::HttpRequest const& request) { return enrol(request, enrolments, city, clock); },
      {.body_max_bytes = 16 * 1024, .caller = net::Caller::kProgram});
}

}  // namespace fieldnode::central
