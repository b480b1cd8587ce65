#include "node/web/act_form.h"

#include <gtest/gtest.h>

namespace fieldnode::web {
namespace {

std::string refusal_of(std::string_view json) {
  auto const form = read_act_form(json);
  return form ? "" : form.error().code + ": " + form.error().sentence;
}

TEST(ActForm, ReadsAContactWithItsWords) {
  auto const form = read_act_form(R"({"act_id":"0123-4567","kind":"contact","channel":"telephone",
    "outcome":"reached","spoke_with":"李先生","number_used":"13800138000","note":"已告知"})");
  ASSERT_TRUE(form) << form.error().sentence;
  auto const& contact = std::get<rules::Contact>(form->payload);
  EXPECT_EQ(contact.channel, rules::Channel::kTelephone);
  EXPECT_EQ(contact.outcome, rules::ContactOutcome::kReached);
  EXPECT_FALSE(contact.completes);
  EXPECT_EQ(form->body.text(wire::TextTag::kSpokeWith), "李先生");
  // The number is the citizen's: it goes into the sealed part, never into the body.
  ASSERT_EQ(form->contact.fields.size(), 1u);
  EXPECT_EQ(form->contact.fields[0].text, "13800138000");
}

TEST(ActForm, AContactCanCompleteAConsultation) {
  auto const form = read_act_form(R"({"act_id":"0123-4567","kind":"contact","channel":"telephone","outcome":"reached",
    "completes":{"verified":"yes","solved":"yes","public_answer":"已答复"}})");
  ASSERT_TRUE(form) << form.error().sentence;
  ASSERT_TRUE(std::get<rules::Contact>(form->payload).completes);
  EXPECT_EQ(form->body.text(wire::TextTag::kPublicAnswer), "已答复");
}

TEST(ActForm, SaysWhatIsWrong) {
  EXPECT_TRUE(refusal_of("{").starts_with("malformed_json"));
  EXPECT_TRUE(refusal_of(R"({"act_id":"0123-4567","kind":"dance"})").starts_with("unknown_act"));
  EXPECT_TRUE(refusal_of(R"({"act_id":"0123-4567","kind":"dispatch"})").starts_with("unknown_act"));
  EXPECT_TRUE(refusal_of(R"({"act_id":"0123-4567","kind":7})").starts_with("bad_field"));
  EXPECT_NE(refusal_of(R"({"act_id":"0123-4567"})").find("'kind'"), std::string::npos);
  EXPECT_NE(refusal_of(R"({"kind":"note","note":"x"})").find("act_id"), std::string::npos);
  EXPECT_NE(refusal_of(R"({"act_id":"a b c d e f","kind":"note","note":"x"})").find("act_id"), std::string::npos);
  EXPECT_NE(refusal_of(R"({"act_id":"0123-4567","kind":"note"})").find("'note'"), std::string::npos);
  EXPECT_NE(refusal_of(R"({"act_id":"0123-4567","kind":"acknowledgement","x":1})").find("'x'"), std::string::npos);
  EXPECT_NE(refusal_of(R"({"act_id":"0123-4567","kind":"extension_application","ground":"other","days":0,"text":"t"})")
                .find("'days'"),
            std::string::npos);
}

TEST(ActForm, TheSameContentHasTheSameHashWhateverItsId) {
  auto const a = read_act_form(R"({"act_id":"0000-0001","kind":"note","note":"x"})");
  auto const b = read_act_form(R"({"act_id":"0000-0002","kind":"note","note":"x"})");
  auto const c = read_act_form(R"({"act_id":"0000-0001","kind":"note","note":"y"})");
  EXPECT_EQ(content_hash(*a), content_hash(*b));
  EXPECT_NE(content_hash(*a), content_hash(*c));
}

TEST(ActForm, NamesAttachmentsByTheirContent) {
  std::string const address(64, 'a');
  auto const note = [&](std::string const& attachments) {
    return read_act_form(R"({"act_id":"page-0001","kind":"note","note":"x","attachments":)" + attachments + "}");
  };
  auto const form = note(R"([{"address":")" + address + R"(","name":"现场.jpg","class":"handling"}])");
  ASSERT_TRUE(form) << form.error().sentence;
  ASSERT_EQ(form->body.blobs.size(), 1u);
  EXPECT_EQ(to_hex(form->body.blobs[0].address), address);
  EXPECT_EQ(form->body.blobs[0].name, "现场.jpg");
  EXPECT_EQ(form->body.blobs[0].attachment_class, 3);
  auto const bare = read_act_form(R"({"act_id":"page-0001","kind":"note","note":"x"})");
  EXPECT_NE(content_hash(*form), content_hash(*bare)) << "another act than the one without the file";
  for (auto const* wrong : {R"([{"address":"aa","name":"a.jpg","class":"handling"}])", R"([{"name":"a.jpg"}])",
                            R"("a")", R"([{"address":"aa","name":"a.jpg","class":"handling","size":7}])"}) {
    EXPECT_EQ(note(wrong).error().code, "bad_field") << wrong;
  }
  auto const unasked = read_act_form(R"({"act_id":"page-0001","kind":"acknowledgement","attachments":[]})");
  EXPECT_EQ(unasked.error().code, "bad_field") << "an acknowledgement has no files";
}

}  // namespace
}  // namespace fieldnode::web
