#include "node/central/evidence_doors.h"

#include "node/central/page_query.h"
#include "node/web/answers.h"
#include "node/web/json_form.h"

namespace fieldnode::central {
namespace {

constexpr std::size_t kNumberMaxBytes = 256;

net::HttpResponse answer(Result<web::EvidenceFile> const& file) {
  return file ? web::evidence_answer(*file) : web::refusal_answer(file.error());
}

}  // namespace

void EvidenceDoors::add_page_routes(net::Router& router, web::Gatekeeper& gatekeeper) {
  router.post("/api/cases/{id}/evidence",
              gatekeeper.guard(
                  [this](net::HttpRequest const& request, web::Visitor const& visitor) {
                    auto const id = read_id(request);
                    if (!id) return web::refusal_answer(not_found("case"));
                    return answer(centre_.evidence().export_case(visitor.id, CaseId{*id}, centre_.clock().wall()));
                  },
                  {rules::StaffRole::kOperator, rules::StaffRole::kSupervisor}));
}

void EvidenceDoors::add_control_routes(net::Router& router) {
  router.post("/control/evidence",
              [this](net::HttpRequest const& request) {
                auto form = web::JsonForm::parse(request.body);
                if (!form) return web::refusal_answer(form.error());
                auto const number = form->text("case", kNumberMaxBytes);
                if (auto const whole = form->finish(); !whole) return web::refusal_answer(whole.error());
                return answer(centre_.evidence().export_case(StaffId{}, number, centre_.clock().wall()));
              },
              {.caller = net::Caller::kProgram});
}

}  // namespace fieldnode::central
