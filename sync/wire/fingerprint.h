#pragma once

#include <string>

#include "sync/base/result.h"
#include "sync/crypto/suite.h"

/// What two people compare over the telephone before a program is taken in. Source: PROTOCOL, "Fingerprints".
namespace fieldnode::wire {

/// `7K3M-9QXT-4ABC`: 48 bits and two check characters, in the alphabet of one-time codes.
[[nodiscard]] std::string node_fingerprint(crypto::PublicKey const& node);
/// Of a city: its CA, which the code has pinned, and the key that signs its receipts.
[[nodiscard]] std::string city_fingerprint(Hash const& ca_certificate, crypto::PublicKey const& city_key);

/// As printed, from what somebody typed. Errors: `bad_fingerprint`.
[[nodiscard]] Result<std::string> read_fingerprint(std::string_view typed);

}  // namespace fieldnode::wire
