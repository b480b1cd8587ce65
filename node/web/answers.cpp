#include "node/web/answers.h"

#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>

#include "sync/rules/refusals.h"

namespace fieldnode::web {
namespace {

struct KnownCode {
  std::string_view code;
  int status;
  std::string_view zh;  ///< empty: the rules have the words
};

constexpr std::array kKnownCodes{
    KnownCode{"malformed_json", 400, "请求内容不是有效的 JSON,未作任何更改。"},
    KnownCode{"bad_field", 400, "有一项填写不正确,未作任何更改。"},
    KnownCode{"unknown_act", 400, "没有这种办理动作,未作任何更改。"},
    KnownCode{"bad_moment", 400, "时间格式不正确。"},
    KnownCode{"not_signed_in", 401, "请先登录;未提交的内容仍保留在页面上。"},
    KnownCode{"wrong_login", 401, "用户名或密码不正确,可请负责人重置。"},
    KnownCode{"wait", 429, "密码错误次数过多,请稍候再试。"},
    KnownCode{"must_change_password", 403, "请先将一次性密码换成自己的密码。"},
    KnownCode{"not_allowed", 403, "您的岗位没有此项权限。"},
    KnownCode{"not_found", 404, "没有这一条,可能已被移走。"},
    KnownCode{"unknown_assignment", 404, ""},
    KnownCode{"password_too_short", 422, "新密码至少需要 8 个字符。"},
    KnownCode{"password_too_long", 422, "密码太长。"},
    KnownCode{"password_unchanged", 422, "新密码不能与原密码相同。"},
    KnownCode{"act_id_reused", 409, "同一动作编号已用于另一内容,请刷新页面后重试。"},
    KnownCode{"request_id_reused", 409, "同一请求编号已用于另一内容,请刷新页面后重试。"},
    KnownCode{"storage_failed", 503, "本机存储出现故障,已停止写入;此前保存的内容仍可查看和打印。"},
    KnownCode{"writer_busy", 503, "本机正忙,请稍候再试;内容未保存。"},
    KnownCode{"writer_stopped", 503, "程序正在停止,请稍候再试;内容未保存。"},
    KnownCode{"entry_too_large", 413, "内容太长。"},
};

KnownCode const* known(std::string_view code) {
  auto const found =
      std::find_if(kKnownCodes.begin(), kKnownCodes.end(), [&](auto const& row) { return row.code == code; });
  return found == kKnownCodes.end() ? nullptr : &*found;
}

}  // namespace

boost::json::object sentence_of(Refusal const& refusal) {
  auto const* mine = known(refusal.code);
  std::string_view zh = mine != nullptr ? mine->zh : std::string_view{};
  if (auto const text = rules::refusal_text(refusal.code); zh.empty() && text) zh = text->zh;
  return {{"zh", zh.empty() ? std::string_view(refusal.sentence) : zh}, {"en", refusal.sentence}};
}

net::HttpResponse refusal_answer(int status, Refusal const& refusal) {
  return json_answer(status, {{"error", {{"code", refusal.code}, {"sentence", sentence_of(refusal)}}}});
}

net::HttpResponse refusal_answer(Refusal const& refusal) {
  auto const* mine = known(refusal.code);
  return refusal_answer(mine != nullptr ? mine->status : 409, refusal);
}

net::HttpResponse json_answer(int status, boost::json::value const& value) {
  return net::json_response(status, boost::json::serialize(value));
}

}  // namespace fieldnode::web
