#include "node/central/unmasking_desk.h"

#include "node/central/case_request.h"
#include "node/central/request_log.h"

namespace fieldnode::central {

Result<CaseContact> UnmaskingDesk::unmask(StaffId who, std::string_view request_id, CaseId id, std::string_view reason,
                                          UtcTime now) {
  RequestContent content("unmask_case");
  content.add(who.value).add(id.value).add(reason);
  CaseRequest const request{request_id, content.finish(), id, now};
  CaseContact contact;
  auto const done = store_.with_cases([&](CaseBook& book) -> Result<void> {
    auto const logged = once(book, request, [&](CaseRecord const&) -> Result<void> {
      book.log_unmasking({.case_id = id, .staff = who, .at = now, .reason = std::string(reason)});
      return {};
    });
    if (logged) contact = book.contact_of(id);
    return logged;
  });
  if (!done) return done.error();
  return contact;
}

}  // namespace fieldnode::central
