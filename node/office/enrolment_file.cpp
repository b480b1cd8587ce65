#include "node/office/enrolment_file.h"

#include <boost/json/serialize.hpp>

#include "node/db/private_file.h"
#include "node/office/enrolment_asking.h"
#include "node/office/enrolment_takeover.h"
#include "node/web/enrolment_paper.h"
#include "sync/wire/enrolment_link.h"

namespace fieldnode::office {
namespace {

Result<EnrolmentForm> kept_form(DataDir const& dir) {
  auto const kept = db::read_private_file(dir.asked_code());
  if (kept) return whole_form({.centre = {}, .code = *kept});
  if (kept.error().code != "file_missing") return kept.error();
  return refuse("not_asked",
                "This directory has made no request that an answer could be for: begin with --request-file, "
                "or give the directory that did.");
}

}  // namespace

Result<std::string> ask_by_file(DataDir const& dir, EnrolmentForm const& typed, Random& random) {
  auto const form = whole_form(typed);
  if (!form) return form.error();
  auto const code = read_enrolment_code(form->code);
  if (!code) return code.error();
  auto const asking = prepare_asking(dir, *code, random);
  if (!asking) return asking.error();
  auto const kept = db::write_private_file(dir.asked_code(), wire::enrolment_text({form->centre, form->code}));
  if (!kept) return kept.error();
  auto view = asking_view(*asking);
  view["locator"] = code->secret[0] << 8U | code->secret[1];
  return boost::json::serialize(boost::json::object{{"fieldnode", web::kEnrolmentRequest}, {"request", view}}) + "\n";
}

Result<OfficeIdentity> take_answer_file(DataDir const& dir, std::string_view file, Clock const& clock, Random& random) {
  if (auto const free = require_free(dir); !free) return free.error();
  auto const form = kept_form(dir);
  if (!form) return form.error();
  auto const code = read_enrolment_code(form->code);
  if (!code) return code.error();
  auto const asking = prepare_asking(dir, *code, random);
  if (!asking) return asking.error();
  auto const text = web::open_enrolment_answer(file, asking->request.secret);
  if (!text) return text.error();
  auto answer = read_enrolment_answer(*text);
  if (!answer) return answer.error();
  answer->identity.centre = form->centre;
  NodeTime time(clock, {.build_date = build_date()}, {});
  auto taken = take_answer_over(dir, *asking, *code, *answer, time, random);
  std::error_code ignored;
  if (taken) std::filesystem::remove(dir.asked_code(), ignored);
  return taken;
}

}  // namespace fieldnode::office
