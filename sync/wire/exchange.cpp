#include "sync/wire/exchange.h"

#include "sync/base/check.h"
#include "sync/wire/entry_pack.h"
#include "sync/wire/exchange_fields.h"
#include "sync/wire/message_blocks.h"
#include "sync/wire/receipt.h"

namespace fieldnode::wire {

// clang-format off
template <class A> void serialize(A& a, ClockSample& f) { a(f.wall, f.earliest, f.latest); }
template <class A> void serialize(A& a, NodeStatus& f) { a(f.version, f.program, f.undelivered, f.disk_free_bytes); }
// clang-format on

namespace {

/// In place of an entry's forms: "you have it by preview". No two forms give this byte.
constexpr std::uint8_t kHeldMarker = 0xff;

/// A part that newer versions may append to: its length, then its fields.
template <class Fields>
void put_block(PackedOutput& output, Fields const& fields) {
  PackedOutput block;
  block(fields);
  output.put_sized(block.view());
}
template <class Fields>
void get_block(PackedInput& input, Fields& fields) {
  auto block = input.get_block();
  block(fields);
}

void put_optional_receipt(PackedOutput& output, std::optional<Receipt> const& receipt) {
  output(receipt.has_value());
  if (receipt) put_receipt(output, *receipt);
}

std::optional<Receipt> get_optional_receipt(PackedInput& input) {
  bool present = false;
  input(present);
  if (!present) return std::nullopt;
  return get_receipt(input);
}

void put_feed(PackedOutput& output, std::vector<FeedItem> const& feed) {
  output.put_varint(feed.size());
  for (auto const& item : feed) {
    if (item.held) {
      output.put_bytes({&kHeldMarker, 1});
    } else {
      put_front(output, item.entry);
    }
  }
  for (auto const& item : feed) {
    if (!item.held) put_parts(output, item.entry);
  }
}

std::vector<FeedItem> get_feed(PackedInput& input) {
  std::vector<FeedItem> feed;
  for (auto count = input.get_count(kMessageMaxEntries); count > 0; --count) {
    auto& item = feed.emplace_back();
    item.held = input.take_if(kHeldMarker);
    if (!item.held) item.entry = get_front(input);
  }
  for (auto& item : feed) {
    if (!item.held) get_parts(input, item.entry);
  }
  return feed;
}

void put_previews(PackedOutput& output, std::vector<Preview> const& previews) {
  output.put_varint(previews.size());
  for (auto const& preview : previews) {
    output(preview.seq);
    put_front(output, preview.entry);
  }
  for (auto const& preview : previews) put_parts(output, preview.entry);
}

std::vector<Preview> get_previews(PackedInput& input) {
  std::vector<Preview> previews;
  for (auto count = input.get_count(kMessageMaxEntries); count > 0; --count) {
    auto& preview = previews.emplace_back();
    input(preview.seq);
    preview.entry = get_front(input);
  }
  for (auto& preview : previews) get_parts(input, preview.entry);
  return previews;
}

/// The fields in front of the acts, one list for both directions.
template <class Archive, class Request>
void request_head(Archive& archive, Request& request) {
  archive(request.nonce, request.unit, request.node, request.journal_epoch);
  archive(request.feed, request.feed_hash, request.marked_seq, request.head, request.first_act);
}

template <class Message>
Result<Message> decode(Magic const& magic, BytesView bytes, std::string_view what, Message (*get)(PackedInput&)) {
  auto const frame = unpack_frame(magic, bytes);
  if (!frame) return frame.error();
  auto message = decoded(frame->fields, "malformed_message", what, get);
  if (message) message->protocol = frame->protocol;
  return message;
}

}  // namespace

void put_acts(PackedOutput& output, std::vector<EncodedEntry> const& acts) {
  output.put_varint(acts.size());
  for (auto const& act : acts) put_front(output, act);
  for (auto const& act : acts) put_parts(output, act);
}

std::vector<EncodedEntry> get_acts(PackedInput& input) {
  std::vector<EncodedEntry> acts;
  for (auto count = input.get_count(kMessageMaxEntries); count > 0; --count) acts.push_back(get_front(input));
  for (auto& act : acts) get_parts(input, act);
  return acts;
}

ExchangeRequest get_request(PackedInput& input) {
  ExchangeRequest request;
  request_head(input, request);
  request.acts = get_acts(input);
  get_block(input, request.clock);
  input(request.wait_seconds, request.byte_budget);
  get_block(input, request.status);
  request.greatest = get_optional_receipt(input);
  get_blocks(input, request);
  return request;
}

ExchangeReply get_reply(PackedInput& input) {
  ExchangeReply reply;
  reply.receipt = get_receipt(input);
  input(reply.have, reply.first_entry);
  reply.feed = get_feed(input);
  reply.previews = get_previews(input);
  input(reply.more, reply.next_seconds, reply.hold_off_seconds);
  get_blocks(input, reply);
  return reply;
}

Bytes request_fields(ExchangeRequest const& request) {
  check(request.acts.size() <= kMessageMaxEntries, "a request carries at most kMessageMaxEntries acts");
  PackedOutput output;
  request_head(output, request);
  put_acts(output, request.acts);
  put_block(output, request.clock);
  output(request.wait_seconds, request.byte_budget);
  put_block(output, request.status);
  put_optional_receipt(output, request.greatest);
  put_blocks(output, request);
  return output.take();
}

Bytes reply_fields(ExchangeReply const& reply) {
  check(reply.feed.size() <= kMessageMaxEntries && reply.previews.size() <= kMessageMaxEntries,
        "a reply carries at most kMessageMaxEntries entries");
  PackedOutput output;
  put_receipt(output, reply.receipt);
  output(reply.have, reply.first_entry);
  put_feed(output, reply.feed);
  put_previews(output, reply.previews);
  output(reply.more, reply.next_seconds, reply.hold_off_seconds);
  put_blocks(output, reply);
  return output.take();
}

Bytes encode_request(ExchangeRequest const& request, int level) {
  return pack_frame(kRequestMagic, request.protocol, request_fields(request), level);
}

Bytes encode_reply(ExchangeReply const& reply, int level) {
  return pack_frame(kReplyMagic, reply.protocol, reply_fields(reply), level);
}

Result<ExchangeRequest> decode_request(BytesView bytes) {
  return decode<ExchangeRequest>(kRequestMagic, bytes, "unpacked request", get_request);
}

Result<ExchangeReply> decode_reply(BytesView bytes) {
  return decode<ExchangeReply>(kReplyMagic, bytes, "unpacked reply", get_reply);
}

}  // namespace fieldnode::wire
