#include "node/web/act_form.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "node/web/attachment_form.h"
#include "node/web/words_json.h"
#include "sync/crypto/hash.h"
#include "sync/rules/civil.h"

namespace fieldnode::web {
namespace {

using wire::TextTag;

constexpr std::size_t kLineMaxBytes = 512;
constexpr std::size_t kTextMaxBytes = 64 * 1024;
constexpr std::int64_t kDaysMost = 1000;

void add_text(ActForm& act, TextTag tag, std::string text) {
  if (!text.empty()) act.body.texts.push_back({tag, std::move(text)});
}

rules::Resolution read_resolution(JsonForm& form, ActForm& act) {
  rules::Resolution resolution{.verified = form.word<rules::Degree>("verified", read_word<rules::Degree>),
                               .beyond_duty = form.truth("beyond_duty", false),
                               .solved = form.word<rules::Degree>("solved", read_word<rules::Degree>),
                               .unreachable = form.truth("unreachable", false)};
  add_text(act, TextTag::kReason, form.optional_text("reason", kTextMaxBytes));
  add_text(act, TextTag::kNote, form.optional_text("note", kTextMaxBytes));
  add_text(act, TextTag::kPublicAnswer, form.optional_text("public_answer", kTextMaxBytes));
  return resolution;
}

void read_acknowledgement(JsonForm&, ActForm& act) { act.payload = rules::Acknowledgement{}; }

void read_contact(JsonForm& form, ActForm& act) {
  rules::Contact contact{.channel = form.word<rules::Channel>("channel", read_word<rules::Channel>),
                         .outcome = form.word<rules::ContactOutcome>("outcome", read_word<rules::ContactOutcome>),
                         .completes = {}};
  add_text(act, TextTag::kSpokeWith, form.optional_text("spoke_with", kLineMaxBytes));
  if (auto number = form.optional_text("number_used", kLineMaxBytes); !number.empty()) {
    act.contact.fields.push_back({wire::ContactTag::kNumberUsed, std::move(number)});
  }
  add_text(act, TextTag::kNote, form.optional_text("note", kTextMaxBytes));
  if (auto completes = form.inner("completes")) {
    contact.completes = read_resolution(*completes, act);
    form.adopt(completes->finish());
  }
  act.payload = contact;
}

void read_resolution_act(JsonForm& form, ActForm& act) { act.payload = read_resolution(form, act); }

void read_extension(JsonForm& form, ActForm& act) {
  act.payload = rules::ExtensionApplication{
      .ground = form.word<rules::ExtensionGround>("ground", read_word<rules::ExtensionGround>),
      .days = static_cast<std::uint32_t>(form.whole("days", 1, kDaysMost))};
  add_text(act, TextTag::kGround, form.text("text", kTextMaxBytes));
}

void read_return(JsonForm& form, ActForm& act) {
  act.payload = rules::ReturnApplication{
      .reason = form.word<rules::ReturnReason>("reason", read_word<rules::ReturnReason>), .suggested = {}};
  add_text(act, TextTag::kBasis, form.text("basis", kTextMaxBytes));
  add_text(act, TextTag::kName, form.optional_text("suggested_unit", kLineMaxBytes));
}

void read_special(JsonForm& form, ActForm& act) {
  act.payload = rules::SpecialApplication{.days = static_cast<std::uint32_t>(form.whole("days", 1, kDaysMost))};
  add_text(act, TextTag::kDocumentNumber, form.text("document_number", kLineMaxBytes));
  add_text(act, TextTag::kGround, form.text("text", kTextMaxBytes));
}

void read_note(JsonForm& form, ActForm& act) {
  act.payload = rules::Note{};
  add_text(act, TextTag::kNote, form.text("note", kTextMaxBytes));
}

void read_staff_assignment(JsonForm& form, ActForm& act) {
  rules::StaffAssignment given{.to = StaffId{form.id("to")}, .inner_due = {}};
  if (auto const text = form.optional_text("inner_due", kLineMaxBytes); !text.empty()) {
    auto const due = rules::parse_moment(text);
    if (due) given.inner_due = *due;
    if (!due) form.fault("inner_due", "is no moment such as 2026-10-10T17:00:00+08:00");
  }
  add_text(act, TextTag::kNote, form.optional_text("note", kTextMaxBytes));
  act.payload = given;
}

Position read_position(JsonForm& form, std::string_view name) {
  auto place = form.inner(name);
  if (!place) {
    form.fault(name, "is missing");
    return {};
  }
  Position const at{Epoch{place->id("epoch")}, place->id("seq")};
  form.adopt(place->finish());
  return at;
}

void read_correction(JsonForm& form, ActForm& act) {
  rules::Correction correction{.act = read_position(form, "act"), .outcome = {}};
  if (form.has("outcome")) {
    correction.outcome = form.word<rules::ContactOutcome>("outcome", read_word<rules::ContactOutcome>);
  }
  add_text(act, TextTag::kReason, form.text("reason", kTextMaxBytes));
  act.payload = correction;
}

void read_withdrawal(JsonForm& form, ActForm& act) {
  act.payload = rules::Withdrawal{.application = read_position(form, "application")};
  add_text(act, TextTag::kReason, form.optional_text("reason", kTextMaxBytes));
}

void read_unmasking(JsonForm& form, ActForm& act) {
  act.payload = rules::Unmasking{};
  add_text(act, TextTag::kReason, form.text("reason", kTextMaxBytes));
}

enum class Files { kNone, kSome };

struct Reader {
  rules::EntryKind kind;
  void (*read)(JsonForm&, ActForm&);
  Files files{Files::kNone};  ///< whether attachments may stand in it
};

constexpr std::array kReaders{
    Reader{rules::EntryKind::kAcknowledgement, read_acknowledgement},
    Reader{rules::EntryKind::kContact, read_contact, Files::kSome},
    Reader{rules::EntryKind::kResolution, read_resolution_act, Files::kSome},
    Reader{rules::EntryKind::kExtensionApplication, read_extension, Files::kSome},
    Reader{rules::EntryKind::kReturnApplication, read_return, Files::kSome},
    Reader{rules::EntryKind::kSpecialApplication, read_special, Files::kSome},
    Reader{rules::EntryKind::kNote, read_note, Files::kSome},
    Reader{rules::EntryKind::kStaffAssignment, read_staff_assignment},
    Reader{rules::EntryKind::kCorrection, read_correction},
    Reader{rules::EntryKind::kWithdrawal, read_withdrawal},
    Reader{rules::EntryKind::kUnmasking, read_unmasking},
};

bool is_act_id(std::string_view text) {
  auto const allowed = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
  };
  return text.size() >= 8 && text.size() <= 64 && std::all_of(text.begin(), text.end(), allowed);
}

}  // namespace

