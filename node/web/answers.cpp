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
    KnownCode{"session_locked", 401, "长时间没有操作,页面已锁定;请输入密码继续,未提交的内容仍保留在页面上。"},
    KnownCode{"session_over", 401, "本次登录已满最长时间或本机已重启,请重新登录;未提交的内容仍保留在页面上。"},
    KnownCode{"signed_out", 401, "您已在别处退出,或由负责人结束了登录;请重新登录,未提交的内容仍保留在页面上。"},
    KnownCode{"wrong_login", 401, "用户名或密码不正确,可请负责人重置。"},
    KnownCode{"wait", 429, "密码错误次数过多,请稍候再试。"},
    KnownCode{"must_change_password", 403, "请先将一次性密码换成自己的密码。"},
    KnownCode{"not_allowed", 403, "您的岗位没有此项权限。"},
    KnownCode{"supervisor_rules", 403, "退单的最终裁定和内容删除由负责人作出,请负责人登录后裁定。"},
    KnownCode{"not_found", 404, "没有这一条,可能已被移走。"},
    KnownCode{"unknown_assignment", 404, ""},
    KnownCode{"unknown_case", 404, "没有这件诉求,请在列表中查找。"},
    KnownCode{"unknown_unit", 404, "没有这个承办单位,请在列表中查找。"},
    KnownCode{"unknown_decision", 400, "没有这种裁定,未作任何更改。"},
    KnownCode{"bad_request_id", 400, "请求缺少有效的编号,请刷新页面后重试。"},
    // what the centre says of a case
    KnownCode{"case_closed", 409, "该诉求已经办结,不能再交办、不予受理或并单。"},
    KnownCode{"already_dispatched", 409, "该诉求已交承办单位,请先收回。"},
    KnownCode{"case_refused", 409, "该诉求已不予受理,不能再办理。"},
    KnownCode{"case_merged", 409, "该诉求已并入另一件,请在那一件上办理。"},
    KnownCode{"case_incomplete", 409, "该诉求要素不全,请补齐后再交办。"},
    KnownCode{"case_not_incomplete", 409, "该诉求没有等待补充的要素,请刷新页面。"},
    KnownCode{"completion_empty", 422, "请至少补充一项要素。"},
    KnownCode{"refusal_pending", 409, "该诉求的不予受理正等待第二人确认,请先确认或否决。"},
    KnownCode{"no_pending_refusal", 409, "该诉求没有等待确认的不予受理,请刷新页面。"},
    KnownCode{"same_person", 409, "不予受理是您本人作出的,须由另一人确认。"},
    KnownCode{"bad_refusal_code", 422, "请在 N1 至 N9 中选择不予受理的情形。"},
    KnownCode{"text_missing", 422, "请填写答复来电人的内容。"},
    KnownCode{"referral_missing", 422, "请写明引导来电人前往的机关、渠道或法律途径。"},
    KnownCode{"not_an_emergency_line", 422, "请写明转接的紧急电话,须在规定的号码之中。"},
    KnownCode{"earlier_case_missing", 422, "请指明此前已办理该事项的诉求,不能是本件。"},
    KnownCode{"merge_into_itself", 422, "不能并入自身,请选择另一件诉求。"},
    KnownCode{"bad_merge_target", 409, "不能并入这一件:它本身已不予受理或已并入别的诉求。"},
    KnownCode{"case_moves", 409, "另一件诉求正在转交,请稍候再试。"},
    KnownCode{"outside_calendar", 409, "日期超出现有工作日历的范围。"},
    KnownCode{"missing_salt_keys", 409, "该交办的密钥已按保存期限销毁,不能再添加内容。"},
    KnownCode{"already_acknowledged", 409, "该交办此前已经签收,以先前的签收为准;本次签收也已记录,不改变任何时限。"},
    KnownCode{"password_too_short", 422, "新密码至少需要 8 个字符。"},
    KnownCode{"password_too_long", 422, "密码太长。"},
    KnownCode{"password_unchanged", 422, "新密码不能与原密码相同。"},
    KnownCode{"act_id_reused", 409, "同一动作编号已用于另一内容,请刷新页面后重试。"},
    KnownCode{"request_id_reused", 409, "同一请求编号已用于另一内容,请刷新页面后重试。"},
    KnownCode{"storage_failed", 503, "本机存储出现故障,已停止写入;此前保存的内容仍可查看和打印。"},
    KnownCode{"writer_busy", 503, "本机正忙,请稍候再试;内容未保存。"},
    KnownCode{"writer_stopped", 503, "程序正在停止,请稍候再试;内容未保存。"},
    KnownCode{"entry_too_large", 413, "内容太长。"},
    // attachments
    KnownCode{"attachment_name", 422, "文件名为空、过长或含有不可见或改变书写方向的字符，请改名后重新添加。"},
    KnownCode{"attachment_empty", 422, "该文件没有内容，请另选文件。"},
    KnownCode{"attachment_too_large", 413, "该文件超过单个附件的大小上限，请添加较小的文件。"},
    KnownCode{"attachment_quota", 413, "该交办的附件总量已达上限，请减少附件或添加较小的文件。"},
    KnownCode{"attachment_node_full", 507, "本机保存的附件总量已达上限，请与管理员联系。"},
    KnownCode{"disk_full", 507, "磁盘空间不足，无法保存该文件；已收到的部分仍保留。请腾出空间，或与管理员联系。"},
    KnownCode{"file_not_written", 507, "无法在数据目录中写入文件，请与管理员联系。"},
    KnownCode{"upload_id_reused", 409, "该编号正在传送另一个文件，请重新选择文件。"},
    KnownCode{"wrong_offset", 409, "传送位置与已保存的内容不衔接，将从已保存处继续。"},
    KnownCode{"too_long", 409, "收到的内容多于文件所说的大小，未保存多出的部分。"},
    KnownCode{"attachment_kind", 415, "这类文件不能作为附件；请另存为图片、PDF、Word、Excel、录音、录像或文本后添加。"},
    KnownCode{"attachment_ending", 415, "文件内容与文件名的扩展名不符，请改正扩展名后重新添加。"},
    KnownCode{"attachments_too_many", 422, "一次添加的附件太多，请分次添加。"},
    KnownCode{"attachment_twice", 422, "同一文件添加了两次，请去掉一个。"},
    KnownCode{"attachment_not_here", 409, "有一个附件尚未传完，请等待传完后重试；其他内容未提交。"},
    KnownCode{"attachment_damaged", 503, "该附件在磁盘上已损坏，请从备份恢复或重新添加。"},
    KnownCode{"attachment_hidden", 403, "该交办已收回或退回，其附件不再显示。"},
    KnownCode{"wrong_content", 409, "收到的内容与记录的文件不符，已丢弃，将重新传送。"},
    KnownCode{"contact_key_destroyed", 410, "该内容已按保存期限销毁。"},
    // policies and calendars
    KnownCode{"bad_policy", 422, "政策文件有一处不正确，未作任何更改。"},
    KnownCode{"bad_calendar", 422, "工作日通知有一处不正确，未作任何更改。"},
    KnownCode{"version_taken", 409, "该版本号已用于另一份内容；此前按它计算的时限须保持不变，请另取版本号。"},
    KnownCode{"needs_second_person", 409, "它改动了已经过去的日期，请在页面上提出，由第二人确认后发布。"},
    KnownCode{"no_such_proposal", 404, "没有这一待确认项，请刷新页面。"},
    KnownCode{"proposal_settled", 409, "该项已有人确认或否决，请刷新页面。"},
    KnownCode{"proposed_by_same_person", 409, "该项是您本人提出的，须由另一人确认。"},
    // assessments, supervision, vetoes
    KnownCode{"period_open", 409, "考核期尚未结束，结束后才能公布。"},
    KnownCode{"nothing_to_correct", 409, "已公布的考核结果与记录一致，无须更正。"},
    KnownCode{"correction_without_reason", 400, "更正须说明原因。"},
    KnownCode{"published_meanwhile", 409, "另一人刚刚公布了这一期考核，请先查看。"},
    KnownCode{"no_such_note", 404, "否决须以该单位的一条督办意见为依据，请从列表中选择。"},
    KnownCode{"veto_pending", 409, "该督办意见的否决已有人提出，须由第二人裁定。"},
    KnownCode{"already_vetoed", 409, "该督办意见在这一期的否决已经生效。"},
    KnownCode{"unknown_veto", 404, "本单位没有这一否决，请刷新页面。"},
    KnownCode{"veto_withdrawn", 409, "该否决已经撤销。"},
    KnownCode{"no_referral", 409, "尚未移送，不能登记处理结果；请先登记移送。"},
    KnownCode{"no_contest", 409, "该单位没有待答复的申诉。"},
    KnownCode{"supervisor_decides", 403, "驳回申诉、撤销否决由负责人作出。"},
    // what a link can say of itself, shown in the band
    KnownCode{"unreachable", 502, "连不上中心,稍后自动重试。"},
    KnownCode{"timeout", 504, "与中心的连接没有动静,正在换一条连接。"},
    KnownCode{"connection_lost", 502, "与中心的连接中断,稍后自动重试。"},
    KnownCode{"tls_failed", 502, "与中心建立安全连接失败,可能是网络中断或中心不认本节点的证书。"},
    KnownCode{"wrong_ca", 502, "对方出示的不是本市中心的证书,未发送任何内容;请通知管理员。"},
    KnownCode{"wrong_host", 502, "中心证书上的地址与所连地址不符,未发送任何内容。"},
    KnownCode{"certificate_dates", 502, "中心或本节点的证书不在有效期内,请通知管理员。"},
    KnownCode{"http_error", 502, "中心或沿途的代理没有处理本次请求,稍后自动重试;持续出现请联系网络管理员或中心。"},
    KnownCode{"redirected", 502, "网络把连接转到了别处(可能是上网登录页),未采信;请用浏览器登录网络,或联系网络管理员。"},
    KnownCode{"bad_content_type", 502,
              "应答的不是中心(可能是上网登录页),未采信其内容;请用浏览器登录网络,或联系网络管理员。"},
    KnownCode{"too_large", 502, "中心的应答超过上限,未采信。"},
    KnownCode{"cancelled", 503, "已取消。"},
    KnownCode{"centre_cannot_save", 503, "中心暂时无法保存,未收下任何内容;所办事项仍存于本机,稍后自动重试。"},
    KnownCode{"busy", 503, "中心繁忙,稍后自动重试。"},
    KnownCode{"malformed_message", 502, "中心的应答无法读懂,未采信。"},
    KnownCode{"newer_protocol", 502, "中心使用了更新的协议,请升级本机程序。"},
    KnownCode{"reply_not_ours", 502, "收到的应答不是中心对本次请求的答复,已丢弃。"},
    KnownCode{"feed_broken", 502, "中心的来件与本机所存不相接,未采信;再次出现请通知中心。"},
    KnownCode{"feed_epoch_changed", 502, "中心从备份恢复过,需由中心操作员处理;本机所存不变。"},
    KnownCode{"journal_superseded", 409, "本节点的另一份副本已启用新日志;本机已停止发送,请操作员选择以哪一份为准。"},
    KnownCode{"journal_return_broken", 502, "中心返回的早先日志与原先发送的不一致,未采用;请告知中心操作员。"},
    KnownCode{"journal_changed", 409, "回件在途时本节点已转入新日志;没有丢失,下次交换改用新日志。"},
    KnownCode{"report_awaited", 409, "中心从备份恢复后,该单位的节点尚未报到;报到之前不能向该单位交办或裁定。"},
    KnownCode{"state_differs", 409,
              "本节点与中心所存条目相同,得出的状态却不同。请告知中心操作员;工作照常进行。两端程序版本是否一致?"},
    KnownCode{"report_conflicts", 409,
              "本节点交还的条目所用编号,中心(数据文件曾被直接放回)已给了别的事项;未采用,请操作员对照两者处理。"},
    KnownCode{"report_unproven", 409, "本节点交还的条目没有中心签名的回执可证;未采用,请操作员对照两端处理。"},
    KnownCode{"journal_fork", 409, "中心所存的本单位动作与本机不同,可能有另一份副本在运行;已停止发送,请操作员选择。"},
    KnownCode{"journal_gap", 409, "中心缺少前面的动作,将从缺处重新发送。"},
    KnownCode{"unknown_node", 403, "中心不认识本节点,请用新的登记码重新登记。"},
    KnownCode{"node_revoked", 403, "本节点已被撤销或替换:不再收到任何内容,未送达的办理只作搁置。请联系中心。"},
    KnownCode{"node_serves", 409, "本节点仍在使用中，按平常方式交换即可，不作搁置。"},
    KnownCode{"aside_full", 413, "被撤销节点可交存的内容已达上限，本次未保存，仍留在该节点；请联系中心。"},
    KnownCode{"no_such_aside_act", 404, "没有这一搁置的办理动作，请刷新列表。"},
    KnownCode{"no_replacement", 409, "该单位没有其他在用的节点可以接收；请先登记并确认新节点。"},
    KnownCode{"not_confirmed", 403, "中心已收到本节点的登记,尚待操作员核对指纹后确认;请向中心念出本机指纹。"},
    KnownCode{"certificate_expired", 403, "本节点的证书已过期,将在下一次交换中自动更新。"},
    KnownCode{"city_key_broken", 502, "收到的城市新密钥没有应有的签名,未采信;请以其他途径向中心核实。"},
    KnownCode{"no_city_root", 409, "中心称其密钥泄露,但本节点没有可核验的根密钥;请用新的登记码重新登记。"},
    KnownCode{"node_refused", 403, "中心操作员未接受本节点;请联系中心,并以新的登记码在空目录中重新登记。"},
    KnownCode{"no_certificate", 401, "交换须出示本节点自己的证书,请先登记。"},
    // what only a command line says
    KnownCode{"bad_usage", 400, "命令的写法不正确,未作任何更改;加 --help 可查看用法。"},
    KnownCode{"not_enrolled", 409, "该目录还不是节点,请先用 fieldnode enrol 登记。"},
    KnownCode{"no_city", 409, "该目录中没有城市数据,请先运行 fieldnode-central init。"},
    KnownCode{"database_in_use", 409, "另一个程序正在使用该目录,请先将其停止。"},
    KnownCode{"newer_database", 409, "数据库由更新的版本写成,请安装该版本;未作任何更改。"},
    KnownCode{"migration_failed", 500, "数据库未能升级到本版本,仍为原样;请重新安装原来的版本,并报告此事。"},
    KnownCode{"not_this_database", 409, "该文件不是本程序的数据库,请检查数据目录;未作任何更改。"},
    KnownCode{"already_enrolled", 409, "该目录已是某单位的节点,请另选空目录。"},
    KnownCode{"bad_code", 400, "登记码有误,请对照纸面重新输入。"},
    KnownCode{"bad_address", 400, "地址格式不正确,请写成如 127.0.0.1:8440。"},
    KnownCode{"port_in_use", 409, "端口已被另一个程序占用,请停止该程序或另选端口。"},
    KnownCode{"broken_world", 503, "程序所需的存储或系统功能出现故障。"},
    KnownCode{"control_failed", 502, "运行中的程序给出了无法读懂的应答,请查看其日志。"},
    KnownCode{"chain_broken", 500, "所存列表的哈希链不相接,数据已被改动或损坏;请从备份恢复。"},
    KnownCode{"projection_differs", 500, "所存状态与列表重放的结果不一致,请从备份恢复。"},
    KnownCode{"receipt_wrong", 500, "所存回执与列表不符,请从备份恢复。"},
    KnownCode{"receipt_differs", 500, "所存回执与列表不符,请从备份恢复。"},
    // a bundle on a stick, at both ends
    KnownCode{"not_a_bundle", 400, "这不是离线包，请选择由 bundle export 写出的文件。"},
    KnownCode{"newer_bundle", 400, "该离线包的格式比本程序新，请先升级本端程序；其内容未采用。"},
    KnownCode{"bundle_unfinished", 400,
              "该离线包不完整：U 盘拔早了，或复制尚未结束。其内容未采用，请重新复制或另做一份。"},
    KnownCode{"bundle_damaged", 400, "该离线包在途中或 U 盘上被改动，其内容未采用。请重新复制或另做一份。"},
    KnownCode{"bundle_interrupted", 503,
              "离线包没有读完（U 盘被拔出？）。已采用的部分有效且无妨，请把同一份再导入一次。"},
    KnownCode{"bundle_too_large", 413, "离线包将超过 U 盘文件系统的上限（4 GiB），请改做小一些的。"},
    KnownCode{"bundle_wrong_way", 400, "该离线包是送往另一端的，请在那一端导入。"},
    KnownCode{"bundle_not_ours", 400, "该离线包不是给本节点的，其内容未采用。"},
    KnownCode{"bundle_other_city", 400, "该离线包属于另一城市的中心，或由本端不认识的城市密钥签名，其内容未采用。"},
    KnownCode{"bundle_other_epoch", 409,
              "该离线包所说的日志本节点已不再书写（曾恢复或重新登记），其内容未采用，请另做一份。"},
    KnownCode{"bundle_needs_line", 409,
              "本节点曾恢复或更换，尚不知道以前的日志在中心到哪一条为止。请接通一次网络，之后即可继续使用离线包。"},
    KnownCode{"bundle_gap", 409, "该离线包从后面的条目开始，前面的尚未收到：请先导入前一份，或请中心做一份完整的。"},
    KnownCode{"no_bundle_file", 400, "文件打不开，请检查文件名和 U 盘。"},
    KnownCode{"stick_not_written", 503, "文件写不进去，请检查 U 盘是否插好、是否写保护、是否还有空间。"},
    KnownCode{"stick_unreadable", 503, "文件读不出来，请重新插好 U 盘再试；此前采用的部分有效且无妨。"},
    // a phone receipt, at both ends
    KnownCode{"bad_digits", 400, "数字不对:有一位听错、漏掉或前后颠倒,或者属于另一次通话。请对方重念一遍,再重新输入。"},
    KnownCode{"no_phone_call", 409, "当前没有进行中的电话回执:请先输入中心操作员念出的询问码。"},
    KnownCode{"phone_challenge_used", 409, "该询问码已经用过,请操作员另取一个,重新开始。"},
    KnownCode{"phone_challenge_unknown", 409, "该询问码不是为本单位现在的节点取的,请另取一个。"},
    KnownCode{"phone_challenge_expired", 409, "询问码已超过十分钟,未作记录;请另取一个,重新开始。"},
    KnownCode{"phone_code_wrong", 409,
              "本单位日志已到该动作,但算出的是另一个数:听错了,或不是此刻的日志。未作记录,请对方重念。"},
    KnownCode{"phone_answer_wrong", 409,
              "这不是中心对所示日志码的回执码:有一组听错了,或对方不是中心。请与操作员逐组核对。"},
    KnownCode{"phone_tries_over", 409, "回执码已错三次,该询问码作废;请操作员另取一个。本机所记内容没有丢失。"},
    KnownCode{"no_node", 409, "该单位现在没有节点,请先登记。"},
    KnownCode{"bad_public_key", 409, "对方的公钥无法用于电话回执,请重新登记节点。"},
    KnownCode{
        "clock_unsynchronised", 409,
        "中心的时钟没有授时服务在校准,暂不签发时间;其余照常。请启动授时服务,或以 --clock watched 声明有人看管时钟。"},
    KnownCode{"clock_jumped", 409,
              "中心的时钟发生跳变,暂不签发时间;其余照常。请与可靠的时钟核对后运行 fieldnode-central clock confirm。"},
    // what evidence says, or why there is none
    KnownCode{"evidence_faulty", 500, "证据文件已被改动、截断或有遗漏，不能采信。"},
    KnownCode{"not_evidence", 400, "这不是证据文件。"},
    KnownCode{"newer_evidence", 400, "该证据文件由更新的版本写成，请用该版本核验。"},
    KnownCode{"bad_city_key", 400, "城市公钥应为 64 位十六进制数字，可由 fieldnode-central status 查得。"},
    KnownCode{"case_number_shared", 409, "有多件诉求使用同一编号，请在页面上打开所要的一件再导出。"},
    KnownCode{"case_not_dispatched", 409, "该诉求从未交办，没有可以导出的办理过程。"},
    KnownCode{
        "clock_behind", 409,
        "此前给该单位的时间比中心时钟现在显示的还晚,因此暂不给出时间。时钟慢了请校正;若当时快了,请更正错误时间。"},
    KnownCode{"bad_span", 400, "起止时刻颠倒:请填写错误时间的起点和终点。"},
    KnownCode{"nothing_signed", 409, "该时段内没有向任何单位签发过时间。请按签发时所写的时间填写,而不是实际时间。"},
    // what the centre says of nodes
    KnownCode{"kept_outside_damaged", 409, "记录已撤销节点的文件损坏,未提供任何服务;请从副本恢复该文件。"},
    KnownCode{"bad_enrolment_file", 400,
              "登记文件不完整、已被改动,或用的是另一个登记码;未作任何更改,请重新取得该文件。"},
    KnownCode{"bad_enrolment_answer", 502, "中心的登记应答不属于本目录或本登记码,未采信。"},
    KnownCode{"not_asked", 409, "该目录没有提出过登记申请,请先用 --request-file 生成申请文件。"},
    KnownCode{"centre_missing", 400, "缺少中心地址:请给出 --centre,或扫描中心的二维码。"},
    KnownCode{"city_root_exists", 409, "该市已有根密钥,应在保险柜中。"},
    KnownCode{"wrong_root_key", 409, "这不是该市的根密钥,请从保险柜取出正确的一份。"},
    KnownCode{"wrong_city_key", 409, "密钥文件已损坏或属于另一城市,请从密钥备份恢复。"},
    KnownCode{"bad_fingerprint", 400, "这不是指纹:有一位听错或漏掉。指纹为三组、每组四个字符,请再念一遍。"},
    KnownCode{"unknown_fingerprint", 404,
              "没有程序以此指纹申请登记。若承办单位确从自己屏幕上念出,则其申请尚未到达;"
              "同一单位若另有一个在等待,那不是该单位的,请拒绝它并另发登记码。"},
    KnownCode{"node_in_service", 409, "该节点已经确认;要终止其使用,请将其撤销。"},
    KnownCode{"node_not_in_service", 409, "该节点不在使用中,请刷新页面。"},
    KnownCode{"no_such_node", 404, "没有这个节点,请在列表中查找。"},
    KnownCode{"wrong_unit", 409, "所输入的单位代码不是该节点的单位,未作任何更改。"},
    // what the centre says to an enrolment
    KnownCode{"wrong_code", 403, "没有这个登记码,请重新输入,或向中心索取新码。"},
    KnownCode{"code_expired", 403, "登记码已过期,请向中心索取新码。"},
    KnownCode{"code_used", 403, "登记码已被另一台机器使用,请向中心索取新码;若非本单位所用,请查明。"},
    KnownCode{"too_many_tries", 429, "登记码输错次数过多,已作废,请向中心索取新码。"},
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
