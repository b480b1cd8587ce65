#include "sync/wire/entry.h"

#include "sync/wire/body.h"
#include "sync/wire/entry_pack.h"
#include "sync/wire/skeleton.h"

namespace fieldnode::wire {
namespace {

Result<void> check_size(BytesView bytes, std::size_t most, std::string_view part) {
  if (bytes.size() <= most) return {};
  return refuse("entry_too_large", "The " + std::string(part) + " has " + std::to_string(bytes.size()) +
                                       " bytes, at most " + std::to_string(most) +
                                       " fit into one entry. Shorten it, or attach it as a file.");
}

Part whole_or_empty(bool empty, Bytes&& bytes) {
  if (empty) return {};
  return {PartForm::kWhole, std::move(bytes), {}, {}};
}

std::uint8_t forms_of(EncodedEntry const& entry) {
  return static_cast<std::uint8_t>(static_cast<unsigned>(entry.body.form) | static_cast<unsigned>(entry.contact.form)
                                                                                << 4);
}

void put_part(PackedOutput& output, Part const& part) {
  if (part.form == PartForm::kErased) output(part.inner);
  if (part.form == PartForm::kSalted) output(part.salt);
  if (part.form == PartForm::kWhole || part.form == PartForm::kSalted) output.put_sized(part.bytes);
}

Bytes get_nonempty(PackedInput& input, std::size_t most) {
  auto const bytes = input.get_sized(most);
  if (bytes.empty()) input.fail("a part that should say something is empty");
  return {bytes.begin(), bytes.end()};
}

PartForm form_from(PackedInput& input, unsigned form) {
  if (form > static_cast<unsigned>(PartForm::kSalted)) {
    input.fail("form " + std::to_string(form) + " of a part is not known");
  }
  return static_cast<PartForm>(form);
}

void get_part(PackedInput& input, Part& part, std::size_t most) {
  if (part.form == PartForm::kErased) input(part.inner);
  if (part.form == PartForm::kSalted) input(part.salt);
  if (part.form == PartForm::kWhole || part.form == PartForm::kSalted) part.bytes = get_nonempty(input, most);
}

}  // namespace

Result<EncodedEntry> encode_entry(rules::Skeleton const& skeleton, Body const& body, ContactData const& contact) {
  EncodedEntry entry{.skeleton = skeleton_bytes(skeleton),
                     .body = whole_or_empty(body.empty(), body_bytes(body)),
                     .contact = whole_or_empty(contact.empty(), contact_bytes(contact))};
  if (auto fits = check_size(entry.skeleton, kSkeletonMaxBytes, "skeleton of the entry"); !fits) return fits.error();
  if (auto fits = check_size(entry.body.bytes, kBodyMaxBytes, "text of the entry"); !fits) return fits.error();
  if (auto fits = check_size(entry.contact.bytes, kContactMaxBytes, "contact data of the entry"); !fits) {
    return fits.error();
  }
  return entry;
}

void put_front(PackedOutput& output, EncodedEntry const& entry) {
  output(forms_of(entry));
  output.put_sized(entry.skeleton);
}

void put_parts(PackedOutput& output, EncodedEntry const& entry) {
  put_part(output, entry.body);
  put_part(output, entry.contact);
}

EncodedEntry get_front(PackedInput& input) {
  std::uint8_t forms = 0;
  input(forms);
  EncodedEntry entry;
  entry.body.form = form_from(input, forms & 15);
  entry.contact.form = form_from(input, forms >> 4);
  entry.skeleton = get_nonempty(input, kSkeletonMaxBytes);
  return entry;
}

void get_parts(PackedInput& input, EncodedEntry& entry) {
  get_part(input, entry.body, kBodyMaxBytes);
  get_part(input, entry.contact, kContactMaxBytes);
}

void put_entry(PackedOutput& output, EncodedEntry const& entry) {
  put_front(output, entry);
  put_parts(output, entry);
}

EncodedEntry get_entry(PackedInput& input) {
  auto entry = get_front(input);
  get_parts(input, entry);
  return entry;
}

Bytes pack_entry(EncodedEntry const& entry) {
  PackedOutput output;
  put_entry(output, entry);
  return output.take();
}

Result<EncodedEntry> unpack_entry(BytesView bytes) {
  return decoded(bytes, "malformed_entry", "entry", [](PackedInput& input) {
    auto entry = get_entry(input);
    if (input.left() > 0) input.fail(std::to_string(input.left()) + " bytes follow the entry");
    return entry;
  });
}

}  // namespace fieldnode::wire
