#include "node/office/verify_evidence_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/parse.hpp>

#include "node/cli/call.h"
#include "node/cli/input_file.h"
#include "node/office/evidence_report.h"
#include "sync/rules/in_quotes.h"

namespace fieldnode::office {
namespace {

namespace json = boost::json;

/// Two million entries of other cases beside the one; a larger file is something else.
constexpr std::size_t kEvidenceMaxBytes = std::size_t{128} * 1024 * 1024;
constexpr std::size_t kCityFileMaxBytes = 1024 * 1024;

Result<crypto::PublicKey> read_key(std::string_view digits) {
  crypto::PublicKey key{};
  auto const bytes = from_hex(digits);
  if (!bytes || bytes->size() != key.size()) {
    return refuse("bad_city_key", fmt::format("{} is no city key: it has 64 hexadecimal digits; `fieldnode-central "
                                              "status` prints it.",
                                              rules::in_quotes(digits)));
  }
  std::ranges::copy(*bytes, key.begin());
  return key;
}

/// What `fieldnode-central status --json` printed.
Result<crypto::PublicKey> read_city(std::string const& path) {
  auto const text = cli::read_input_file(path, kCityFileMaxBytes);
  if (!text) return text.error();
  boost::system::error_code broken;
  auto const value = json::parse(*text, broken);
  auto const* const city = broken || !value.is_object() ? nullptr : value.get_object().if_contains("city_key");
  auto const* const key =
      city == nullptr || !city->is_object() ? nullptr : city->get_object().if_contains("public_key");
  if (key == nullptr || !key->is_string()) {
    return refuse("bad_city_key",
                  rules::in_quotes(path) + " names no city key: bring what `fieldnode-central status --json` prints.");
  }
  return read_key(key->get_string());
}

Result<std::optional<crypto::PublicKey>> given_key(cli::Call const& call) {
  if (!call.has("--city-key") && !call.has("--city")) return std::optional<crypto::PublicKey>();
  auto const key = call.has("--city-key") ? read_key(call.text("--city-key")) : read_city(call.text("--city"));
  if (!key) return key.error();
  return std::optional(*key);
}

Refusal faulty(engine::EvidenceReport const& report) {
  auto const& first = report.faults.front();
  auto const others = report.faults.size() - 1;
  auto const more = others == 0 ? std::string() : fmt::format(" ({} more)", others);
  bool const foreign = first.code == "not_evidence" || first.code == "newer_evidence";
  return refuse(foreign ? first.code : "evidence_faulty", first.what.en + more);
}

Result<void> run(cli::Call const& call) {
  auto const key = given_key(call);
  if (!key) return key.error();
  auto const file = cli::read_input_file(call.text("FILE"), kEvidenceMaxBytes);
  if (!file) return file.error();
  auto const report =
      engine::check_evidence(bytes_of(*file), *crypto::ed25519_suite(), *key, rules::built_in_rule_book());
  call.answer(view_of(report), text_of(report, call.console().chinese));
  if (!report.is_sound()) return faulty(report);
  return {};
}

}  // namespace

cli::Command verify_evidence_command() {
  return {.name = "verify-evidence",
          .summary = "check a file of evidence; needs no data directory",
          .options = {{.name = "FILE", .value = "FILE", .text = "the file of evidence", .required = true},
                      {.name = "--city-key",
                       .value = "KEY",
                       .text = "the city's public key, 64 hexadecimal digits, got from the city itself"},
                      {.name = "--city",
                       .value = "FILE",
                       .text = "the same from what `fieldnode-central status --json` printed"}},
          .run = run};
}

}  // namespace fieldnode::office
