#include "node/lists/sealed_parts.h"

#include "node/lists/part_column.h"

namespace fieldnode::lists {

using wire::Part;
using wire::PartForm;

std::optional<Bytes> SealedParts::body_column(Part const& body) {
  if (body.form == PartForm::kEmpty) return std::nullopt;
  return column_of(body.form, rest_of(body));
}

std::optional<Bytes> SealedParts::contact_column(AssignmentId assignment, Part const& contact) {
  if (contact.form == PartForm::kEmpty) return std::nullopt;
  auto const rest = rest_of(contact);
  if (contact.form == PartForm::kErased) return column_of(contact.form, rest);
  return column_of(contact.form, vault_.seal(connection_, unit_, assignment, rest));
}

Result<Part> SealedParts::body_of(std::optional<BytesView> column) {
  if (!column) return Part{};
  auto const split = split_column(*column);
  if (!split) return split.error();
  return part_of(split->form, split->rest);
}

Result<Part> SealedParts::contact_of(AssignmentId assignment, std::optional<BytesView> column) {
  if (!column) return Part{};
  auto const split = split_column(*column);
  if (!split) return split.error();
  if (split->form == PartForm::kErased) return part_of(split->form, split->rest);
  auto const rest = vault_.try_open(connection_, unit_, assignment, split->rest);
  if (!rest) return rest.error();
  return part_of(split->form, *rest);
}

}  // namespace fieldnode::lists
