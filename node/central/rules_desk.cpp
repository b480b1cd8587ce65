#include "node/central/rules_desk.h"

#include <fmt/format.h>

#include <algorithm>

#include "sync/rules/civil.h"

namespace fieldnode::central {
namespace {

using rules::EntryKind;
using rules::RuleEdition;

/// A draft that was read.
struct ReadDraft {
  RuleText text;
  RuleEdition edition;
};

Result<ReadDraft> read(RuleDraft const& draft) {
  auto edition = rules::read_edition(draft.kind, draft.document, draft.name);
  if (!edition) return edition.error();
  RuleText text{draft.kind, rules::version_of(*edition), std::string(draft.document)};
  return ReadDraft{std::move(text), *std::move(edition)};
}

Refusal version_taken(std::string_view version) {
  return refuse("version_taken",
                fmt::format("The version {} stands for another text already, and what was counted by it "
                            "must stay as it is; give this text a version of its own.",
                            version));
}

/// What the program itself carries under that version.
bool is_carried_otherwise(RuleEdition const& edition, rules::RuleBook const& carried) {
  if (auto const* const policy = std::get_if<rules::Policy>(&edition)) {
    return policy->version == carried.policy.version && *policy != carried.policy;
  }
  auto const& notice = std::get<rules::Notice>(edition);
  auto const same = std::ranges::find(carried.notices, notice.name(), &rules::Notice::name);
  return same != carried.notices.end() && *same != notice;
}

/// The publication of that version, if it is the same text. Errors: `version_taken`.
Result<std::optional<RuleRecord>> earlier_of(std::vector<RuleRecord> const& published, rules::Shelf const& shelf,
                                             ReadDraft const& draft) {
  for (auto const& record : published) {
    if (record.text.kind != draft.text.kind || record.text.version != draft.text.version) continue;
    auto const edition = rules::read_edition(record.text.kind, record.text.document, record.text.version);
    if (!edition || *edition != draft.edition) return version_taken(draft.text.version);
    return std::optional(record);
  }
  if (is_carried_otherwise(draft.edition, *shelf->at({}))) return version_taken(draft.text.version);
  return std::optional<RuleRecord>{};
}

std::optional<rules::CivilDay> first_change(rules::RuleBook const& before, RuleEdition const& edition) {
  return rules::first_changed_day(before.calendar, rules::revised(before, edition).calendar);
}

bool is_past(std::optional<rules::CivilDay> day, UtcTime now) { return day && *day < rules::day_of(now); }

Refusal needs_second_person(rules::CivilDay day) {
  return refuse(
      "needs_second_person",
      fmt::format("It changes {}, a day that is past, and with it what was counted already. Propose it at the "
                  "page, where a second person confirms it.",
                  rules::format_day(day)));
}

Result<RuleProposal> require_waiting(RuleLog& log, std::uint64_t id, StaffId who) {
  auto proposal = log.find_proposal(id);
  if (!proposal) return refuse("no_such_proposal", "There is no such proposal; reload the page.");
  if (proposal->standing != RuleStanding::kWaits) {
    return refuse("proposal_settled", "Somebody has confirmed or declined this proposal already; reload the page.");
  }
  if (proposal->staff == who) {
    return refuse("proposed_by_same_person", "You have proposed this yourself; another person must confirm it.");
  }
  return *std::move(proposal);
}

}  // namespace

Result<RuleTrial> RulesDesk::preview(RuleDraft const& draft, UtcTime now) {
  auto const known = read(draft);
  if (!known) return known.error();
  auto const shelf = store_.city_rules();
  auto const earlier = earlier_of(store_.published_rules(), shelf, *known);
  if (!earlier) return earlier.error();
  RuleTrial trial{.text = known->text, .published = earlier->has_value(), .first_changed = {}, .effect = {}};
  if (trial.published) return trial;
  trial.first_changed = first_change(*shelf->current(), known->edition);
  trial.needs_second = is_past(trial.first_changed, now);
  trial.effect = store_.preview_rules(known->edition, now);
  return trial;
}

Result<RuleRecord> RulesDesk::publish(StaffId who, RuleDraft const& draft, UtcTime now) {
  auto const known = read(draft);
  if (!known) return known.error();
  RuleRecord record;
  auto const done = store_.with_rules([&](RuleLog& log) -> Result<void> {
    auto const shelf = log.shelf();
    auto const earlier = earlier_of(log.published(), shelf, *known);
    if (!earlier) return earlier.error();
    auto const changed = first_change(*shelf->current(), known->edition);
    if (!*earlier && is_past(changed, now)) return needs_second_person(*changed);
    record = *earlier ? **earlier : log.publish(known->text, who, {}, now);
    return {};
  });
  if (!done) return done.error();
  if (auto const told = finish(now); !told) return told.error();
  return record;
}

Result<std::variant<RuleRecord, RuleProposal>> RulesDesk::publish_or_propose(StaffId who, RuleDraft const& draft,
                                                                             UtcTime now) {
  using Outcome = std::variant<RuleRecord, RuleProposal>;
  auto published = publish(who, draft, now);
  if (published) return Outcome(*std::move(published));
  if (published.error().code != "needs_second_person") return published.error();
  auto const known = read(draft);
  if (!known) return known.error();
  RuleProposal proposal;
  auto const done = store_.with_rules([&](RuleLog& log) -> Result<void> {
    auto const waiting = log.waiting();
    auto const same = std::ranges::find_if(waiting, [&](RuleProposal const& one) {
      return one.text.kind == known->text.kind && one.text.version == known->text.version;
    });
    if (same != waiting.end() && same->text != known->text) return version_taken(known->text.version);
    proposal = same != waiting.end() ? *same : log.propose(known->text, who, now);
    return {};
  });
  if (!done) return done.error();
  return Outcome(std::move(proposal));
}

Result<RuleProposal> RulesDesk::rule(StaffId who, std::uint64_t id, bool confirmed, UtcTime now) {
  std::optional<RuleProposal> ruled;
  auto const done = store_.with_rules([&](RuleLog& log) -> Result<void> {
    auto const proposal = require_waiting(log, id, who);
    if (!proposal) return proposal.error();
    log.rule_proposal(id, confirmed ? RuleStanding::kConfirmed : RuleStanding::kDeclined, who, now);
    ruled = log.find_proposal(id);
    if (!confirmed) return {};
    auto const known = read({proposal->text.kind, proposal->text.document, proposal->text.version});
    if (!known) return known.error();
    auto const earlier = earlier_of(log.published(), log.shelf(), *known);
    if (!earlier) return earlier.error();
    if (!*earlier) log.publish(proposal->text, proposal->staff, who, now);
    return {};
  });
  if (!done) return done.error();
  if (auto const told = finish(now); !told) return told.error();
  return *std::move(ruled);
}

Result<void> RulesDesk::finish(UtcTime now) {
  for (auto const unit : store_.units_behind_rules()) {
    auto const told = store_.with_unit(unit, [&](UnitWork& work) { return work.append_rules(now); });
    if (!told) return told.error();
  }
  return {};
}

}  // namespace fieldnode::central
