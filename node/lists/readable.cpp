#include "node/lists/readable.h"

#include "sync/base/check.h"

namespace fieldnode::lists {
namespace {

bool is_readable(wire::Part const& part) {
  return part.form != wire::PartForm::kEmpty && part.form != wire::PartForm::kErased;
}

}  // namespace

wire::Body body_of(StoredEntry const& stored) {
  if (!is_readable(stored.entry.body)) return {};
  auto body = wire::decode_body(stored.entry.body.bytes);
  if (!body) throw BrokenWorld("a stored body does not decode: " + body.error().sentence);
  return *std::move(body);
}

wire::ContactData contact_of(StoredEntry const& stored) {
  if (!is_readable(stored.entry.contact)) return {};
  auto contact = wire::decode_contact(stored.entry.contact.bytes);
  if (!contact) throw BrokenWorld("a stored contact part does not decode: " + contact.error().sentence);
  return *std::move(contact);
}

}  // namespace fieldnode::lists
