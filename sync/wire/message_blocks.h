#pragma once

#include "sync/wire/archive.h"
#include "sync/wire/exchange.h"

/// The tagged blocks of both messages. Private to this room. Source: PROTOCOL, "Tagged blocks".
namespace fieldnode::wire {

void put_blocks(PackedOutput& output, ExchangeRequest const& request);
void put_blocks(PackedOutput& output, ExchangeReply const& reply);
void get_blocks(PackedInput& input, ExchangeRequest& request);
void get_blocks(PackedInput& input, ExchangeReply& reply);

}  // namespace fieldnode::wire
