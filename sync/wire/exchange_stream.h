#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "sync/wire/exchange.h"

/// Messages of which every part counts as soon as it is there, so that a line that breaks costs what was on its way and
/// no more. Source: PROTOCOL, "Sections".
namespace fieldnode::wire {

/// Acts that follow on those of the request, and the node's signature over the last of them. Everything else that is
/// signed is known where they arrive.
struct ActRun {
  Signature signature{};
  std::vector<EncodedEntry> acts;
  friend bool operator==(ActRun const&, ActRun const&) = default;
};

/// Shape: as `encode_request`; the request has acts and a head if any run follows, and kMessageMaxBytes holds for all
/// together.
[[nodiscard]] Bytes encode_request(ExchangeRequest const& request, std::vector<ActRun> const& runs, int level);
/// Shape: at least one reply.
[[nodiscard]] Bytes encode_replies(std::vector<ExchangeReply> const& replies, int level);

class SectionReader;

/// Reads a request as it comes. The first part is the request; each that follows is one of the same node with further
/// acts and nothing else, its head's hash left out: whoever walks the acts knows it.
class RequestReader {
 public:
  RequestReader();
  ~RequestReader();
  /// The requests that `piece` completes. Errors: those of `decode_request`.
  [[nodiscard]] Result<std::vector<ExchangeRequest>> take(BytesView piece);
  /// Nothing more comes. Shape: a message without further runs is given here. Errors: those of `decode_request`.
  [[nodiscard]] Result<std::vector<ExchangeRequest>> finish();

 private:
  [[nodiscard]] Result<ExchangeRequest> read(BytesView section);
  [[nodiscard]] Result<std::vector<ExchangeRequest>> read_all(Result<std::vector<Bytes>> const& sections);

  std::unique_ptr<SectionReader> sections_;
  std::optional<ExchangeRequest> next_;  ///< what the next run fills with acts
};

/// Reads replies as they come: a node takes each over before the next is there.
class ReplyReader {
 public:
  ReplyReader();
  ~ReplyReader();
  /// Errors: those of `decode_reply`.
  [[nodiscard]] Result<std::vector<ExchangeReply>> take(BytesView piece);
  [[nodiscard]] Result<std::vector<ExchangeReply>> finish();

 private:
  [[nodiscard]] Result<std::vector<ExchangeReply>> read_all(Result<std::vector<Bytes>> const& sections) const;

  std::unique_ptr<SectionReader> sections_;
};

}  // namespace fieldnode::wire
