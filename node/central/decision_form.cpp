#include "node/central/decision_form.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "node/web/words_json.h"
#include "sync/rules/limit.h"

namespace fieldnode::central {
namespace {

using rules::EntryKind;
using web::JsonForm;

constexpr std::size_t kReasonMaxBytes = 16 * 1024;
constexpr std::size_t kLimitsMost = 16;
constexpr std::int64_t kDaysMost = 1000;

/// The place of an act; left out, the pending one is meant. One application is pending at a time, so its number may
/// stand without the epoch.
Position read_place(JsonForm& form, std::string_view name) {
  auto place = form.inner(name);
  if (!place) return {};
  Position const at{place->has("epoch") ? Epoch{place->id("epoch")} : Epoch{}, place->id("seq")};
  form.adopt(place->finish());
  return at;
}

Position require_place(JsonForm& form, std::string_view name) {
  if (!form.has(name)) form.fault(name, "is missing");
  return read_place(form, name);
}

/// What is ruled must be said: silence is no refusal.
bool require_truth(JsonForm& form, std::string_view name) {
  if (!form.has(name)) form.fault(name, "is missing");
  return form.truth(name, false);
}

std::uint32_t read_days(JsonForm& form) {
  return form.has("days") ? static_cast<std::uint32_t>(form.whole("days", 1, kDaysMost)) : 0;
}

rules::Payload read_extension(JsonForm& form) {
  return rules::ExtensionDecision{read_place(form, "application"), require_truth(form, "granted"), read_days(form)};
}
rules::Payload read_return(JsonForm& form) {
  return rules::ReturnDecision{read_place(form, "application"), require_truth(form, "granted"),
                               form.truth("final_ruling", false)};
}
rules::Payload read_special(JsonForm& form) {
  return rules::SpecialDecision{read_place(form, "application"), require_truth(form, "granted"), read_days(form)};
}
rules::Payload read_unreachable(JsonForm& form) {
  return rules::UnreachableDecision{read_place(form, "resolution"), require_truth(form, "confirmed")};
}
rules::Payload read_settlement(JsonForm& form) {
  return rules::Settlement{require_place(form, "act"), require_truth(form, "stands")};
}
rules::Payload read_time_ruling(JsonForm& form) {
  return rules::TimeRuling{require_place(form, "act"),
                           form.word<rules::ClockKind>("clock", web::read_word<rules::ClockKind>),
                           require_truth(form, "in_time")};
}
rules::Payload read_adopt(JsonForm& form) { return rules::Adopt{require_place(form, "act")}; }
rules::Payload read_redact(JsonForm& form) { return rules::Redact{require_place(form, "act"), true}; }
rules::Payload read_call_back(JsonForm& form) {
  rules::CallBack call{.reached = require_truth(form, "reached"), .satisfied = {}, .solved = {}};
  if (form.has("satisfied")) call.satisfied = form.word<rules::Degree>("satisfied", web::read_word<rules::Degree>);
  if (form.has("solved")) call.solved = form.word<rules::Degree>("solved", web::read_word<rules::Degree>);
  return call;
}
rules::Payload read_supervision(JsonForm& form) {
  // A veto needs two persons (Q7), so one operator's note carries none.
  return rules::SupervisionNote{form.word<rules::SupervisionGround>("ground", web::read_word<rules::SupervisionGround>),
                                false};
}
template <class Empty>
rules::Payload read_nothing(JsonForm&) {
  return Empty{};
}

struct Reader {
  EntryKind kind;
  rules::Payload (*read)(JsonForm&);
};

constexpr std::array kReaders{Reader{EntryKind::kTakeBack, read_nothing<rules::TakeBack>},
                              Reader{EntryKind::kExtensionDecision, read_extension},
                              Reader{EntryKind::kReturnDecision, read_return},
                              Reader{EntryKind::kSpecialDecision, read_special},
                              Reader{EntryKind::kUnreachableDecision, read_unreachable},
                              Reader{EntryKind::kSettlement, read_settlement},
                              Reader{EntryKind::kTimeRuling, read_time_ruling},
                              Reader{EntryKind::kAdopt, read_adopt},
                              Reader{EntryKind::kCallBack, read_call_back},
                              Reader{EntryKind::kSupervisionNote, read_supervision},
                              Reader{EntryKind::kPause, read_nothing<rules::Pause>},
                              Reader{EntryKind::kResume, read_nothing<rules::Resume>},
                              Reader{EntryKind::kRedo, read_nothing<rules::Redo>},
                              Reader{EntryKind::kClose, read_nothing<rules::Close>},
                              Reader{EntryKind::kRedact, read_redact}};

}  // namespace

Result<DecisionRequest> read_decision(std::string_view json) {
  auto form = JsonForm::parse(json);
  if (!form) return form.error();
  DecisionRequest request;
  request.request_id = form->text("request_id", 64);
  auto const word = form->text("kind", 64);
  if (word.empty()) return form->finish().error();  // it names the field
  auto const kind = web::read_word<EntryKind>(word).value_or(EntryKind::kNone);
  auto const reader =
      std::find_if(kReaders.begin(), kReaders.end(), [&](Reader const& row) { return row.kind == kind; });
  if (reader == kReaders.end()) {
    return refuse("unknown_decision", fmt::format("'{}' is nothing that is decided here; nothing was changed.", word));
  }
  request.form.kind = kind;
  request.form.payload = reader->read(*form);
  request.form.reason = form->optional_text("reason", kReasonMaxBytes);
  if (auto const read = form->finish(); !read) return read.error();
  return request;
}

std::vector<rules::OwnLimit> read_limits(JsonForm& form, std::string_view name) {
  std::vector<rules::OwnLimit> limits;
  for (auto& one : form.list(name, kLimitsMost)) {
    rules::OwnLimit own{.clock = one.word<rules::ClockKind>("clock", web::read_word<rules::ClockKind>),
                        .count = {},
                        .unit = {},
                        .statute = one.optional_text("statute", 512)};
    auto const limit = rules::parse_limit(one.text("limit", 16));
    if (limit) own.count = limit->count;
    if (limit) own.unit = limit->unit;
    if (!limit) one.fault("limit", "is no limit such as 2h, 2wh, 5wd or 7cd");
    form.adopt(one.finish());
    limits.push_back(std::move(own));
  }
  return limits;
}

}  // namespace fieldnode::central
