#include "node/office/evidence_doors.h"

#include <charconv>

#include "node/web/answers.h"
#include "node/web/json_form.h"

namespace fieldnode::office {
namespace {

constexpr std::size_t kNumberMaxBytes = 256;

net::HttpResponse answer(Result<web::EvidenceFile> const& file) {
  return file ? web::evidence_answer(*file) : web::refusal_answer(file.error());
}

AssignmentId id_in(net::HttpRequest const& request) {
  auto const& text = request.path_variable("id");
  std::uint64_t id = 0;
  auto const read = std::from_chars(text.data(), text.data() + text.size(), id);
  return read.ec == std::errc{} && read.ptr == text.data() + text.size() ? AssignmentId{id} : AssignmentId{};
}

}  // namespace

void EvidenceDoors::add_page_routes(net::Router& router, web::Gatekeeper& gatekeeper) {
  router.post("/api/assignments/{id}/evidence",
              gatekeeper.guard(
                  [this](net::HttpRequest const& request, web::Visitor const& visitor) {
                    auto const id = id_in(request);
                    if (!id) return web::refusal_answer(refuse("not_found", "There is no such assignment."));
                    return answer(desk_.export_case(id, {visitor.id, clearance_of(visitor.role)}));
                  },
                  {rules::StaffRole::kSupervisor}));
}

void EvidenceDoors::add_control_routes(net::Router& router) {
  router.post("/control/evidence",
              [this](net::HttpRequest const& request) {
                auto form = web::JsonForm::parse(request.body);
                if (!form) return web::refusal_answer(form.error());
                auto const number = form->text("case", kNumberMaxBytes);
                if (auto const whole = form->finish(); !whole) return web::refusal_answer(whole.error());
                return answer(desk_.export_case(number, {StaffId{}, Clearance::kConfidential}));
              },
              {.caller = net::Caller::kProgram});
}

}  // namespace fieldnode::office
