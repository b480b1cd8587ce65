#pragma once

#include "sync/base/bytes.h"
#include "sync/base/result.h"
#include "sync/wire/entry.h"

/// A part of an entry as bytes of a column: one byte for the form, then the rest. The form stands apart because the
/// rest of a contact part is sealed, and the inner hash of an erased one is not: it must outlive the data key.
namespace fieldnode::lists {

/// kWhole: the bytes. kErased: the inner hash. kSalted: the salt, then the bytes. kEmpty: nothing.
[[nodiscard]] Bytes rest_of(wire::Part const& part);

/// Inverse of `rest_of`. Errors: `malformed_part`.
[[nodiscard]] Result<wire::Part> part_of(wire::PartForm form, BytesView rest);

/// The column of a part that is not empty.
[[nodiscard]] Bytes column_of(wire::PartForm form, BytesView rest);

/// A column taken apart; `rest` points into it.
struct PartColumn {
  wire::PartForm form{};
  BytesView rest;
};
/// Errors: `malformed_part` when there is no byte or no such form.
[[nodiscard]] Result<PartColumn> split_column(BytesView column);

}  // namespace fieldnode::lists
