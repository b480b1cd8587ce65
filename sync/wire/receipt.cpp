#include "sync/wire/receipt.h"

namespace fieldnode::wire {
namespace {

enum Presence : std::uint8_t {
  kHasReceivedAt = 1,
  kHasSentAt = 2,
  kIsAside = 4,
  kHasPreviews = 8,
  kAnswersHead = 16,  ///< the answer reaches the feed's head: position and hash stand once
};
constexpr std::uint8_t kAllBits = 31;

bool answers_head(Receipt const& receipt) {
  return receipt.answer_seq == receipt.feed_head_seq && receipt.answer_hash == receipt.feed_head_hash;
}

std::uint8_t presence_of(Receipt const& receipt) {
  unsigned bits = 0;
  if (receipt.received_at) bits |= kHasReceivedAt;
  if (receipt.sent_at) bits |= kHasSentAt;
  if (receipt.aside) bits |= kIsAside;
  if (receipt.previewed != Hash{}) bits |= kHasPreviews;
  if (answers_head(receipt)) bits |= kAnswersHead;
  return static_cast<std::uint8_t>(bits);
}

/// Marks rise in both numbers, so the steps between them are short.
void put_marks(PackedOutput& output, std::vector<Mark> const& marks) {
  output.put_varint(marks.size());
  Mark last;
  for (auto const& mark : marks) {
    output.put_varint(mark.seq - last.seq);
    output.delta(mark.received_at, last.received_at);
    last = mark;
  }
}

std::vector<Mark> get_marks(PackedInput& input) {
  std::vector<Mark> marks;
  Mark last;
  for (auto count = input.get_count(); count > 0; --count) {
    last.seq += input.get_varint();
    input.delta(last.received_at, Mark{last}.received_at);
    marks.push_back(last);
  }
  return marks;
}

/// The fields of fixed place, one list for both directions.
template <class Archive, class ReceiptType>
void fixed_fields(Archive& archive, ReceiptType& receipt) {
  archive(receipt.suite);
  archive.fixed(receipt.key_id);
  archive(receipt.nonce, receipt.unit, receipt.node);
  archive(receipt.journal_epoch, receipt.journal_seq, receipt.journal_hash);
  archive(receipt.feed_epoch, receipt.feed_head_seq, receipt.feed_head_hash);
}

}  // namespace

void put_receipt(PackedOutput& output, Receipt const& receipt) {
  auto const bits = presence_of(receipt);
  output(bits);
  fixed_fields(output, receipt);
  if (!(bits & kAnswersHead)) output(receipt.answer_seq, receipt.answer_hash);
  if (bits & kHasPreviews) output(receipt.previewed);
  if (bits & kHasReceivedAt) output(*receipt.received_at);
  if (bits & kHasSentAt) output(*receipt.sent_at);
  put_marks(output, receipt.marks);
  output(receipt.signature);
}

Receipt get_receipt(PackedInput& input) {
  Receipt receipt;
  std::uint8_t bits = 0;
  input(bits);
  if (bits > kAllBits) input.fail("the receipt has fields that this program does not know");
  fixed_fields(input, receipt);
  receipt.answer_seq = receipt.feed_head_seq;
  receipt.answer_hash = receipt.feed_head_hash;
  if (!(bits & kAnswersHead)) input(receipt.answer_seq, receipt.answer_hash);
  if (bits & kHasPreviews) input(receipt.previewed);
  if (bits & kHasReceivedAt) input(receipt.received_at.emplace());
  if (bits & kHasSentAt) input(receipt.sent_at.emplace());
  receipt.marks = get_marks(input);
  receipt.aside = (bits & kIsAside) != 0;
  input(receipt.signature);
  return receipt;
}

Bytes pack_receipt(Receipt const& receipt) {
  PackedOutput output;
  put_receipt(output, receipt);
  return output.take();
}

Result<Receipt> unpack_receipt(BytesView bytes) {
  return decoded(bytes, "malformed_message", "receipt", [](PackedInput& input) {
    auto receipt = get_receipt(input);
    if (input.left() > 0) input.fail(std::to_string(input.left()) + " bytes follow the receipt");
    return receipt;
  });
}

}  // namespace fieldnode::wire
