#include "sync/wire/message_blocks.h"

#include <utility>

#include "sync/wire/entry_pack.h"
#include "sync/wire/identity_fields.h"
#include "sync/wire/receipt.h"
#include "sync/wire/tagged_blocks.h"

namespace fieldnode::wire {

// clang-format off
template <class A> void serialize(A& a, ChainState& f) { a(f.list, f.seq, f.hash); }
template <class A> void serialize(A& a, AssignmentDigest& f) { a(f.assignment, f.digest); }
template <class A> void serialize(A& a, StateClaim& f) { a(f.feed, f.journal, f.digest, f.after, f.differing); }
template <class A> void serialize(A& a, StateVerdict& f) { a(f.equal, f.assignments, f.more); }
template <class A> void serialize(A& a, ReportWanted& f) { a(f.feed); }
// clang-format on

namespace {

enum class RequestTag : std::uint64_t {
  kState = 1,
  kHandedBack = 2,
  kJournalsHeld = 3,
  kLink = 10,
  kPreviewed = 11,
  kIdentity = 30
};
enum class ReplyTag : std::uint64_t {
  kEarlierJournals = 1,
  kState = 2,
  kReportWanted = 3,
  kEarlierFeeds = 4,
  kIdentity = 30
};

void put_run(PackedOutput& output, ListRun const& run) {
  output(run.list, run.end, run.first);
  output.put_varint(run.entries.size());
  for (auto const& entry : run.entries) put_front(output, entry);
  for (auto const& entry : run.entries) put_parts(output, entry);
}

ListRun get_run(PackedInput& input) {
  ListRun run;
  input(run.list, run.end, run.first);
  for (auto count = input.get_count(kMessageMaxEntries); count > 0; --count) run.entries.push_back(get_front(input));
  for (auto& entry : run.entries) get_parts(input, entry);
  return run;
}

void put_runs(PackedOutput& output, std::vector<ListRun> const& runs) {
  output.put_varint(runs.size());
  for (auto const& run : runs) put_run(output, run);
}

std::vector<ListRun> get_runs(PackedInput& input) {
  std::vector<ListRun> runs;
  for (auto count = input.get_count(kMessageMaxEntries); count > 0; --count) runs.push_back(get_run(input));
  return runs;
}

void put_handed_back(PackedOutput& output, HandedBack const& back) {
  put_run(output, back.feed);
  output.put_varint(back.receipts.size());
  for (auto const& receipt : back.receipts) put_receipt(output, receipt);
}

/// Rising numbers as steps: those of one assignment stand close together.
void put_rising(PackedOutput& output, std::vector<std::uint64_t> const& numbers) {
  output.put_varint(numbers.size());
  std::uint64_t last = 0;
  for (auto const number : numbers) output.put_varint(number - std::exchange(last, number));
}

std::vector<std::uint64_t> get_rising(PackedInput& input) {
  std::vector<std::uint64_t> numbers;
  std::uint64_t last = 0;
  for (auto count = input.get_count(kMessageMaxEntries); count > 0; --count) {
    auto const step = input.get_varint();
    if (step == 0 || last + step < last) input.fail("the numbers do not rise");
    numbers.push_back(last += step);
  }
  return numbers;
}

HandedBack get_handed_back(PackedInput& input) {
  HandedBack back;
  back.feed = get_run(input);
  for (auto count = input.get_count(kMessageMaxEntries); count > 0; --count) {
    back.receipts.push_back(get_receipt(input));
  }
  return back;
}

/// A block of fields that stands only where there is something to say.
template <class Tag, class Fields>
void put_fields(TaggedOutput& blocks, Tag tag, std::optional<Fields> const& fields) {
  if (fields) blocks.block(static_cast<std::uint64_t>(tag), [&](PackedOutput& output) { output(*fields); });
}

void get_request_block(RequestTag tag, PackedInput& fields, ExchangeRequest& request) {
  switch (tag) {
    case RequestTag::kState:
      return static_cast<void>(fields(request.state.emplace()));
    case RequestTag::kHandedBack:
      request.handed_back = get_handed_back(fields);
      return;
    case RequestTag::kJournalsHeld:
      return static_cast<void>(fields(request.journals_held.emplace()));
    case RequestTag::kLink:
      return static_cast<void>(fields(request.link_bytes_per_second));
    case RequestTag::kPreviewed:
      request.previewed_seqs = get_rising(fields);
      return;
    case RequestTag::kIdentity:
      return static_cast<void>(fields(request.identity.emplace()));
  }
}

void get_reply_block(ReplyTag tag, PackedInput& fields, ExchangeReply& reply) {
  switch (tag) {
    case ReplyTag::kEarlierJournals: {
      auto& earlier = reply.earlier_journals.emplace();
      earlier.runs = get_runs(fields);
      fields(earlier.complete, earlier.heads);
      return;
    }
    case ReplyTag::kState:
      return static_cast<void>(fields(reply.state.emplace()));
    case ReplyTag::kReportWanted:
      return static_cast<void>(fields(reply.report_wanted.emplace()));
    case ReplyTag::kEarlierFeeds:
      reply.earlier_feeds = get_runs(fields);
      return;
    case ReplyTag::kIdentity:
      return static_cast<void>(fields(reply.identity.emplace()));
  }
}

}  // namespace

void put_blocks(PackedOutput& output, ExchangeRequest const& request) {
  TaggedOutput blocks(output);
  put_fields(blocks, RequestTag::kState, request.state);
  if (request.handed_back) {
    blocks.block(static_cast<std::uint64_t>(RequestTag::kHandedBack),
                 [&](PackedOutput& fields) { put_handed_back(fields, *request.handed_back); });
  }
  put_fields(blocks, RequestTag::kJournalsHeld, request.journals_held);
  if (request.link_bytes_per_second > 0) {
    blocks.block(static_cast<std::uint64_t>(RequestTag::kLink),
                 [&](PackedOutput& fields) { fields(request.link_bytes_per_second); });
  }
  if (!request.previewed_seqs.empty()) {
    blocks.block(static_cast<std::uint64_t>(RequestTag::kPreviewed),
                 [&](PackedOutput& fields) { put_rising(fields, request.previewed_seqs); });
  }
  put_fields(blocks, RequestTag::kIdentity, request.identity);
}

void put_blocks(PackedOutput& output, ExchangeReply const& reply) {
  TaggedOutput blocks(output);
  if (reply.earlier_journals) {
    blocks.block(static_cast<std::uint64_t>(ReplyTag::kEarlierJournals), [&](PackedOutput& fields) {
      put_runs(fields, reply.earlier_journals->runs);
      fields(reply.earlier_journals->complete, reply.earlier_journals->heads);
    });
  }
  put_fields(blocks, ReplyTag::kState, reply.state);
  put_fields(blocks, ReplyTag::kReportWanted, reply.report_wanted);
  if (!reply.earlier_feeds.empty()) {
    blocks.block(static_cast<std::uint64_t>(ReplyTag::kEarlierFeeds),
                 [&](PackedOutput& fields) { put_runs(fields, reply.earlier_feeds); });
  }
  put_fields(blocks, ReplyTag::kIdentity, reply.identity);
}

void get_blocks(PackedInput& input, ExchangeRequest& request) {
  get_tagged(input, [&](std::uint64_t tag, PackedInput& fields) {
    get_request_block(static_cast<RequestTag>(tag), fields, request);
  });
}

void get_blocks(PackedInput& input, ExchangeReply& reply) {
  get_tagged(input, [&](std::uint64_t tag, PackedInput& fields) {
    get_reply_block(static_cast<ReplyTag>(tag), fields, reply);
  });
}

}  // namespace fieldnode::wire
