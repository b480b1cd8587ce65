#include "sync/rules/refusals.h"

#include <algorithm>
#include <array>

#include "sync/base/check.h"

namespace fieldnode::rules {

namespace {

constexpr std::size_t kCodeCount = static_cast<std::size_t>(RefusalCode::kCount);

// In the order of RefusalCode. Codes stand in feeds for ever: never renamed, never reused.
constexpr std::array<RefusalText, kCodeCount> kTexts{{
    {"", "", ""},
    {"unknown_assignment", "This unit has no such assignment. Check the number; it may belong to another unit.",
     "本单位没有这件交办。请核对编号，它可能属于其他单位。"},
    {"no_assignment", "This kind of entry must name an assignment. Open the assignment and enter it there.",
     "此类条目必须指明交办。请打开该交办后再填写。"},
    {"not_on_assignment", "This kind of entry concerns the whole unit and cannot name an assignment.",
     "此类条目属于整个单位，不能指明交办。"},
    {"assignment_ended",
     "The assignment has ended (closed, returned, taken back or handled again). Nothing can be added; write to the "
     "centre.",
     "该交办已结束（结案、退回、收回或重办），不能再办理。如有异议请联系中心。"},
    {"already_dispatched", "This assignment has been dispatched before. Dispatch the case under a new assignment.",
     "该交办已派发。请以新的交办再次派发。"},
    {"category_missing", "A case needs a category (A1..A5) and a kind before it is dispatched. Choose both.",
     "派发前必须选定受理类别（A1 至 A5）和诉求类型。"},
    {"limit_missing",
     "A limit of this case names no clock, or counts nothing. Name the clock and a length of one or more.",
     "本件的自带时限没有指明时钟或长度。请指明时钟，长度须为一或以上。"},
    {"channel_missing", "The contact does not say by which channel. Choose telephone, visit or message.",
     "联系记录没有填写方式。请选择电话、上门或短信。"},
    {"outcome_missing", "The contact or call-back does not say what came of it. Choose an outcome.",
     "联系或回访没有填写结果。请选择结果。"},
    {"not_a_consultation",
     "Only a consultation is completed by the contact itself. Record the contact, then the resolution.",
     "只有咨询类可以在联系时一并办结。请先登记联系，再填写办结。"},
    {"contact_missing",
     "The citizen has not been reached yet. Record a successful contact first, or three failed attempts on two working "
     "days.",
     "尚未联系上群众。请先登记一次成功的联系，或在两个工作日内登记三次未联系上的记录。"},
    {"attempts_missing",
     "`Unreachable` needs three failed attempts on two different working days. Record further attempts.",
     "“联系不上”须有三次未成功的联系，且分布在两个不同的工作日。请继续联系并登记。"},
    {"already_contacted", "The citizen has been reached, so `unreachable` cannot be claimed. Resolve without it.",
     "已经联系上群众，不能按“联系不上”办结。请按正常方式办结。"},
    {"resolution_incomplete", "The resolution does not say whether the claim was verified and solved. Fill in both.",
     "办结没有填写诉求是否属实、是否解决。请补充这两项。"},
    {"already_resolved", "The assignment is resolved already. To change an answer, enter a correction.",
     "该交办已办结。如需更改，请提交更正。"},
    {"confirmation_pending", "The centre has not yet confirmed that the citizen is unreachable. Wait for its decision.",
     "中心尚未确认“联系不上”。请等待中心裁定。"},
    {"not_lead", "Only the lead unit resolves the case. Record what your unit did as a note.",
     "只有主办单位可以办结。协办单位请以备注登记办理情况。"},
    {"application_late", "The application comes after its limit. It cannot be made any more; write to the centre.",
     "申请已超过时限，不能再提出。如有特殊情况请联系中心。"},
    {"application_pending", "An application of this kind awaits the centre's decision. Wait for it or withdraw it.",
     "已有同类申请等待中心裁定。请等待裁定或先撤回。"},
    {"no_pending_application", "There is no such application awaiting a decision. Reload the assignment.",
     "没有等待裁定的该申请。请刷新该交办。"},
    {"ground_missing", "No ground is given. Choose one from the list.", "没有填写理由。请从列表中选择。"},
    {"days_missing", "The number of working days is missing. Enter one or more.",
     "没有填写工作日天数。请填写一天或以上。"},
    {"extension_too_long", "One extension may not be longer than the limit itself. Ask for fewer days.",
     "单次延期不得超过原时限。请减少天数。"},
    {"extension_too_many", "The number of extensions allowed is used up. Apply for special circumstances in writing.",
     "延期次数已用完。请提交特殊情况书面申请。"},
    {"extension_total",
     "With this extension the whole term would pass the cap. Ask for fewer days or apply for special circumstances.",
     "加上本次延期将超过总时限上限。请减少天数，或提交特殊情况书面申请。"},
    {"reason_missing", "A return must name its reason (N1..N9 or not ours). Choose one.",
     "退单必须填写原因（N1 至 N9 或非本单位职责）。请选择。"},
    {"ruled", "The centre has ruled finally on who handles this case. It cannot be returned again.",
     "中心已就承办单位作出最终裁定，不能再次退单。"},
    {"attachment_missing", "A special application needs the signed paper as an attachment. Attach it.",
     "特殊情况申请须附书面材料。请上传附件。"},
    {"already_ruled", "The centre has ruled on it; it can no longer be corrected or withdrawn. Add a note instead.",
     "中心已作出裁定，不能再更正或撤回。请改用备注说明。"},
    {"staff_missing", "It does not say who gets the assignment. Choose a person.", "没有填写交给谁办理。请选择人员。"},
    {"inner_due_not_earlier", "The inner limit must be earlier than the legal one. Choose an earlier moment.",
     "内部时限必须早于法定时限。请选择更早的时间。"},
    {"unknown_act", "The assignment has no such act. Reload it and choose the act again.",
     "该交办没有这条记录。请刷新后重新选择。"},
    {"not_correctable", "Only the outcome of a contact can be corrected in this way. Describe other changes in words.",
     "只有联系结果可以这样更正。其他更正请用文字说明。"},
    {"no_effect_to_correct", "That act does not count, so there is nothing to correct. Enter the act anew.",
     "该记录未生效，无需更正。请重新登记。"},
    {"more_than_asked", "More days are granted than were asked for. Grant at most what was asked.",
     "批准天数超过申请天数。请不要超过申请天数。"},
    {"ruling_must_be_final",
     "The case has been returned as often as the rules allow. A supervisor must rule finally on this return.",
     "该诉求退单次数已达上限。须由主管人员作出最终裁定。"},
    {"nothing_to_confirm", "No resolution awaits the confirmation of `unreachable`. Reload the assignment.",
     "没有等待确认“联系不上”的办结。请刷新该交办。"},
    {"not_resolved", "The assignment is not resolved yet. Wait for the unit's resolution.",
     "该交办尚未办结。请等待承办单位办结。"},
    {"no_unsatisfied_call_back", "Handling again needs a call-back in which the citizen was not satisfied.",
     "重办须以群众不满意的回访为依据。请先登记回访。"},
    {"next_missing", "The assignment of the next cycle is not named. Dispatch it and name it here.",
     "没有指明下一轮的交办。请先派发并填写其编号。"},
    {"already_paused", "The clocks are paused already. Resume them first.", "时限已经暂停。请先恢复。"},
    {"not_paused", "The clocks are not paused, so there is nothing to resume.", "时限没有暂停，无需恢复。"},
    {"no_conflict", "That act is in no conflict, so there is nothing to settle. Reload the assignment.",
     "该记录不存在冲突，无需处理。请刷新该交办。"},
    {"not_set_aside", "That act was not set aside, so there is nothing to adopt. Reload the assignment.",
     "该记录没有被搁置，无需采纳。请刷新该交办。"},
    {"already_judged", "That act has been judged before. Settle or adopt it instead.",
     "该记录已有裁定。请改用冲突处理或采纳。"},
    {"adds_nothing", "The assignment stands as if this act had been done already: adopting it would change nothing.",
     "该交办已有同样的办理结果，采纳此项不会有任何改变。"},
    {"target_missing", "The entry does not name what it is about. Name the entry concerned.",
     "没有指明所针对的条目。请填写。"},
    {"no_limit_to_rule",
     "That act meets no such limit, or does not count. Name an act of the timeline and the clock that it met.",
     "该办理动作不能满足此时限，或不生效。请指明时间线上的动作和对应的时限。"},
    {"unknown_kind", "This entry is of a kind that this version does not know. It is kept; update the program.",
     "此版本不认识该类条目。条目已保存，请升级程序。"},
    {"not_an_act", "This entry is a decision of the centre and cannot stand in a unit's journal.",
     "该条目属于中心裁定，不能写入单位日志。"},
    {"not_a_decision", "This entry is an act of a unit and cannot stand in the centre's feed.",
     "该条目属于单位办理动作，不能写入中心下发列表。"},
}};

}  // namespace

RefusalText refusal_text(RefusalCode code) {
  check(code < RefusalCode::kCount, "a refusal code outside the table");
  return kTexts[static_cast<std::size_t>(code)];
}

std::optional<RefusalText> refusal_text(std::string_view code) {
  auto const all = all_refusal_texts();
  auto const found = std::ranges::find(all, code, &RefusalText::code);
  if (found == all.end()) return std::nullopt;
  return *found;
}

std::span<RefusalText const> all_refusal_texts() { return std::span(kTexts).subspan(1); }

Refusal refusal_of(RefusalCode code, std::string_view detail) {
  auto const text = refusal_text(code);
  std::string sentence(text.en);
  if (!detail.empty()) sentence.append(" (").append(detail).append(")");
  return refuse(text.code, std::move(sentence));
}

}  // namespace fieldnode::rules
