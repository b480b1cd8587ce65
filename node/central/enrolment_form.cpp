#include "node/central/enrolment_form.h"

#include <algorithm>
#include <boost/json.hpp>

#include "node/web/enrolment_paper.h"
#include "node/web/json_form.h"

namespace fieldnode::central {
namespace {

namespace json = boost::json;

/// 2: the request is signed by the key that it brings.
constexpr std::int64_t kEnrolmentProtocol = 2;
constexpr std::size_t kRequestPemMaxBytes = 8 * 1024;

/// A field of hexadecimal digits that has exactly the bytes of `Out`.
template <class Out>
Out bytes_at(web::JsonForm& form, std::string_view name) {
  Out out{};
  auto const bytes = from_hex(form.text(name, out.size() * 2));
  if (bytes && bytes->size() == out.size()) {
    std::ranges::copy(*bytes, out.begin());
  } else {
    form.fault(name, "is not " + std::to_string(out.size()) + " bytes in hexadecimal");
  }
  return out;
}

wire::EnrolmentRequest read_request(web::JsonForm& form) {
  (void)form.whole("protocol", kEnrolmentProtocol, kEnrolmentProtocol);
  wire::EnrolmentRequest request;
  request.suite = wire::SuiteId::kEd25519;
  request.key = bytes_at<crypto::PublicKey>(form, "public_key");
  request.certificate_request = form.text("csr", kRequestPemMaxBytes);
  request.journal_epoch = Epoch{form.id("journal_epoch")};
  request.signature = bytes_at<wire::Signature>(form, "signature");
  (void)form.optional_text("program", 64);
  return request;
}

Refusal bad_file() {
  return refuse(
      "bad_enrolment_file",
      "This is no whole request file of an office: it was cut short, changed on the way, or made with another "
      "code than one of this city's. Nothing was taken in; have it made again.");
}

/// Without its secret: the signature proves that the asker knows it.
Result<EnrolmentForm> read_file(std::string_view file) {
  auto outer = web::JsonForm::parse(file);
  if (!outer) return bad_file();
  auto const kind = outer->text("fieldnode", 64);
  auto inner = outer->inner("request");
  if (!outer->finish() || !inner || kind != web::kEnrolmentRequest) return bad_file();
  EnrolmentForm form{.locator = static_cast<std::uint16_t>(inner->whole("locator", 0, 0xFFFF)),
                     .request = read_request(*inner)};
  if (!inner->finish()) return bad_file();
  return form;
}

}  // namespace

Result<EnrolmentForm> read_enrolment_form(std::string_view body) {
  auto form = web::JsonForm::parse(body);
  if (!form) return form.error();
  EnrolmentForm read{.locator = {}, .request = read_request(*form)};
  auto const secret = bytes_at<std::array<std::uint8_t, kSecretBytes>>(*form, "secret");
  read.locator = locator_of(secret);
  read.request.secret = wire::secret_hash(secret);
  if (auto const whole = form->finish(); !whole) return whole.error();
  return read;
}

json::object enrolment_answer_view(Enrolled const& enrolled, CityIdentity const& city) {
  json::object view{
      {"unit",
       {{"id", std::to_string(enrolled.unit.id.value)}, {"code", enrolled.unit.code}, {"name", enrolled.unit.name}}},
      {"node_id", std::to_string(enrolled.node.id.value)},
      {"certificate", enrolled.node.certificate},
      {"ca", city.ca.certificate_pem},
      {"city_key", {{"id", std::to_string(city.key.id)}, {"public_key", to_hex(city.key.keys.public_key)}}},
      {"city", city.name}};
  if (city.root) view["city_root"] = to_hex(city.root->root);
  return view;
}

Result<FileAnswer> answer_enrolment_file(CentralStore& store, EnrolmentDesk& desk, CityIdentity const& city,
                                         std::string_view file, UtcTime now) {
  auto form = read_file(file);
  if (!form) return form.error();
  auto const code = store.find_code(form->locator);
  if (!code) return bad_file();
  form->request.secret = code->secret_hash;
  auto enrolled = desk.enrol(*form, now);
  if (!enrolled && enrolled.error().code == "bad_signature") return bad_file();
  if (!enrolled) return enrolled.error();
  auto const answer = json::serialize(enrolment_answer_view(*enrolled, city));
  return FileAnswer{web::seal_enrolment_answer(answer, code->secret_hash), *std::move(enrolled)};
}

}  // namespace fieldnode::central
