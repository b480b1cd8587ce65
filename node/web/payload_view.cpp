#include "node/web/payload_view.h"

#include <boost/json/array.hpp>

#include "node/web/rule_views.h"
#include "node/web/views.h"
#include "node/web/words_json.h"
#include "sync/rules/limit.h"

namespace fieldnode::web {
namespace {

using boost::json::object;

std::string id_text(std::uint64_t id) { return std::to_string(id); }

object of(rules::Resolution const& r) {
  return {{"verified", word_of(r.verified)},
          {"beyond_duty", r.beyond_duty},
          {"solved", word_of(r.solved)},
          {"unreachable", r.unreachable}};
}
object of(rules::Contact const& c) {
  object view{{"channel", word_of(c.channel)}, {"outcome", word_of(c.outcome)}};
  if (c.completes) view["completes"] = of(*c.completes);
  return view;
}
object of(rules::ExtensionApplication const& a) { return {{"ground", word_of(a.ground)}, {"days", a.days}}; }
object of(rules::ReturnApplication const& a) { return {{"reason", word_of(a.reason)}}; }
object of(rules::SpecialApplication const& a) { return {{"days", a.days}}; }
object of(rules::StaffAssignment const& a) {
  object view{{"to", id_text(a.to.value)}};
  if (a.inner_due) view["inner_due"] = moment(*a.inner_due);
  return view;
}
object of(rules::Correction const& c) {
  object view{{"act", position_view(c.act)}};
  if (c.outcome) view["outcome"] = word_of(*c.outcome);
  return view;
}
object of(rules::Withdrawal const& w) { return {{"application", position_view(w.application)}}; }
object of(rules::Anomaly const& a) { return {{"what", word_of(a.what)}, {"milliseconds", a.milliseconds}}; }
object of(rules::StaffChange const& s) {
  return {{"who", id_text(s.who.value)}, {"role", word_of(s.role)}, {"disabled", s.disabled}};
}
object of(rules::LinkOutage const& o) {
  return {{"began", interval_view(o.began)},
          {"ended", interval_view(o.ended)},
          {"attempts", o.attempts},
          {"cause", word_of(o.cause)}};
}
object of(rules::EvidenceExport const& e) {
  std::uint64_t entries = 0;
  for (auto const& count : e.counts) entries += count.entries;
  return {{"entries", entries}};
}
object of(rules::VetoContest const& c) { return {{"veto", position_view(c.veto)}}; }
object of(rules::RulesApplied const& r) {
  auto view = applied_view(r);
  view["calendar_before"] = r.calendar_before;
  view["calendar_after"] = r.calendar_after;
  return view;
}
object of(rules::Dispatch const& d) {
  object view{{"case", id_text(d.case_id.value)},
              {"cycle", d.cycle},
              {"category", word_of(d.category)},
              {"kind", word_of(d.kind)},
              {"lead", d.lead},
              {"confidential", d.confidential},
              {"urgent", d.urgent},
              {"ruled", d.ruled},
              {"return_rounds", d.return_rounds}};
  boost::json::array limits;
  for (auto const& own : d.limits) {
    limits.push_back({{"clock", word_of(own.clock)},
                      {"limit", rules::format_limit({own.count, own.unit})},
                      {"statute", own.statute}});
  }
  view["limits"] = std::move(limits);
  return view;
}
object of(rules::ExtensionDecision const& d) {
  return {{"application", position_view(d.application)}, {"granted", d.granted}, {"days", d.days}};
}
object of(rules::ReturnDecision const& d) {
  return {{"application", position_view(d.application)}, {"granted", d.granted}, {"final_ruling", d.final_ruling}};
}
object of(rules::SpecialDecision const& d) {
  return {{"application", position_view(d.application)}, {"granted", d.granted}, {"days", d.days}};
}
object of(rules::UnreachableDecision const& d) {
  return {{"resolution", position_view(d.resolution)}, {"confirmed", d.confirmed}};
}
object of(rules::RefusalOfAct const& r) { return {{"act", position_view(r.act)}, {"code", r.code}}; }
object of(rules::Conflict const& c) { return {{"act", position_view(c.act)}}; }
object of(rules::Settlement const& s) { return {{"act", position_view(s.act)}, {"stands", s.stands}}; }
object of(rules::SetAside const& s) { return {{"act", position_view(s.act)}, {"code", s.code}}; }
object of(rules::Adopt const& a) { return {{"act", position_view(a.act)}}; }
object of(rules::CallBack const& c) {
  return {{"reached", c.reached}, {"satisfied", word_of(c.satisfied)}, {"solved", word_of(c.solved)}};
}
object of(rules::SupervisionNote const& n) { return {{"ground", word_of(n.ground)}, {"veto", n.veto}}; }
object of(rules::Redo const& r) { return {{"next", id_text(r.next.value)}}; }
object of(rules::PolicyVersion const& p) { return {{"version", p.version}}; }
object of(rules::CalendarVersion const& c) {
  object view{{"version", c.version}};
  if (c.second) view["second"] = id_text(c.second.value);
  return view;
}
object of(rules::TimeRuling const& r) {
  return {{"act", position_view(r.act)}, {"clock", word_of(r.clock)}, {"in_time", r.in_time}};
}
object of(rules::OutageSeen const& o) {
  return {{"view", word_of(o.view)}, {"from", moment(o.from)}, {"until", moment(o.until)}};
}
object of(rules::PhoneReceipt const& p) { return {{"upto", position_view(p.upto)}}; }
object of(rules::PhoneCheck const& p) { return {{"receipt", position_view(p.receipt)}, {"holds", p.holds}}; }
object of(rules::Veto const& v) { return {{"from", moment(v.period.from)}, {"until", moment(v.period.until)}}; }
object of(rules::VetoStep const& s) { return {{"veto", position_view(s.veto)}, {"move", word_of(s.move)}}; }
object of(rules::Publication const& p) {
  return {{"from", moment(p.period.from)}, {"until", moment(p.period.until)}, {"corrects", p.corrects.seq != 0}};
}
template <class Other>
object of(Other const&) {
  return {};
}

}  // namespace

object payload_view(rules::Payload const& payload) {
  return std::visit([](auto const& fields) { return of(fields); }, payload);
}

}  // namespace fieldnode::web
