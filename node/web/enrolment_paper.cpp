#include "node/web/enrolment_paper.h"

#include <algorithm>
#include <boost/json/serialize.hpp>

#include "node/web/json_form.h"
#include "sync/crypto/hash.h"
#include "sync/crypto/slow_hash.h"

namespace fieldnode::web {
namespace {

constexpr std::size_t kProofDigits = 64;

Hash proof_of(std::string_view answer, Hash const& secret) {
  auto const bound = crypto::hash_under("fieldnode/enrolment-answer/1", {secret, bytes_of(answer)});
  crypto::SlowSalt salt{};
  std::copy_n(bound.begin(), salt.size(), salt.begin());
  return crypto::slow_hash(secret, salt);
}

Refusal bad_file() {
  return refuse("bad_enrolment_file",
                "This is not the whole answer to this directory's request: it was cut short, "
                "changed on the way, or made for another code. Nothing was taken over; fetch it "
                "again from the centre.");
}

}  // namespace

std::string seal_enrolment_answer(std::string_view answer, Hash const& secret) {
  boost::json::object const file{
      {"fieldnode", kEnrolmentAnswer}, {"answer", answer}, {"proof", to_hex(proof_of(answer, secret))}};
  return boost::json::serialize(file) + "\n";
}

Result<std::string> open_enrolment_answer(std::string_view file, Hash const& secret) {
  auto form = JsonForm::parse(file);
  if (!form) return bad_file();
  auto const kind = form->text("fieldnode", 64);
  auto answer = form->text("answer", kEnrolmentFileMaxBytes);
  auto const proof = form->text("proof", kProofDigits);
  if (!form->finish() || kind != kEnrolmentAnswer) return bad_file();
  if (to_hex(proof_of(answer, secret)) != proof) return bad_file();
  return answer;
}

}  // namespace fieldnode::web
