#include "node/central/intake_desk.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "node/central/case_guards.h"
#include "node/central/case_request.h"
#include "node/central/request_log.h"

namespace fieldnode::central {
namespace {

using rules::ReturnReason;

bool names_another_body(ReturnReason code) {
  return code == ReturnReason::kN1 || code == ReturnReason::kN3 || code == ReturnReason::kN4;
}

/// Does the form say what its code demands?
Result<void> require_whole(RefusalForm const& form, rules::Policy const& policy) {
  if (form.code < ReturnReason::kN1 || form.code > ReturnReason::kN9) {
    return refuse("bad_refusal_code", "A case is refused under one of the codes n1 to n9; choose one.");
  }
  if (form.text.empty()) return refuse("text_missing", "Write down what the caller is told.");
  if (names_another_body(form.code) && form.referred_to.empty()) {
    return refuse("referral_missing", "Name the body, the channel or the legal route that the caller is referred to.");
  }
  auto const& lines = policy.emergency_lines;
  if (form.code == ReturnReason::kN2 && std::ranges::find(lines, form.referred_to) == lines.end()) {
    return refuse(
        "not_an_emergency_line",
        fmt::format("Name the emergency line that the call is put through to: one of {}.", fmt::join(lines, ", ")));
  }
  return {};
}

/// N6 names a case that is here and is not this one.
Result<void> require_earlier(CaseBook& book, CaseId id, RefusalForm const& form) {
  if (form.code != ReturnReason::kN6 && !form.earlier_case) return {};
  if (form.earlier_case && form.earlier_case != id && book.find(form.earlier_case)) return {};
  return refuse("earlier_case_missing", "Name the earlier case in which the matter was handled.");
}

CaseRefusal refusal_of(StaffId who, RefusalForm const& form, UtcTime now) {
  bool const waits = form.code == ReturnReason::kN7;
  return {.code = form.code,
          .text = form.text,
          .referred_to = form.referred_to,
          .earlier_case = form.earlier_case,
          .staff = who,
          .at = now,
          .standing = waits ? RefusalStanding::kPending : RefusalStanding::kStands,
          .ruled_by = {},
          .ruled_at = {}};
}

CaseRecord completed(CaseRecord record, CompletionForm const& form) {
  if (!form.title.empty()) record.title = form.title;
  if (!form.text.empty()) record.text = form.text;
  if (!form.place.empty()) record.place = form.place;
  return record;
}

/// What is known, with what was filled in in its place.
CaseContact completed(CaseContact known, CaseContact const& more) {
  for (auto const& field : more) {
    std::erase_if(known, [&](auto const& old) { return old.tag == field.tag; });
    known.push_back(field);
  }
  return known;
}

void add_contact(RequestContent& content, CaseContact const& contact) {
  for (auto const& field : contact) content.add(static_cast<std::uint64_t>(field.tag)).add(field.text);
}

}  // namespace

Result<void> IntakeDesk::refuse_case(StaffId who, std::string_view request_id, CaseId id, RefusalForm const& form,
                                     UtcTime now) {
  if (auto const whole = require_whole(form, store_.city_rules()->current()->policy); !whole) return whole;
  RequestContent content("refuse_case");
  content.add(who.value).add(id.value).add(static_cast<std::uint64_t>(form.code)).add(form.text);
  content.add(form.referred_to).add(form.earlier_case.value);
  CaseRequest const request{request_id, content.finish(), id, now};
  return store_.with_cases([&](CaseBook& book) {
    return once(book, request, [&](CaseRecord const& record) -> Result<void> {
      if (auto const unsettled = require_unsettled(record); !unsettled) return unsettled;
      if (auto const earlier = require_earlier(book, id, form); !earlier) return earlier;
      book.refuse(id, refusal_of(who, form, now));
      if (form.code != ReturnReason::kN5) return {};
      for (auto const& part : book.merged_into(id)) {
        book.update(emptied(part), {});
        book.detach_all(part.id);
      }
      book.update(emptied(*book.find(id)), {});
      book.detach_all(id);
      return {};
    });
  });
}

Result<void> IntakeDesk::rule_refusal(StaffId who, std::string_view request_id, CaseId id, bool confirmed,
                                      UtcTime now) {
  RequestContent content("rule_refusal");
  content.add(who.value).add(id.value).add(std::uint64_t{confirmed});
  CaseRequest const request{request_id, content.finish(), id, now};
  return store_.with_cases([&](CaseBook& book) {
    return once(book, request, [&](CaseRecord const& record) -> Result<void> {
      if (auto const other = require_second_person(record, who); !other) return other;
      book.rule_refusal(id, confirmed ? RefusalStanding::kStands : RefusalStanding::kDenied, who, now);
      return {};
    });
  });
}

Result<void> IntakeDesk::complete(StaffId who, std::string_view request_id, CaseId id, CompletionForm const& form,
                                  UtcTime now) {
  if (form.title.empty() && form.text.empty() && form.place.empty() && form.contact.empty()) {
    return refuse("completion_empty", "Fill in at least one of the missing elements.");
  }
  RequestContent content("complete_case");
  content.add(who.value).add(id.value).add(form.title).add(form.text).add(form.place);
  add_contact(content, form.contact);
  CaseRequest const request{request_id, content.finish(), id, now};
  return store_.with_cases([&](CaseBook& book) {
    return once(book, request, [&](CaseRecord const& record) -> Result<void> {
      if (auto const waits = require_incomplete(record); !waits) return waits;
      book.update(completed(record, form), completed(book.contact_of(id), form.contact));
      book.rule_refusal(id, RefusalStanding::kEnded, who, now);
      return {};
    });
  });
}

}  // namespace fieldnode::central
