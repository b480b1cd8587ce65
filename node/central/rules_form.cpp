#include "node/central/rules_form.h"

#include <optional>

#include "node/web/json_form.h"

namespace fieldnode::central {
namespace {

constexpr std::size_t kDocumentMaxBytes = 64 * 1024;
constexpr std::size_t kNameMaxBytes = 1024;

std::optional<rules::EntryKind> read_kind(std::string_view word) {
  if (word == "policy") return rules::EntryKind::kPolicy;
  if (word == "calendar") return rules::EntryKind::kCalendar;
  return std::nullopt;
}

Result<RuleForm> read(web::JsonForm form) {
  RuleForm rule;
  rule.kind = form.word<rules::EntryKind>("kind", read_kind);
  rule.document = form.text("document", kDocumentMaxBytes);
  rule.name = form.optional_text("name", kNameMaxBytes);
  if (auto const whole = form.finish(); !whole) return whole.error();
  if (rule.name.empty()) rule.name = "the text";
  return rule;
}

}  // namespace

Result<RuleForm> read_rule_form(std::string_view body) {
  auto form = web::JsonForm::parse(body);
  return form ? read(*std::move(form)) : form.error();
}

Result<RuleForm> read_rule_form(boost::json::object const& fields) { return read(web::JsonForm(fields)); }

}  // namespace fieldnode::central
