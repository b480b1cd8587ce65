#include "node/lists/part_column.h"

#include <fmt/format.h>

#include <algorithm>

namespace fieldnode::lists {
namespace {

using wire::Part;
using wire::PartForm;

Refusal malformed(std::string_view what) {
  return refuse("malformed_part",
                fmt::format("A stored part of an entry {}: restore the last backup that verifies.", what));
}

Result<Part> erased_part(BytesView rest) {
  Part part;
  part.form = PartForm::kErased;
  if (rest.size() != part.inner.size()) return malformed("is erased and has no inner hash");
  std::ranges::copy(rest, part.inner.begin());
  return part;
}

Result<Part> salted_part(BytesView rest) {
  Part part;
  part.form = PartForm::kSalted;
  if (rest.size() < part.salt.size()) return malformed("ends inside its salt");
  std::ranges::copy(rest.first(part.salt.size()), part.salt.begin());
  auto const bytes = rest.subspan(part.salt.size());
  part.bytes.assign(bytes.begin(), bytes.end());
  return part;
}

}  // namespace

Bytes rest_of(Part const& part) {
  switch (part.form) {
    case PartForm::kEmpty:
      return {};
    case PartForm::kWhole:
      return part.bytes;
    case PartForm::kErased:
      return Bytes(part.inner.begin(), part.inner.end());
    case PartForm::kSalted: {
      Bytes rest(part.salt.begin(), part.salt.end());
      rest.insert(rest.end(), part.bytes.begin(), part.bytes.end());
      return rest;
    }
  }
  return {};
}

Result<Part> part_of(PartForm form, BytesView rest) {
  switch (form) {
    case PartForm::kWhole:
      return Part{form, Bytes(rest.begin(), rest.end()), {}, {}};
    case PartForm::kErased:
      return erased_part(rest);
    case PartForm::kSalted:
      return salted_part(rest);
    case PartForm::kEmpty:
      break;
  }
  return malformed("has a form that this program does not know");
}

Bytes column_of(PartForm form, BytesView rest) {
  Bytes column;
  column.reserve(1 + rest.size());
  column.push_back(static_cast<std::uint8_t>(form));
  column.insert(column.end(), rest.begin(), rest.end());
  return column;
}

Result<PartColumn> split_column(BytesView column) {
  if (column.empty()) return malformed("has lost its form");
  auto const form = static_cast<PartForm>(column.front());
  switch (form) {
    case PartForm::kWhole:
    case PartForm::kErased:
    case PartForm::kSalted:
      return PartColumn{form, column.subspan(1)};
    case PartForm::kEmpty:
      break;
  }
  return malformed("has a form that this program does not know");
}

}  // namespace fieldnode::lists
