#include "node/central/sync_doors.h"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

#include "node/web/answers.h"
#include "node/web/json_form.h"

namespace fieldnode::central {
namespace {

namespace json = boost::json;

constexpr std::int64_t kEnrolmentProtocol = 1;
constexpr std::size_t kRequestPemMaxBytes = 8 * 1024;

int status_of(std::string_view code) {
  if (code == "wrong_code" || code == "code_expired" || code == "code_used") return 403;
  if (code == "too_many_tries") return 429;
  if (code == "storage_failed" || code == "writer_busy" || code == "writer_stopped") return 503;
  if (code == "journal_epoch_known") return 409;
  return 400;
}

Result<EnrolmentForm> read_form(std::string_view body) {
  auto form = web::JsonForm::parse(body);
  if (!form) return form.error();
  (void)form->whole("protocol", kEnrolmentProtocol, kEnrolmentProtocol);
  auto const secret = from_hex(form->text("secret", 64));
  auto const public_key = from_hex(form->text("public_key", 64));
  EnrolmentForm read{.secret = secret.value_or(Bytes{}),
                     .public_key = {},
                     .certificate_request = form->text("csr", kRequestPemMaxBytes),
                     .journal_epoch = Epoch{form->id("journal_epoch")}};
  (void)form->optional_text("program", 64);
  if (!secret) form->fault("secret", "is not hexadecimal");
  if (public_key && public_key->size() == read.public_key.size()) {
    std::ranges::copy(*public_key, read.public_key.begin());
  } else {
    form->fault("public_key", "is not 32 bytes in hexadecimal");
  }
  if (auto const whole = form->finish(); !whole) return whole.error();
  return read;
}

json::object answer_of(Enrolled const& enrolled, CityIdentity const& city) {
  return {
      {"unit",
       {{"id", std::to_string(enrolled.unit.id.value)}, {"code", enrolled.unit.code}, {"name", enrolled.unit.name}}},
      {"node_id", std::to_string(enrolled.node.value)},
      {"certificate", enrolled.certificate},
      {"statement", to_hex(wire::pack_statement(enrolled.statement))},
      {"ca", city.ca.certificate_pem},
      {"city_key", {{"id", std::to_string(city.key.id)}, {"public_key", to_hex(city.key.keys.public_key)}}},
      {"city", city.name}};
}

net::HttpResponse enrol(net::HttpRequest const& request, EnrolmentDesk& desk, CityIdentity const& city,
                        Clock const& clock) {
  auto const form = read_form(request.body);
  if (!form) return web::refusal_answer(400, form.error());
  auto const enrolled = desk.enrol(*form, clock.wall());
  if (!enrolled) return web::refusal_answer(status_of(enrolled.error().code), enrolled.error());
  return web::json_answer(200, answer_of(*enrolled, city));
}

}  // namespace

void add_sync_doors(net::Router& router, ExchangeService& exchanges, EnrolmentDesk& enrolments,
                    CityIdentity const& city, Clock const& clock) {
  router.add_late(net::Method::kPost, "/sync/v1/exchange",
                  [&exchanges](net::HttpRequest const& request, net::Responder responder) {
                    exchanges.take(request, std::move(responder));
                  },
                  {.body_max_bytes = wire::kMessageMaxBytes,
                   .caller = net::Caller::kProgram,
                   .body_type = "application/x-fieldnode-exchange"});
  router.post(
      "/sync/v1/enrol",
      [&enrolments, &city, &clock](net::HttpRequest const& request) { return enrol(request, enrolments, city, clock); },
      {.body_max_bytes = 16 * 1024, .caller = net::Caller::kProgram});
}

}  // namespace fieldnode::central
