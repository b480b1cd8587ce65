#include "node/office/warning_doors.h"

#include <limits>

#include "node/web/answers.h"
#include "node/web/json_form.h"

namespace fieldnode::office {

void WarningDoors::add_routes(net::Router& router, web::Gatekeeper& gatekeeper) {
  router.get("/api/warnings",
             gatekeeper.guard_numbers([this](auto const&, web::Visitor const& visitor) { return read(visitor); }));
  router.post("/api/warnings/heard",
              gatekeeper.guard_numbers([this](net::HttpRequest const& request, web::Visitor const& visitor) {
                return note_heard(request, visitor);
              }));
}

net::HttpResponse WarningDoors::read(web::Visitor const& visitor) {
  auto reading = desk_.warnings_of({visitor.id, visitor.role});
  if (visitor.locked) reading.warnings.keep_numbers();
  return web::json_answer(200, warnings_view(reading, names_()));
}

net::HttpResponse WarningDoors::note_heard(net::HttpRequest const& request, web::Visitor const& visitor) {
  auto form = web::JsonForm::parse(request.body);
  if (!form) return web::refusal_answer(form.error());
  auto const telling = form->whole("telling", 1, std::numeric_limits<std::int64_t>::max());
  if (auto const read = form->finish(); !read) return web::refusal_answer(read.error());
  auto const first = desk_.note_heard(visitor.id, static_cast<std::uint64_t>(telling));
  if (!first) return web::refusal_answer(first.error());
  return web::json_answer(200, {{"first", *first}});
}

}  // namespace fieldnode::office
