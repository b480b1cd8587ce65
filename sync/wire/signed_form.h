#pragma once

#include <string>

#include "sync/base/result.h"
#include "sync/crypto/suite.h"
#include "sync/wire/fixed_bytes.h"

/// What all signed objects have in common. Private to this room.
namespace fieldnode::wire {

/// Bytes to be signed begin with their domain tag, its length in front: a signature made for one purpose never fits
/// another.
[[nodiscard]] inline FixedBytes signed_form(std::string_view domain) {
  FixedBytes out;
  auto const size = static_cast<std::uint8_t>(domain.size());
  out.raw({&size, 1}).raw(bytes_of(domain));
  return out;
}

template <class Signed>
[[nodiscard]] Result<void> verify_signed(Signed const& object, crypto::SignatureSuite const& suite,
                                         crypto::PublicKey const& key, std::string const& what) {
  if (static_cast<std::uint8_t>(object.suite) != suite.id()) {
    return refuse("foreign_suite", "The " + what + " is signed by suite " +
                                       std::to_string(static_cast<int>(object.suite)) + ", this program speaks " +
                                       std::to_string(suite.id()) + "; both ends need the same.");
  }
  if (!suite.verify(signed_bytes(object), object.signature, key)) {
    return refuse("bad_signature", "The signature of the " + what +
                                       " does not fit: it was changed on the way, or the other end is not who it "
                                       "claims to be. Check its enrolment.");
  }
  return {};
}

}  // namespace fieldnode::wire
