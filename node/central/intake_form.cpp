#include "node/central/intake_form.h"

#include "node/central/decision_form.h"
#include "node/web/json_form.h"
#include "node/web/words_json.h"

namespace fieldnode::central {
namespace {

using web::JsonForm;

constexpr std::size_t kTextMaxBytes = 64 * 1024;
constexpr std::size_t kLineMaxBytes = 512;
constexpr std::size_t kRequestIdMaxBytes = 64;

CaseContact read_contact(JsonForm& form) {
  CaseContact contact;
  auto inner = form.inner("contact");
  if (!inner) return contact;
  using wire::ContactTag;
  for (auto const& [name, tag] : {std::pair("name", ContactTag::kName), std::pair("telephone", ContactTag::kTelephone),
                                  std::pair("address", ContactTag::kAddress)}) {
    if (auto text = inner->optional_text(name, kLineMaxBytes); !text.empty()) contact.push_back({tag, std::move(text)});
  }
  form.adopt(inner->finish());
  return contact;
}

CaseForm read_case_form(JsonForm& form) {
  CaseForm made;
  made.title = form.text("title", kLineMaxBytes);
  made.text = form.optional_text("text", kTextMaxBytes);
  made.place = form.optional_text("place", kLineMaxBytes);
  made.category = form.word<rules::Category>("category", web::read_word<rules::Category>);
  made.kind = form.word<rules::CaseKind>("kind", web::read_word<rules::CaseKind>);
  made.urgent = form.truth("urgent", false);
  made.confidential = form.truth("confidential", false);
  made.limits = read_limits(form, "limits");
  made.contact = read_contact(form);
  return made;
}

RefusalForm read_refusal_form(JsonForm& form) {
  RefusalForm refusal;
  refusal.code = form.word<rules::ReturnReason>("code", web::read_word<rules::ReturnReason>);
  refusal.text = form.text("text", kTextMaxBytes);
  refusal.referred_to = form.optional_text("referred_to", kLineMaxBytes);
  if (form.has("earlier_case")) refusal.earlier_case = CaseId{form.id("earlier_case")};
  return refusal;
}

CompletionForm read_completion_form(JsonForm& form) {
  CompletionForm completion;
  completion.title = form.optional_text("title", kLineMaxBytes);
  completion.text = form.optional_text("text", kTextMaxBytes);
  completion.place = form.optional_text("place", kLineMaxBytes);
  completion.contact = read_contact(form);
  return completion;
}

/// A whole request: its id, and what `read` takes out of the rest.
template <class Request, class Read>
Result<Request> read_request(std::string_view json, Read const& read) {
  auto form = JsonForm::parse(json);
  if (!form) return form.error();
  Request request;
  request.request_id = form->text("request_id", kRequestIdMaxBytes);
  read(*form, request);
  if (auto const whole = form->finish(); !whole) return whole.error();
  return request;
}

}  // namespace

Result<CaseForMaking> read_new_case(std::string_view json) {
  return read_request<CaseForMaking>(json, [](JsonForm& form, auto& made) { made.form = read_case_form(form); });
}

Result<DispatchForm> read_dispatch(std::string_view json) {
  return read_request<DispatchForm>(json, [](JsonForm& form, auto& dispatch) {
    dispatch.unit = form.text("unit", kLineMaxBytes);
    dispatch.limits = read_limits(form, "limits");
  });
}

Result<RefusalRequest> read_refusal(std::string_view json) {
  return read_request<RefusalRequest>(json,
                                      [](JsonForm& form, auto& refusal) { refusal.form = read_refusal_form(form); });
}

Result<RefusalRuling> read_refusal_ruling(std::string_view json) {
  return read_request<RefusalRuling>(json, [](JsonForm& form, auto& ruling) {
    if (!form.has("confirmed")) form.fault("confirmed", "is missing");
    ruling.confirmed = form.truth("confirmed", false);
  });
}

Result<CompletionRequest> read_completion(std::string_view json) {
  return read_request<CompletionRequest>(
      json, [](JsonForm& form, auto& completion) { completion.form = read_completion_form(form); });
}

Result<MergeForm> read_merge(std::string_view json) {
  return read_request<MergeForm>(json, [](JsonForm& form, auto& merge) {
    merge.into = CaseId{form.id("into")};
    if (!merge.into) form.fault("into", "must be the id of a case");
  });
}

Result<UnmaskingForm> read_unmasking(std::string_view json) {
  return read_request<UnmaskingForm>(
      json, [](JsonForm& form, auto& unmasking) { unmasking.reason = form.text("reason", kLineMaxBytes); });
}

}  // namespace fieldnode::central
