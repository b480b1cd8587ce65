#include "node/central/veto_doors.h"

#include <boost/json/array.hpp>

#include "node/central/page_query.h"
#include "node/central/unit_views.h"
#include "node/web/answers.h"
#include "node/web/assessment_query.h"
#include "node/web/json_form.h"
#include "node/web/views.h"
#include "node/web/words_json.h"

namespace fieldnode::central {
namespace {

using boost::json::array;
using boost::json::object;
using web::JsonForm;

constexpr std::size_t kTextMaxBytes = 16 * 1024;
constexpr std::size_t kPaperMaxBytes = 200;

Position read_place(JsonForm& form, std::string_view name) {
  auto place = form.inner(name);
  if (!place) {
    form.fault(name, "is missing");
    return {};
  }
  Position const at{Epoch{place->id("epoch")}, place->id("seq")};
  form.adopt(place->finish());
  return at;
}

/// The period that the answer shows; every form has it.
struct Asked {
  JsonForm form;
  std::string request_id;
  rules::Period period{};
};

Result<Asked> read(net::HttpRequest const& request) {
  auto form = JsonForm::parse(request.body);
  if (!form) return form.error();
  Asked asked{*std::move(form), {}, {}};
  asked.request_id = asked.form.text("request_id", 64);
  auto const from = asked.form.text("from", 16);
  auto const until = asked.form.text("until", 16);
  if (from.empty() || until.empty()) return asked.form.finish().error();  // it names the field
  auto const period = web::period_of(from, until);
  if (!period) return period.error();
  asked.period = *period;
  return asked;
}

std::optional<rules::VetoMove> read_move(std::string_view word) {
  if (word == "referred") return rules::VetoMove::kReferred;
  if (word == "outcome") return rules::VetoMove::kOutcome;
  if (word == "rejected") return rules::VetoMove::kRejected;
  if (word == "withdrawn") return rules::VetoMove::kWithdrawn;
  return std::nullopt;
}

VetoStepForm read_step(JsonForm& form) {
  VetoStepForm step{.veto = read_place(form, "veto"), .move = form.word<rules::VetoMove>("move", read_move)};
  step.number = form.optional_text("number", kPaperMaxBytes);
  step.date = form.optional_text("date", kPaperMaxBytes);
  step.evidence = form.optional_text("evidence", kTextMaxBytes);
  step.text = form.optional_text("text", kTextMaxBytes);
  bool const referred = step.move == rules::VetoMove::kReferred;
  if (referred && step.number.empty()) form.fault("number", "is missing: the paper's number");
  if (referred && !rules::parse_day(step.date)) form.fault("date", "must be a day such as 2026-11-02");
  if (!referred && step.text.empty()) form.fault("text", "is missing: say why");
  return step;
}

/// What ends a veto or a unit's contest is a supervisor's.
Result<void> require_rank(rules::VetoMove move, web::Visitor const& who) {
  bool const ends = move == rules::VetoMove::kRejected || move == rules::VetoMove::kWithdrawn;
  if (!ends || who.role == rules::StaffRole::kSupervisor) return {};
  return refuse("supervisor_decides", "Only a supervisor rejects a contest or withdraws a veto.");
}

}  // namespace

void VetoDoors::add_routes(net::Router& router, web::Gatekeeper& gatekeeper) {
  web::Roles const operators{rules::StaffRole::kOperator, rules::StaffRole::kSupervisor};
  auto const changing = [&](auto door, web::Roles const& roles) {
    return gatekeeper.guard([this, door](auto const& request, auto const& who) { return (this->*door)(request, who); },
                            roles);
  };
  router.post("/api/assessment/units/{id}/notes", changing(&VetoDoors::note, operators));
  router.post("/api/assessment/units/{id}/veto-proposals", changing(&VetoDoors::propose, operators));
  router.post("/api/assessment/units/{id}/veto-rulings", changing(&VetoDoors::rule, operators));
  router.post("/api/assessment/units/{id}/veto-steps", changing(&VetoDoors::step, operators));
  router.get("/api/operator-notes", gatekeeper.guard([this](auto const&, auto const&) { return operator_notes(); },
                                                     {rules::StaffRole::kSupervisor, rules::StaffRole::kAuditor}));
  router.post("/api/operator-notes", changing(&VetoDoors::note_operator, {rules::StaffRole::kSupervisor}));
}

net::HttpResponse VetoDoors::note(Request const& request, web::Visitor const& who) {
  auto const id = read_id(request);
  if (!id) return web::refusal_answer(not_found("unit"));
  auto asked = read(request);
  if (!asked) return web::refusal_answer(asked.error());
  auto const ground = asked->form.word<rules::SupervisionGround>("ground", web::read_word<rules::SupervisionGround>);
  auto const text = asked->form.text("text", kTextMaxBytes);
  if (auto const whole = asked->form.finish(); !whole) return web::refusal_answer(whole.error());
  auto const done = centre_.vetoes().note(who.id, asked->request_id, UnitId{*id}, ground, text, now());
  return done ? assessments_.show(201, UnitId{*id}, asked->period) : web::refusal_answer(done.error());
}

net::HttpResponse VetoDoors::propose(Request const& request, web::Visitor const& who) {
  auto const id = read_id(request);
  if (!id) return web::refusal_answer(not_found("unit"));
  auto asked = read(request);
  if (!asked) return web::refusal_answer(asked.error());
  VetoDraft const draft{.unit = UnitId{*id},
                        .period = asked->period,
                        .cause = read_place(asked->form, "cause"),
                        .reason = asked->form.text("reason", kTextMaxBytes)};
  if (auto const whole = asked->form.finish(); !whole) return web::refusal_answer(whole.error());
  auto const done = centre_.vetoes().propose(who.id, asked->request_id, draft, now());
  return done ? assessments_.show(201, draft.unit, asked->period) : web::refusal_answer(done.error());
}

net::HttpResponse VetoDoors::rule(Request const& request, web::Visitor const& who) {
  auto const id = read_id(request);
  if (!id) return web::refusal_answer(not_found("unit"));
  auto asked = read(request);
  if (!asked) return web::refusal_answer(asked.error());
  auto const proposal = asked->form.id("proposal");
  if (!asked->form.has("confirmed")) asked->form.fault("confirmed", "is missing");
  bool const confirmed = asked->form.truth("confirmed", false);
  if (auto const whole = asked->form.finish(); !whole) return web::refusal_answer(whole.error());
  auto const done = centre_.vetoes().rule(who.id, asked->request_id, proposal, confirmed, now());
  return done ? assessments_.show(201, UnitId{*id}, asked->period) : web::refusal_answer(done.error());
}

net::HttpResponse VetoDoors::step(Request const& request, web::Visitor const& who) {
  auto const id = read_id(request);
  if (!id) return web::refusal_answer(not_found("unit"));
  auto asked = read(request);
  if (!asked) return web::refusal_answer(asked.error());
  auto const form = read_step(asked->form);
  if (auto const whole = asked->form.finish(); !whole) return web::refusal_answer(whole.error());
  if (auto const rank = require_rank(form.move, who); !rank) return web::refusal_answer(rank.error());
  auto const done = centre_.vetoes().step(who.id, asked->request_id, UnitId{*id}, form, now());
  return done ? assessments_.show(201, UnitId{*id}, asked->period) : web::refusal_answer(done.error());
}

net::HttpResponse VetoDoors::operator_notes() {
  auto const names = centre_.staff_names();
  array notes;
  for (auto const& note : centre_.store().operator_notes()) {
    notes.push_back(object{{"about", staff_view(note.about, names)},
                           {"ground", web::word_of(note.ground)},
                           {"text", note.text},
                           {"staff", staff_view(note.staff, names)},
                           {"at", web::moment(note.at)}});
  }
  array people;
  for (auto const& [id, name] : names) people.push_back(staff_view(id, names));
  return web::json_answer(200, object{{"notes", std::move(notes)}, {"people", std::move(people)}});
}

net::HttpResponse VetoDoors::note_operator(Request const& request, web::Visitor const& who) {
  auto form = JsonForm::parse(request.body);
  if (!form) return web::refusal_answer(form.error());
  OperatorNote const note{
      .request = form->text("request_id", 64),
      .about = StaffId{form->id("about")},
      .ground = form->word<rules::SupervisionGround>("ground", web::read_word<rules::SupervisionGround>),
      .text = form->text("text", kTextMaxBytes),
      .staff = who.id,
      .at = now()};
  if (!centre_.accounts().find(note.about)) form->fault("about", "is nobody of the centre");
  if (auto const whole = form->finish(); !whole) return web::refusal_answer(whole.error());
  auto const done = centre_.store().add_operator_note(note);
  if (!done) return web::refusal_answer(done.error());
  auto answer = operator_notes();
  answer.status = 201;
  return answer;
}

}  // namespace fieldnode::central
