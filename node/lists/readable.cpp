#include "node/lists/readable.h"

namespace fieldnode::lists {
namespace {

bool is_readable(wire::Part const& part) {
  return part.form != wire::PartForm::kEmpty && part.form != wire::PartForm::kErased;
}

}  // namespace

wire::Body body_of(StoredEntry const& stored) {
  if (!is_readable(stored.entry.body)) return {};
  auto body = wire::decode_body(stored.entry.body.bytes);
  return body ? *std::move(body) : wire::Body{};
}

wire::ContactData contact_of(StoredEntry const& stored) {
  if (!is_readable(stored.entry.contact)) return {};
  auto contact = wire::decode_contact(stored.entry.contact.bytes);
  return contact ? *std::move(contact) : wire::ContactData{};
}

}  // namespace fieldnode::lists