Result<ActForm> read_act_form(std::string_view json) {
  auto form = JsonForm::parse(json);
  if (!form) return form.error();
  ActForm act{.act_id = form->text("act_id", 64), .kind = {}, .payload = {}, .body = {}, .contact = {}};
  if (!is_act_id(act.act_id)) form->fault("act_id", "must be 8 to 64 letters, digits or hyphens");
  auto const kind = form->text("kind", 64);
  if (kind.empty()) return form->finish().error();  // it names the field
  act.kind = read_word<rules::EntryKind>(kind).value_or(rules::EntryKind::kNone);
  auto const reader =
      std::find_if(kReaders.begin(), kReaders.end(), [&](Reader const& row) { return row.kind == act.kind; });
  if (reader == kReaders.end()) {
    return refuse("unknown_act", fmt::format("'{}' is no act that can be made here; nothing was changed.", kind));
  }
  reader->read(*form, act);
  if (reader->files == Files::kSome) act.body.blobs = read_attachments(*form);
  if (auto const read = form->finish(); !read) return read.error();
  return act;
}

Hash content_hash(ActForm const& form) {
  rules::Skeleton skeleton;
  skeleton.kind = form.kind;
  skeleton.payload = form.payload;
  // Larger than an entry may be: the form is refused when it is appended, and no stored content is like it.
  auto const entry = wire::encode_entry(skeleton, form.body, form.contact);
  if (!entry) return {};
  return crypto::hash_under("fieldnode/act-content/1", {wire::pack_entry(*entry)});
}

}  // namespace fieldnode::web
