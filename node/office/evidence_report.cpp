#include "node/office/evidence_report.h"

#include <fmt/format.h>

#include <boost/json/array.hpp>

#include "node/web/verdict_view.h"
#include "node/web/views.h"
#include "node/web/words_json.h"

namespace fieldnode::office {
namespace {

namespace json = boost::json;
using engine::BothLanguages;

json::object both(BothLanguages const& words) { return {{"zh", words.zh}, {"en", words.en}}; }

std::string const& said(BothLanguages const& words, bool chinese) { return chinese ? words.zh : words.en; }

std::string id_text(std::uint64_t id) { return std::to_string(id); }

// ---- for programs ---------------------------------------------------------------------------------------------------

json::object fault_view(engine::EvidenceFault const& fault) {
  return {{"code", fault.code},
          {"part", fault.part},
          {"offset", fault.offset},
          {"size", fault.size},
          {"sentence", both(fault.what)}};
}

json::object finding_view(engine::EvidenceFinding const& finding) {
  json::array clocks;
  if (finding.verdicts) {
    for (auto const& verdict : *finding.verdicts) {
      clocks.push_back({{"clock", web::word_of(verdict.kind)}, {"verdict", web::verdict_view(verdict)}});
    }
  }
  return {{"unit", id_text(finding.unit.value)},
          {"assignment", id_text(finding.state.id.value)},
          {"number", finding.number},
          {"cycle", finding.state.dispatch.cycle},
          {"stage", web::word_of(finding.state.stage())},
          {"clocks", std::move(clocks)}};
}

json::object unit_view(wire::EvidenceUnit const& unit) {
  return {{"id", id_text(unit.id.value)}, {"code", unit.code}, {"name", unit.name}};
}

std::string_view maker_word(engine::EvidenceReport const& report) {
  if (report.front.side == wire::EvidenceSide::kCentre) return "centre";
  return report.maker_vouched ? "office" : "office_unvouched";
}

template <class Items, class View>
json::array views(Items const& items, View view) {
  json::array array;
  for (auto const& item : items) array.push_back(view(item));
  return array;
}

// ---- for people -----------------------------------------------------------------------------------------------------

BothLanguages words_of(rules::Verdict verdict) {
  switch (verdict) {
    case rules::Verdict::kInTimeProven:
      return {"按时（已证明）", "in time (proven)"};
    case rules::Verdict::kInTimeByClock:
      return {"按时（按本单位时钟，尚未证明）", "in time (by the office's clock, not yet proven)"};
    case rules::Verdict::kUndetermined:
      return {"是否按时无法确定", "nobody can tell whether in time"};
    case rules::Verdict::kLateByClock:
      return {"超期（按本单位时钟，尚未证明）", "late (by the office's clock, not yet proven)"};
    case rules::Verdict::kLateProven:
      break;
  }
  return {"超期（已证明）", "late (proven)"};
}

BothLanguages words_of(rules::ClockKind clock) {
  switch (clock) {
    case rules::ClockKind::kAcknowledge:
      return {"签收", "acknowledge"};
    case rules::ClockKind::kContact:
      return {"联系", "contact"};
    case rules::ClockKind::kReturn:
      return {"退单", "return"};
    default:
      return {"办结", "resolve"};
  }
}

BothLanguages words_of(TimeInterval const& bracket) {
  bool const open_below = bracket.earliest == UtcTime{};
  auto const from = web::moment(bracket.earliest);
  if (!bracket.latest && open_below) return {"时间尚无任何证明", "nothing proves the time yet"};
  if (!bracket.latest) {
    return {"已证明不早于" + from + "，尚无送达证明", "proven not before " + from + "; no proof of delivery yet"};
  }
  auto const to = web::moment(*bracket.latest);
  if (open_below) return {"已证明不晚于" + to, "proven not after " + to};
  return {"已证明在" + from + "至" + to + "之间", "proven between " + from + " and " + to};
}

BothLanguages words_of(rules::ClockVerdict const& verdict) {
  if (!verdict.verdict) return {"未作判断（仍在计时，或无须办理）", "not judged: it runs, or nothing was owed"};
  auto words = words_of(*verdict.verdict);
  if (verdict.ruled) {
    bool const in_time = verdict.ruled->ruling.in_time;
    words = words +
            BothLanguages{in_time ? "，中心裁定按时" : "，中心裁定超期", in_time ? ", ruled in time" : ", ruled late"};
  }
  if (verdict.forgiven) words = words + BothLanguages{"，按办理时已知的日历", ", by the calendar known at the time"};
  if (verdict.act) words = words + BothLanguages{"；", "; "} + words_of(verdict.bracket);
  return words;
}

std::string clock_line(rules::ClockVerdict const& verdict, bool chinese) {
  auto const due = verdict.due ? web::moment(*verdict.due) : std::string("-");
  return fmt::format("    {}  {} {}  {}\n", said(words_of(verdict.kind), chinese), chinese ? "截止" : "due", due,
                     said(words_of(verdict), chinese));
}

std::string finding_lines(engine::EvidenceFinding const& finding, bool chinese) {
  auto lines = fmt::format("  {} {}  {}  {}\n", chinese ? "交办" : "assignment", finding.state.id.value, finding.number,
                           web::word_of(finding.state.stage()));
  if (!finding.verdicts) return lines + fmt::format("    {}\n", finding.verdicts.error().sentence);
  for (auto const& verdict : *finding.verdicts) lines += clock_line(verdict, chinese);
  return lines;
}

std::string heading(engine::EvidenceReport const& report, bool chinese) {
  auto const& front = report.front;
  bool const centre = front.side == wire::EvidenceSide::kCentre;
  auto const maker = centre ? BothLanguages{"中心", "the centre"}
                            : BothLanguages{fmt::format("节点 {}", front.node.value),
                                            fmt::format("the office node {}", front.node.value)};
  return chinese ? fmt::format("诉求 {}，{}，由{}于 {} 制作\n城市公钥 {}\n", front.case_id.value, front.city, maker.zh,
                               web::moment(front.made_at), to_hex(front.city_key))
                 : fmt::format("case {} of {}, told by {} at {}\ncity key {}\n", front.case_id.value, front.city,
                               maker.en, web::moment(front.made_at), to_hex(front.city_key));
}

std::string fault_line(engine::EvidenceFault const& fault, bool chinese) {
  auto const place = chinese ? fmt::format("第 {} 部分，第 {} 字节起 {} 字节", fault.part, fault.offset, fault.size)
                             : fmt::format("part {}, {} bytes from {}", fault.part, fault.size, fault.offset);
  return fmt::format("! {}: {} ({})\n", place, said(fault.what, chinese), fault.code);
}

}  // namespace

json::object view_of(engine::EvidenceReport const& report) {
  json::object view{{"ok", report.is_sound()}};
  if (report.is_sound()) {
    view["case"] = id_text(report.front.case_id.value);
    view["made_by"] = maker_word(report);
    view["made_at"] = web::moment(report.front.made_at);
    view["program"] = report.front.program;
    view["city"] = json::object{{"name", report.front.city},
                                {"key_id", id_text(report.front.city_key_id)},
                                {"public_key", to_hex(report.front.city_key)}};
    view["units"] = views(report.units, unit_view);
    view["assignments"] = views(report.findings, finding_view);
  }
  view["notes"] = views(report.notes, [](engine::EvidenceNote const& note) {
    return json::object{{"code", note.code}, {"sentence", both(note.what)}};
  });
  view["faults"] = views(report.faults, fault_view);
  return view;
}

std::string text_of(engine::EvidenceReport const& report, bool chinese) {
  std::string text = report.is_sound() ? heading(report, chinese) : std::string();
  for (auto const& unit : report.units) {
    text += fmt::format("{} {}\n", unit.code, unit.name);
    for (auto const& finding : report.findings) {
      if (finding.unit == unit.id) text += finding_lines(finding, chinese);
    }
  }
  for (auto const& note : report.notes) text += fmt::format("* {}\n", said(note.what, chinese));
  for (auto const& fault : report.faults) text += fault_line(fault, chinese);
  if (report.is_sound()) {
    text += chinese ? "核验通过：没有改动、遗漏或加入\n" : "sound: nothing was changed, left out or added\n";
  }
  return text;
}

}  // namespace fieldnode::office
