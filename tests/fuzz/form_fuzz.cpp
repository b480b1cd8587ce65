#include "node/central/decision_form.h"
#include "node/central/intake_form.h"
#include "node/web/act_form.h"
#include "sync/base/check.h"
#include "sync/wire/entry.h"

using namespace fieldnode;

namespace {

/// What the page may say of an act becomes an entry, or is refused for its size; it never says two things at once.
void try_act(std::string_view json) {
  auto const form = web::read_act_form(json);
  if (!form) return;
  check(!form->act_id.empty(), "an act without an id was read");
  check(web::content_hash(*form) == web::content_hash(web::read_act_form(json).value()), "one form, two contents");
  auto const entry = wire::encode_entry({.kind = form->kind, .payload = form->payload}, form->body, form->contact);
  if (!entry) return;
  auto const skeleton = wire::decode_skeleton(entry->skeleton);
  check(skeleton && skeleton->payload == form->payload, "an act is not what the form said");
  auto const body = wire::decode_body(entry->body.bytes);
  check(body && *body == form->body, "an act's text is not what the form said");
}

void try_decision(std::string_view json) {
  auto const decision = central::read_decision(json);
  if (!decision) return;
  auto const entry = wire::encode_entry({.kind = decision->form.kind, .payload = decision->form.payload}, {}, {});
  check(!entry || wire::decode_skeleton(entry->skeleton).has_value(), "a decision that was read cannot be read again");
}

/// Every required text is there.
void try_intake(std::string_view json) {
  if (auto const made = central::read_new_case(json)) check(!made->request_id.empty(), "a case without a request id");
  if (auto const given = central::read_dispatch(json)) check(!given->unit.empty(), "a dispatch to nobody");
  if (auto const merged = central::read_merge(json)) check(merged->into.value != 0, "a merge into nothing");
  if (auto const asked = central::read_unmasking(json)) check(!asked->reason.empty(), "an unmasking without a reason");
  (void)central::read_refusal(json);
  (void)central::read_refusal_ruling(json);
  (void)central::read_completion(json);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const json = text_of({data, size});
  try_act(json);
  try_decision(json);
  try_intake(json);
  return 0;
}
