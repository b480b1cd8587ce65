#include "node/central/command_desk.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <charconv>

#include "node/blobs/blob_check.h"
#include "node/central/aside_views.h"
#include "node/central/bundle_view.h"
#include "node/central/clock_view.h"
#include "node/central/enrolment_form.h"
#include "node/central/figures_view.h"
#include "node/central/node_views.h"
#include "node/central/rules_form.h"
#include "node/central/rules_views.h"
#include "node/central/unit_views.h"
#include "node/web/answers.h"
#include "node/web/bundle_steps.h"
#include "node/web/enrolment_paper.h"
#include "node/web/json_form.h"
#include "node/web/views.h"
#include "node/web/words_json.h"
#include "sync/wire/fingerprint.h"

namespace fieldnode::central {
namespace {

namespace json = boost::json;

/// The arguments of a command, of which each is a text.
Result<std::vector<std::string>> texts_of(json::object const& arguments,
                                          std::initializer_list<std::string_view> names) {
  web::JsonForm form(arguments);
  std::vector<std::string> texts;
  for (auto const name : names) texts.push_back(form.text(name, 1024));
  if (auto const whole = form.finish(); !whole) return whole.error();
  return texts;
}

json::object account_view(web::Account const& account) {
  return {{"id", std::to_string(account.id.value)},
          {"name", account.name},
          {"role", web::word_of(account.role)},
          {"must_change", account.must_change},
          {"disabled", account.disabled}};
}

/// As the office's own `verify` prints a head, so that both can be compared.
json::object head_view(Position head) { return {{"epoch", std::to_string(head.epoch.value)}, {"seq", head.seq}}; }

/// None (0) where it is no number: nothing has it.
std::uint64_t number_in(std::string_view text) {
  std::uint64_t number = 0;
  auto const read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc{} && read.ptr == text.data() + text.size() ? number : 0;
}

constexpr std::size_t kAsideActsTold = 200;

/// Their ends alone: the whole content of a city's attachments takes hours, and a download reads it in any case.
Result<blobs::CheckedBlobs> checked_files(Centre& centre) {
  auto const lease = centre.readers().lease();
  return blobs::check_blobs(*lease, centre.blobs().world().files, blobs::Depth::kEnds);
}

Result<json::object> login_view(Result<web::OneTimeLogin> const& login) {
  if (!login) return login.error();
  auto view = account_view(login->account);
  view["password"] = login->password;
  return view;
}

template <class Order>
net::HttpResponse carry_out(net::HttpRequest const& request, Order const& order) {
  boost::system::error_code failed;
  auto const arguments = json::parse(request.body.empty() ? "{}" : request.body, failed);
  if (failed || !arguments.is_object()) {
    return web::refusal_answer(400, refuse("malformed_json", "The arguments of a command are a JSON object."));
  }
  Result<json::object> const done = order(arguments.get_object());
  return done ? web::json_answer(200, *done) : web::refusal_answer(409, done.error());
}

}  // namespace

CommandDesk::CommandDesk(Centre& centre, ClockGuard* guard)
    : centre_(centre),
      guard_(guard),
      bundles_({.store = centre.store(),
                .writer = centre.writer(),
                .readers = centre.readers(),
                .city_key = centre.city().key,
                .suite = *suite_,
                .guard = centre.clock_guard(),
                .clock = centre.clock(),
                .random = centre.chance(),
                .blobs = centre.blobs()}) {}

struct CommandDesk::Row {
  std::string_view name;
  Result<json::object> (CommandDesk::*run)(Arguments const&);
};

std::span<CommandDesk::Row const> CommandDesk::table() {
  static constexpr std::array kTable{
      Row{"unit-add", &CommandDesk::unit_add},           Row{"unit-list", &CommandDesk::unit_list},
      Row{"enrol-code", &CommandDesk::enrol_code},       Row{"user-add", &CommandDesk::user_add},
      Row{"user-list", &CommandDesk::user_list},         Row{"user-reset", &CommandDesk::user_reset},
      Row{"user-disable", &CommandDesk::user_disable},   Row{"rules-preview", &CommandDesk::rules_preview},
      Row{"rules-publish", &CommandDesk::rules_publish}, Row{"status", &CommandDesk::status},
      Row{"enrol-file", &CommandDesk::enrol_file},       Row{"node-list", &CommandDesk::node_list},
      Row{"node-confirm", &CommandDesk::node_confirm},   Row{"node-refuse", &CommandDesk::node_refuse},
      Row{"node-revoke", &CommandDesk::node_revoke},     Row{"aside-list", &CommandDesk::aside_list},
      Row{"aside-show", &CommandDesk::aside_show},       Row{"aside-adopt", &CommandDesk::aside_adopt},
      Row{"clock-confirm", &CommandDesk::clock_confirm}, Row{"verify", &CommandDesk::verify},
  };
  return kTable;
}

Result<json::object> CommandDesk::run(std::string_view command, Arguments const& arguments) {
  auto const row = std::ranges::find(table(), command, &Row::name);
  if (row == table().end()) {
    return refuse("unknown_command", fmt::format("This program has no command {}; it may be older than the one that "
                                                 "asked. Restart the service.",
                                                 command));
  }
  return (this->*row->run)(arguments);
}

void CommandDesk::add_doors(net::Router& router) {
  router.post("/control/{command}",
              [this](net::HttpRequest const& request) {
                return carry_out(
                    request, [&](auto const& arguments) { return run(request.path_variable("command"), arguments); });
              },
              {.body_max_bytes = 1024 * 1024, .caller = net::Caller::kProgram});
  router.post("/control/bundle/{step}",
              [this](net::HttpRequest const& request) {
                return carry_out(request, [&](auto const& arguments) {
                  return bundles_.run(request.path_variable("step"), arguments);
                });
              },
              {.body_max_bytes = web::kBundleStepMaxBytes, .caller = net::Caller::kProgram});
}

Result<json::object> CommandDesk::unit_add(Arguments const& arguments) {
  auto const texts = texts_of(arguments, {"code", "name"});
  if (!texts) return texts.error();
  auto const unit = centre_.store().add_unit((*texts)[0], (*texts)[1], centre_.clock().wall());
  if (!unit) return unit.error();
  return unit_overview_view({.unit = *unit, .node = {}, .figures = {}});
}

Result<json::object> CommandDesk::unit_list(Arguments const&) {
  json::array units;
  for (auto const& overview : centre_.store().units()) units.push_back(unit_overview_view(overview));
  return json::object{{"units", std::move(units)}};
}

Result<json::object> CommandDesk::enrol_code(Arguments const& arguments) {
  auto const texts = texts_of(arguments, {"unit"});
  if (!texts) return texts.error();
  auto const issued = centre_.enrolments().issue_code((*texts)[0], centre_.clock().wall());
  if (!issued) return issued.error();
  return code_view(*issued, sync_address(centre_.city()));
}

Result<json::object> CommandDesk::enrol_file(Arguments const& arguments) {
  web::JsonForm form(arguments);
  auto const request = form.text("request", web::kEnrolmentFileMaxBytes);
  if (auto const whole = form.finish(); !whole) return whole.error();
  auto const answer =
      answer_enrolment_file(centre_.store(), centre_.enrolments(), centre_.city(), request, centre_.clock().wall());
  if (!answer) return answer.error();
  auto const& node = answer->enrolled.node;
  return json::object{{"unit", answer->enrolled.unit.code},
                      {"fingerprint", wire::node_fingerprint(node.public_key)},
                      {"state", word_of(node.standing())},
                      {"answer", answer->text}};
}

Result<json::object> CommandDesk::node_list(Arguments const&) {
  auto const city = city_fingerprint(centre_.city());
  if (!city) return city.error();
  json::array nodes;
  for (auto const& node : centre_.nodes().list()) nodes.push_back(node_view(node, centre_.staff_names()));
  return json::object{{"city_fingerprint", *city}, {"nodes", std::move(nodes)}};
}

Result<json::object> CommandDesk::node_confirm(Arguments const& arguments) {
  auto const texts = texts_of(arguments, {"fingerprint"});
  if (!texts) return texts.error();
  return told(centre_.nodes().confirm({}, (*texts)[0], centre_.clock().wall()));
}

Result<json::object> CommandDesk::node_refuse(Arguments const& arguments) {
  auto const texts = texts_of(arguments, {"fingerprint"});
  if (!texts) return texts.error();
  return told(centre_.nodes().refuse_node({}, (*texts)[0], centre_.clock().wall()));
}

Result<json::object> CommandDesk::node_revoke(Arguments const& arguments) {
  auto const texts = texts_of(arguments, {"node", "unit", "why"});
  if (!texts) return texts.error();
  return told(
      centre_.nodes().revoke({}, NodeId{number_in((*texts)[0])}, (*texts)[1], (*texts)[2], centre_.clock().wall()));
}

Result<json::object> CommandDesk::told(Result<UnitNode> const& node) {
  if (!node) return node.error();
  return node_view(*node, centre_.staff_names());
}

Result<json::object> CommandDesk::aside_list(Arguments const& arguments) {
  auto const texts = texts_of(arguments, {"unit", "after"});
  if (!texts) return texts.error();
  auto const page = centre_.aside().list((*texts)[0], number_in((*texts)[1]), kAsideActsTold);
  if (!page) return page.error();
  return aside_page_view(*page, {centre_.staff_names(), centre_.store().nodes()});
}

Result<json::object> CommandDesk::aside_show(Arguments const& arguments) {
  auto const texts = texts_of(arguments, {"act"});
  if (!texts) return texts.error();
  return told(centre_.aside().find(number_in((*texts)[0])));
}

Result<json::object> CommandDesk::aside_adopt(Arguments const& arguments) {
  auto const texts = texts_of(arguments, {"act", "why"});
  if (!texts) return texts.error();
  return told(centre_.aside().adopt({}, number_in((*texts)[0]), (*texts)[1], centre_.clock().wall()));
}

Result<json::object> CommandDesk::told(Result<AsideAct> const& act) {
  if (!act) return act.error();
  return aside_act_view(*act, {centre_.staff_names(), centre_.store().nodes()});
}

Result<json::object> CommandDesk::user_add(Arguments const& arguments) {
  auto const texts = texts_of(arguments, {"name", "role"});
  if (!texts) return texts.error();
  auto const role = web::read_word<rules::StaffRole>((*texts)[1]);
  if (!role) {
    return refuse("bad_field", fmt::format("There is no role {}; choose operator, supervisor, system, data or auditor.",
                                           (*texts)[1]));
  }
  return login_view(centre_.accounts().add((*texts)[0], *role));
}

Result<json::object> CommandDesk::user_list(Arguments const&) {
  json::array users;
  for (auto const& account : centre_.accounts().list()) users.push_back(account_view(account));
  return json::object{{"users", std::move(users)}};
}

Result<json::object> CommandDesk::user_reset(Arguments const& arguments) {
  auto const texts = texts_of(arguments, {"name"});
  if (!texts) return texts.error();
  return login_view(centre_.accounts().reset((*texts)[0]));
}

Result<json::object> CommandDesk::user_disable(Arguments const& arguments) {
  auto const texts = texts_of(arguments, {"name"});
  if (!texts) return texts.error();
  auto const account = centre_.accounts().disable((*texts)[0]);
  if (!account) return account.error();
  return account_view(*account);
}

Result<json::object> CommandDesk::rules_preview(Arguments const& arguments) {
  auto const form = read_rule_form(arguments);
  if (!form) return form.error();
  auto const trial = centre_.rules().preview(form->draft(), centre_.clock().wall());
  if (!trial) return trial.error();
  return trial_view(*trial);
}

Result<json::object> CommandDesk::rules_publish(Arguments const& arguments) {
  auto const form = read_rule_form(arguments);
  if (!form) return form.error();
  auto const record = centre_.rules().publish(StaffId{}, form->draft(), centre_.clock().wall());
  if (!record) return record.error();
  return publication_view(*record, centre_.staff_names());
}

Result<json::object> CommandDesk::status(Arguments const&) {
  auto view = figures_view(centre_.store().counts());
  view["city"] = centre_.city().name;
  view["version"] = FIELDNODE_VERSION;
  view["bundles"] = bundles_view(centre_.readers());
  view["clock"] = guard_ == nullptr ? json::value(nullptr) : json::value(clock_view(*guard_));
  auto const& key = centre_.city().key;
  view["city_key"] = {{"id", std::to_string(key.id)}, {"public_key", to_hex(key.keys.public_key)}};
  auto const failure = centre_.writer().failure();
  view["storage"] = {{"safe_mode", failure.has_value()}, {"reason", failure ? failure->sentence : ""}};
  return view;
}

Result<json::object> CommandDesk::clock_confirm(Arguments const&) {
  if (guard_ == nullptr) {
    return refuse("not_running", "No service runs on this city, so there is no clock to confirm; its start is enough.");
  }
  guard_->confirm();
  return clock_view(*guard_);
}

Result<json::object> CommandDesk::verify(Arguments const&) {
  auto const sound = centre_.store().verify();
  if (!sound) return sound.error();
  auto const files = checked_files(centre_);
  if (!files) return files.error();
  json::array units;
  for (auto const& unit : sound->units) {
    units.push_back({{"code", unit.code},
                     {"feed", head_view(unit.feed)},
                     {"journal", unit.journal.epoch ? json::value(head_view(unit.journal)) : json::value()},
                     {"digest", to_hex(unit.digest)}});
  }
  return json::object{{"ok", true},
                      {"units", std::move(units)},
                      {"entries", sound->entries},
                      {"assignments", sound->assignments},
                      {"receipts", sound->receipts},
                      {"attachments", {{"named", files->named}, {"checked", files->checked}}}};
}

}  // namespace fieldnode::central
