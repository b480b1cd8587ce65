#pragma once

#include "sync/wire/archive.h"
#include "sync/wire/exchange.h"
#include "sync/wire/frame.h"

/// What stands inside a message, for both ways to carry it. Private to this room.
namespace fieldnode::wire {

inline constexpr Magic kRequestMagic{'F', 'N', 'X', 'Q'};
inline constexpr Magic kReplyMagic{'F', 'N', 'X', 'R'};

[[nodiscard]] Bytes request_fields(ExchangeRequest const& request);
[[nodiscard]] Bytes reply_fields(ExchangeReply const& reply);
[[nodiscard]] ExchangeRequest get_request(PackedInput& input);
[[nodiscard]] ExchangeReply get_reply(PackedInput& input);

/// How many, then the front of each, then the parts of each.
void put_acts(PackedOutput& output, std::vector<EncodedEntry> const& acts);
[[nodiscard]] std::vector<EncodedEntry> get_acts(PackedInput& input);

}  // namespace fieldnode::wire
