#include "sync/wire/body.h"

#include "sync/wire/archive.h"

namespace fieldnode::wire {

// clang-format off
template <class A> void serialize(A& a, TextField& f) { a(f.tag, f.text); }
template <class A> void serialize(A& a, BlobRef& f) { a(f.address, f.size, f.attachment_class, f.name); }
template <class A> void serialize(A& a, Body& f) { a(f.texts, f.blobs); }
template <class A> void serialize(A& a, ContactField& f) { a(f.tag, f.text); }
template <class A> void serialize(A& a, SaltKeys& f) { a(f.body, f.contact); }
template <class A> void serialize(A& a, ContactData& f) { a(f.fields, f.keys); }
// clang-format on

namespace {

template <class Whole>
Bytes packed(Whole const& whole) {
  PackedOutput output;
  output(whole);
  return output.take();
}

template <class Whole>
Whole unpacked(PackedInput& input) {
  Whole whole;
  input(whole);
  return whole;
}

}  // namespace

std::string Body::text(TextTag tag) const {
  for (auto const& field : texts) {
    if (field.tag == tag) return field.text;
  }
  return {};
}

Bytes body_bytes(Body const& body) { return packed(body); }
Bytes contact_bytes(ContactData const& contact) { return packed(contact); }

// An empty part has no bytes at all, so that its hash needs no salt.
Result<Body> decode_body(BytesView bytes) {
  if (bytes.empty()) return Body{};
  return decoded(bytes, "malformed_entry", "body of an entry", unpacked<Body>);
}

Result<ContactData> decode_contact(BytesView bytes) {
  if (bytes.empty()) return ContactData{};
  return decoded(bytes, "malformed_entry", "contact part of an entry", unpacked<ContactData>);
}

}  // namespace fieldnode::wire
