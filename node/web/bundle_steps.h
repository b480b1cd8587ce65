#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "node/web/json_form.h"
#include "sync/base/bytes.h"
#include "sync/wire/bundle.h"

/// What the steps of a bundle say to each other as JSON, the same at both ends: numbers, ids as texts, bytes in
/// hexadecimal.
namespace fieldnode::web {

/// What JSON's numbers keep.
inline constexpr std::int64_t kCountMost = std::int64_t{1} << 53U;
/// One record of a bundle in hexadecimal, and what stands around it.
inline constexpr std::size_t kBundleStepMaxBytes = 2 * wire::kBundleRecordMaxBytes + 1024;

/// Of the arguments of a step; the first fault is the form's.
[[nodiscard]] std::uint64_t count_in(JsonForm& form, std::string_view name);
[[nodiscard]] Bytes bytes_in(JsonForm& form, std::string_view name, std::size_t most);
[[nodiscard]] wire::Nonce nonce_in(JsonForm& form);

/// Of the answer of a step, which is this program's own.
[[nodiscard]] std::uint64_t count_at(boost::json::object const& answer, std::string_view name);
[[nodiscard]] std::uint64_t id_at(boost::json::object const& answer, std::string_view name);
[[nodiscard]] Bytes bytes_at(boost::json::object const& answer, std::string_view name);
[[nodiscard]] crypto::PublicKey key_at(boost::json::object const& answer, std::string_view name);
[[nodiscard]] UtcTime moment_at(boost::json::object const& answer, std::string_view name);

/// What a bundle is called on a stick: small letters, digits and dashes, which every file system takes.
[[nodiscard]] std::string bundle_name(wire::BundleHeader const& header);

}  // namespace fieldnode::web
