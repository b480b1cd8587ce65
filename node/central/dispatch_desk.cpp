#include "node/central/dispatch_desk.h"

#include <fmt/format.h>

#include "node/central/case_guards.h"
#include "node/central/dispatch.h"
#include "node/central/request_log.h"
#include "sync/rules/civil.h"
#include "sync/rules/refusals.h"

namespace fieldnode::central {
namespace {

void add_limits(RequestContent& content, std::vector<rules::OwnLimit> const& limits) {
  for (auto const& limit : limits) {
    content.add(static_cast<std::uint64_t>(limit.clock))
        .add(limit.count)
        .add(static_cast<std::uint64_t>(limit.unit))
        .add(limit.statute);
  }
}

Hash content_of(StaffId who, CaseForm const& form) {
  RequestContent content("create_case");
  content.add(who.value).add(form.title).add(form.text).add(form.place);
  content.add(static_cast<std::uint64_t>(form.category)).add(static_cast<std::uint64_t>(form.kind));
  content.add(std::uint64_t{form.urgent}).add(std::uint64_t{form.confidential});
  for (auto const& field : form.contact) content.add(static_cast<std::uint64_t>(field.tag)).add(field.text);
  add_limits(content, form.limits);
  return content.finish();
}

Hash content_of(StaffId who, CaseId id, std::string_view unit_code, std::vector<rules::OwnLimit> const& limits) {
  RequestContent content("dispatch");
  content.add(who.value).add(id.value).add(unit_code);
  add_limits(content, limits);
  return content.finish();
}

CaseRecord record_of(CaseForm const& form, CaseId id, UtcTime now) {
  return {.id = id,
          .number = case_number(id, now),
          .title = form.title,
          .text = form.text,
          .place = form.place,
          .category = form.category,
          .kind = form.kind,
          .urgent = form.urgent,
          .confidential = form.confidential,
          .limits = form.limits,
          .created_at = now,
          .state = CaseState::kNew,
          .source = {}};
}

}  // namespace

std::string case_number(CaseId id, UtcTime created_at) {
  std::chrono::year_month_day const day{rules::day_of(created_at)};
  return fmt::format("{:04}{:02}{:02}-{:06}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()), id.value);
}

Result<CaseRecord> DispatchDesk::create_case(StaffId who, std::string_view request_id, CaseForm const& form,
                                             UtcTime now) {
  if (form.category == rules::Category::kNone || form.kind == rules::CaseKind::kNone) {
    return rules::refusal_of(rules::RefusalCode::kCategoryMissing);
  }
  auto const content = content_of(who, form);
  CaseRecord record;
  auto const done = store_.with_cases([&](CaseBook& book) -> Result<void> {
    auto const earlier = earlier_request(book, request_id, content);
    if (!earlier) return earlier.error();
    if (*earlier) {
      record = book.find((*earlier)->case_id).value();
      return {};
    }
    record = record_of(form, book.next_case(), now);
    book.add(record, form.contact);
    book.keep_request({.id = std::string(request_id), .content = content, .case_id = record.id, .at = now});
    return {};
  });
  if (!done) return done.error();
  return record;
}

Result<DispatchOrder> order_for(CaseBook& book, CaseRecord const& record, StaffId who, UtcTime now) {
  if (auto const free = require_dispatchable(record); !free) return free.error();
  DispatchOrder order{.id = {},
                      .record = record,
                      .contact = book.contact_of(record.id),
                      .limits = record.limits,
                      .staff = who,
                      .at = now};
  for (auto const& before : book.assignments_of(record.id)) {
    order.return_rounds = before.return_rounds;
    order.ruled = before.ruled;
    order.cycle = before.cycle;
  }
  return order;
}

Result<Dispatched> DispatchDesk::dispatch(StaffId who, std::string_view request_id, CaseId id,
                                          std::string_view unit_code, std::vector<rules::OwnLimit> const& limits,
                                          UtcTime now) {
  auto const unit = store_.find_unit(unit_code);
  if (!unit) {
    return refuse("unknown_unit",
                  fmt::format("There is no unit with the code {}; look it up in the list of units.", unit_code));
  }
  auto const content = content_of(who, id, unit_code, limits);
  Dispatched outcome{.assignment = {}, .unit = unit->id, .entry = {}};
  auto const done = store_.with_unit(unit->id, [&](UnitWork& work) -> Result<void> {
    auto& book = work.cases();
    auto const earlier = earlier_request(book, request_id, content);
    if (!earlier) return earlier.error();
    if (*earlier) {
      outcome.assignment = (*earlier)->assignment;
      outcome.entry = (*earlier)->entry;
      return {};
    }
    auto const record = book.find(id);
    if (!record) return unknown_case(id);
    auto order = order_for(book, *record, who, now);
    if (!order) return order.error();
    if (!limits.empty()) order->limits = limits;
    order->id = outcome.assignment = book.next_assignment();
    auto const appended = append_dispatch(work, *order, random_);
    if (!appended) return appended.error();
    outcome.entry = *appended;
    book.keep_request({.id = std::string(request_id),
                       .content = content,
                       .case_id = id,
                       .assignment = outcome.assignment,
                       .entry = outcome.entry,
                       .at = now});
    return {};
  });
  if (!done) return done.error();
  return outcome;
}

}  // namespace fieldnode::central
