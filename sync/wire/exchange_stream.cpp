#include "sync/wire/exchange_stream.h"

#include "sync/base/check.h"
#include "sync/wire/exchange_fields.h"
#include "sync/wire/sections.h"

namespace fieldnode::wire {
namespace {

Bytes run_fields(ActRun const& run) {
  check(run.acts.size() <= kMessageMaxEntries, "a run carries at most kMessageMaxEntries acts");
  PackedOutput output;
  put_acts(output, run.acts);
  output(run.signature);
  return output.take();
}

ActRun get_run(PackedInput& input) {
  ActRun run;
  run.acts = get_acts(input);
  input(run.signature);
  return run;
}

/// Who speaks, without acts, from where the next ones go on.
ExchangeRequest following(ExchangeRequest const& request) {
  ExchangeRequest next;
  next.protocol = request.protocol;
  next.nonce = request.nonce;
  next.unit = request.unit;
  next.node = request.node;
  next.journal_epoch = request.journal_epoch;
  next.feed = request.feed;
  next.feed_hash = request.feed_hash;
  next.first_act = request.first_act + request.acts.size();
  next.head = request.head;
  if (next.head) next.head->hash = {};
  return next;
}

}  // namespace

Bytes encode_request(ExchangeRequest const& request, std::vector<ActRun> const& runs, int level) {
  if (runs.empty()) return encode_request(request, level);
  check(!request.acts.empty() && request.head, "acts that follow on none");
  std::vector<Bytes> sections;
  sections.reserve(runs.size() + 1);
  sections.push_back(request_fields(request));
  for (auto const& run : runs) sections.push_back(run_fields(run));
  return pack_sections(kRequestMagic, request.protocol, sections, level);
}

Bytes encode_replies(std::vector<ExchangeReply> const& replies, int level) {
  check(!replies.empty(), "an answer says something");
  if (replies.size() == 1) return encode_reply(replies.front(), level);
  std::vector<Bytes> sections;
  for (auto const& reply : replies) sections.push_back(reply_fields(reply));
  return pack_sections(kReplyMagic, replies.front().protocol, sections, level);
}

RequestReader::RequestReader() : sections_(std::make_unique<SectionReader>(kRequestMagic)) {}
RequestReader::~RequestReader() = default;

Result<std::vector<ExchangeRequest>> RequestReader::take(BytesView piece) { return read_all(sections_->take(piece)); }
Result<std::vector<ExchangeRequest>> RequestReader::finish() { return read_all(sections_->finish()); }

Result<std::vector<ExchangeRequest>> RequestReader::read_all(Result<std::vector<Bytes>> const& sections) {
  if (!sections) return sections.error();
  std::vector<ExchangeRequest> requests;
  for (auto const& section : *sections) {
    auto request = read(section);
    if (!request) return request.error();
    requests.push_back(*std::move(request));
  }
  return requests;
}

Result<ExchangeRequest> RequestReader::read(BytesView section) {
  if (!next_) {
    auto request = decoded(section, "malformed_message", "unpacked request", get_request);
    if (!request) return request.error();
    request->protocol = sections_->protocol();
    next_ = following(*request);
    return request;
  }
  auto run = decoded(section, "malformed_message", "unpacked run of acts", get_run);
  if (!run) return run.error();
  if (run->acts.empty() || !next_->head) return refuse("malformed_message", "A run of acts follows on none.");
  auto request = *next_;
  request.acts = std::move(run->acts);
  request.head->seq = request.first_act + request.acts.size() - 1;
  request.head->signature = run->signature;
  next_->first_act = request.head->seq + 1;
  return request;
}

ReplyReader::ReplyReader() : sections_(std::make_unique<SectionReader>(kReplyMagic)) {}
ReplyReader::~ReplyReader() = default;

Result<std::vector<ExchangeReply>> ReplyReader::take(BytesView piece) { return read_all(sections_->take(piece)); }
Result<std::vector<ExchangeReply>> ReplyReader::finish() { return read_all(sections_->finish()); }

Result<std::vector<ExchangeReply>> ReplyReader::read_all(Result<std::vector<Bytes>> const& sections) const {
  if (!sections) return sections.error();
  std::vector<ExchangeReply> replies;
  for (auto const& section : *sections) {
    auto reply = decoded(section, "malformed_message", "unpacked reply", get_reply);
    if (!reply) return reply.error();
    reply->protocol = sections_->protocol();
    replies.push_back(*std::move(reply));
  }
  return replies;
}

}  // namespace fieldnode::wire
