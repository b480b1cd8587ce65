#include "node/central/case_doors.h"

#include <boost/json/array.hpp>

#include "node/central/case_views.h"
#include "node/central/intake_form.h"
#include "node/central/page_query.h"
#include "node/central/permissions_view.h"
#include "node/web/answers.h"
#include "node/web/views.h"
#include "node/web/words_json.h"

namespace fieldnode::central {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

constexpr std::size_t kCaseMaxBytes = 512 * 1024;
constexpr std::size_t kWordsMaxBytes = 512;

Result<CaseFilter> read_filter(net::HttpRequest const& request) {
  auto const query = read_page_query(request);
  if (!query) return query.error();
  CaseFilter filter{.state = {}, .category = {}, .words = {}, .limit = query->limit, .before = CaseId{query->after}};
  if (auto const word = request.query_value("state")) {
    filter.state = read_case_state(*word);
    if (!filter.state) {
      return bad_parameter("state", "is one of new, incomplete, dispatched, closed, refused, merged");
    }
  }
  if (auto const word = request.query_value("category")) {
    auto const category = web::read_word<rules::Category>(*word);
    if (!category) return bad_parameter("category", "is one of A1 to A5");
    filter.category = *category;
  }
  filter.words = request.query_value("q").value_or("");
  if (filter.words.size() > kWordsMaxBytes) return bad_parameter("q", "is too long to be looked for");
  return filter;
}

}  // namespace

void CaseDoors::add_routes(net::Router& router, web::Gatekeeper& gatekeeper) {
  web::Roles const operators{rules::StaffRole::kOperator, rules::StaffRole::kSupervisor};
  net::RouteOptions const room{.body_max_bytes = kCaseMaxBytes};
  router.get("/api/cases", gatekeeper.guard([this](auto const& request, auto const&) { return list(request); }));
  router.post(
      "/api/cases",
      gatekeeper.guard([this](auto const& request, auto const& who) { return create(request, who); }, operators), room);
  router.get("/api/cases/{id}", gatekeeper.guard([this](auto const& request, auto const& who) {
    auto const id = read_id(request);
    return id ? show(200, CaseId{*id}, who) : web::refusal_answer(not_found("case"));
  }));
  using Change = net::HttpResponse (CaseDoors::*)(Request const&, CaseId, web::Visitor const&);
  auto const add_change = [&](std::string const& name, Change change) {
    auto handler = [this, change](Request const& request, web::Visitor const& who) {
      auto const id = read_id(request);
      return id ? (this->*change)(request, CaseId{*id}, who) : web::refusal_answer(not_found("case"));
    };
    router.post("/api/cases/{id}/" + name, gatekeeper.guard(std::move(handler), operators), room);
  };
  add_change("refusal", &CaseDoors::refuse_case);
  add_change("refusal/ruling", &CaseDoors::rule_refusal);
  add_change("completion", &CaseDoors::complete);
  add_change("merge", &CaseDoors::merge);
  add_change("unmasking", &CaseDoors::unmask);
}

net::HttpResponse CaseDoors::list(Request const& request) {
  auto const filter = read_filter(request);
  if (!filter) return web::refusal_answer(filter.error());
  auto const page = centre_.store().cases(*filter);
  auto const staff = centre_.staff_names();
  array items;
  for (auto const& line : page.cases) items.push_back(case_line_view(line, staff));
  return web::json_answer(200, object{{"items", std::move(items)},
                                      {"next", page.next ? value(std::to_string(page.next.value)) : value(nullptr)},
                                      {"total", page.total}});
}

net::HttpResponse CaseDoors::create(Request const& request, web::Visitor const& who) {
  auto const made = read_new_case(request.body);
  if (!made) return web::refusal_answer(made.error());
  auto const record = centre_.dispatches().create_case(who.id, made->request_id, made->form, now());
  if (!record) return web::refusal_answer(record.error());
  return show(201, record->id, who);
}

net::HttpResponse CaseDoors::refuse_case(Request const& request, CaseId id, web::Visitor const& who) {
  auto const form = read_refusal(request.body);
  if (!form) return web::refusal_answer(form.error());
  return answer(centre_.intakes().refuse_case(who.id, form->request_id, id, form->form, now()), id, who);
}

net::HttpResponse CaseDoors::rule_refusal(Request const& request, CaseId id, web::Visitor const& who) {
  auto const form = read_refusal_ruling(request.body);
  if (!form) return web::refusal_answer(form.error());
  return answer(centre_.intakes().rule_refusal(who.id, form->request_id, id, form->confirmed, now()), id, who);
}

net::HttpResponse CaseDoors::complete(Request const& request, CaseId id, web::Visitor const& who) {
  auto const form = read_completion(request.body);
  if (!form) return web::refusal_answer(form.error());
  return answer(centre_.intakes().complete(who.id, form->request_id, id, form->form, now()), id, who);
}

net::HttpResponse CaseDoors::merge(Request const& request, CaseId id, web::Visitor const& who) {
  auto const form = read_merge(request.body);
  if (!form) return web::refusal_answer(form.error());
  return answer(centre_.merges().merge(who.id, form->request_id, id, form->into, now()), id, who);
}

net::HttpResponse CaseDoors::unmask(Request const& request, CaseId id, web::Visitor const& who) {
  auto const form = read_unmasking(request.body);
  if (!form) return web::refusal_answer(form.error());
  auto const contact = centre_.unmaskings().unmask(who.id, form->request_id, id, form->reason, now());
  if (!contact) return web::refusal_answer(contact.error());
  return web::json_answer(201, object{{"contact", web::clear_contact({*contact, {}})}});
}

net::HttpResponse CaseDoors::answer(Result<void> const& done, CaseId id, web::Visitor const& who) {
  return done ? show(201, id, who) : web::refusal_answer(done.error());
}

net::HttpResponse CaseDoors::show(int status, CaseId id, web::Visitor const& who) {
  auto const file = centre_.store().case_file(id);
  if (!file) return web::refusal_answer(not_found("case"));
  auto const permissions = for_role(permissions_of(file->line.record, who.id), who.role);
  return web::json_answer(status, object{{"case", case_file_view(*file, permissions, centre_.staff_names())}});
}

}  // namespace fieldnode::central
