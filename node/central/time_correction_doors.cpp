#include "node/central/time_correction_doors.h"

#include <boost/json/array.hpp>

#include "node/central/page_query.h"
#include "node/central/unit_views.h"
#include "node/web/answers.h"
#include "node/web/json_form.h"
#include "node/web/views.h"
#include "sync/rules/civil.h"

namespace fieldnode::central {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

constexpr std::size_t kReasonMaxBytes = 4096;
constexpr std::size_t kMomentMaxBytes = 64;
constexpr std::size_t kRequestIdMaxBytes = 64;  ///< as every request carries one; a repeat is known by what it says

std::string_view word_of(CorrectionStanding standing) {
  switch (standing) {
    case CorrectionStanding::kWaits:
      return "waits";
    case CorrectionStanding::kConfirmed:
      return "confirmed";
    case CorrectionStanding::kDeclined:
      return "declined";
  }
  return "";
}

UtcTime read_moment(web::JsonForm& form, std::string_view name) {
  auto const read = rules::parse_moment(form.text(name, kMomentMaxBytes));
  if (!read) form.fault(name, "is no moment; write it like 2026-10-10T17:00");
  return read ? *read : UtcTime{};
}

struct ProposalForm {
  SignedSpan span;
  std::string reason;
};

Result<ProposalForm> read_proposal(std::string_view body) {
  auto form = web::JsonForm::parse(body);
  if (!form) return form.error();
  ProposalForm read;
  if (form->has("unit")) read.span.unit = UnitId{form->id("unit")};
  read.span.from = read_moment(*form, "from");
  read.span.until = read_moment(*form, "until");
  read.reason = form->text("reason", kReasonMaxBytes);
  (void)form->optional_text("request_id", kRequestIdMaxBytes);
  if (auto const whole = form->finish(); !whole) return whole.error();
  return read;
}

Result<bool> read_ruling(std::string_view body) {
  auto form = web::JsonForm::parse(body);
  if (!form) return form.error();
  if (!form->has("confirmed")) form->fault("confirmed", "must say true or false");
  bool const confirmed = form->truth("confirmed", false);
  (void)form->optional_text("request_id", kRequestIdMaxBytes);
  if (auto const whole = form->finish(); !whole) return whole.error();
  return confirmed;
}

}  // namespace

void TimeCorrectionDoors::add_routes(net::Router& router, web::Gatekeeper& gatekeeper) {
  web::Roles const operators{rules::StaffRole::kOperator, rules::StaffRole::kSupervisor};
  router.get("/api/time-corrections", gatekeeper.guard([this](auto const&, auto const&) { return list(); }));
  router.post(
      "/api/time-corrections",
      gatekeeper.guard([this](auto const& request, auto const& who) { return propose(request, who); }, operators));
  router.post("/api/time-corrections/{id}/ruling",
              gatekeeper.guard([this](auto const& request, auto const& who) { return rule(request, who); }, operators));
}

net::HttpResponse TimeCorrectionDoors::list() {
  auto const staff = centre_.staff_names();
  array items;
  for (auto const& proposal : centre_.store().time_corrections()) items.push_back(view_of(proposal, staff));
  return web::json_answer(200, object{{"items", std::move(items)}});
}

net::HttpResponse TimeCorrectionDoors::propose(Request const& request, web::Visitor const& who) {
  auto const form = read_proposal(request.body);
  if (!form) return web::refusal_answer(form.error());
  auto const made = centre_.time_corrections().propose(who.id, form->span, form->reason, centre_.clock().wall());
  if (!made) return web::refusal_answer(made.error());
  return web::json_answer(201, object{{"correction", view_of(*made, centre_.staff_names())}});
}

net::HttpResponse TimeCorrectionDoors::rule(Request const& request, web::Visitor const& who) {
  auto const id = read_id(request);
  if (!id) return web::refusal_answer(not_found("proposal"));
  auto const confirmed = read_ruling(request.body);
  if (!confirmed) return web::refusal_answer(confirmed.error());
  auto const ruled = centre_.time_corrections().rule(who.id, *id, *confirmed, centre_.clock().wall());
  if (!ruled) return web::refusal_answer(ruled.error());
  return web::json_answer(201, object{{"correction", view_of(*ruled, centre_.staff_names())}});
}

object TimeCorrectionDoors::view_of(TimeCorrectionProposal const& proposal, StaffNames const& staff) {
  auto const unit = centre_.store().find_unit(proposal.span.unit);
  // Of what is still to be taken back: nothing once it is done.
  auto const counts = proposal.done ? SpanCounts{} : centre_.store().counts_of(proposal.span);
  return {{"id", std::to_string(proposal.id)},
          {"unit", unit ? value(unit_view(*unit)) : value(nullptr)},
          {"from", web::moment(proposal.span.from)},
          {"until", web::moment(proposal.span.until)},
          {"reason", proposal.reason},
          {"by", staff_view(proposal.staff, staff)},
          {"at", web::moment(proposal.proposed_at)},
          {"standing", word_of(proposal.standing)},
          {"ruled_by", staff_view(proposal.ruled_by, staff)},
          {"ruled_at", proposal.ruled_at ? value(web::moment(*proposal.ruled_at)) : value(nullptr)},
          {"anchors", counts.anchors},
          {"units", counts.units},
          {"done", proposal.done}};
}

}  // namespace fieldnode::central
