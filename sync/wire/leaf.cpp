#include <algorithm>

#include "sync/crypto/hash.h"
#include "sync/wire/entry.h"
#include "sync/wire/fixed_bytes.h"

namespace fieldnode::wire {
namespace {

enum class PartName { kBody, kContact };

/// Where an entry stands and how its parts are salted: all that its leaf needs beside the bytes.
struct Place {
  ListName const& list;
  std::uint64_t seq{};
  std::optional<SaltKeys> const& keys;
};

void put_list(FixedBytes& out, ListName const& list) {
  out.number(static_cast<std::uint64_t>(list.kind)).number(list.unit.value);
  out.number(list.node.value).number(list.epoch.value);
}

Result<Salt> salt_at(Place const& place, PartName part) {
  if (!place.keys) {
    return refuse("missing_salt_keys", "Entry " + std::to_string(place.seq) + " of epoch " +
                                           std::to_string(place.list.epoch.value) +
                                           " is whole, but the keys of its salts are not known here; the entry that "
                                           "carries them (the dispatch or the epoch's first) must come before it.");
  }
  return salt_of(part == PartName::kBody ? place.keys->body : place.keys->contact, place.list, place.seq);
}

Result<Hash> inner_of(Part const& part, PartName name, Place const& place) {
  if (part.form == PartForm::kEmpty) return Hash{};
  if (part.form == PartForm::kErased) return part.inner;
  auto salt = Result<Salt>(part.salt);
  if (part.form == PartForm::kWhole) salt = salt_at(place, name);
  if (!salt) return salt.error();
  return crypto::hash_under("fieldnode/part/1", {*salt, part.bytes});
}

Result<Part> erased_part(Part const& part, PartName name, Place const& place) {
  if (part.form == PartForm::kEmpty) return part;
  auto const inner = inner_of(part, name, place);
  if (!inner) return inner.error();
  return Part{PartForm::kErased, {}, *inner, {}};
}

Result<void> write_out_salt(Part& part, PartName name, Place const& place) {
  if (part.form != PartForm::kWhole) return {};
  auto const salt = salt_at(place, name);
  if (!salt) return salt.error();
  part.form = PartForm::kSalted;
  part.salt = *salt;
  return {};
}

}  // namespace

Salt salt_of(SaltKey const& key, ListName const& list, std::uint64_t seq) {
  FixedBytes place;
  put_list(place, list);
  place.number(seq);
  auto const mac = crypto::derive_under("fieldnode/salt/1", key, {place.view()});
  Salt salt;
  std::copy_n(mac.begin(), salt.size(), salt.begin());
  return salt;
}

Result<Hash> leaf_of(EncodedEntry const& entry, ListName const& list, std::uint64_t seq,
                     std::optional<SaltKeys> const& keys) {
  Place const place{list, seq, keys};
  auto const body = inner_of(entry.body, PartName::kBody, place);
  if (!body) return body.error();
  auto const contact = inner_of(entry.contact, PartName::kContact, place);
  if (!contact) return contact.error();
  return crypto::hash_under("fieldnode/leaf/1", {entry.skeleton, *body, *contact});
}

Result<EncodedEntry> erased(EncodedEntry const& entry, Erase what, ListName const& list, std::uint64_t seq,
                            std::optional<SaltKeys> const& keys) {
  Place const place{list, seq, keys};
  EncodedEntry rest = entry;
  if (what.body) {
    auto part = erased_part(entry.body, PartName::kBody, place);
    if (!part) return part.error();
    rest.body = std::move(*part);
  }
  if (what.contact) {
    auto part = erased_part(entry.contact, PartName::kContact, place);
    if (!part) return part.error();
    rest.contact = std::move(*part);
  }
  return rest;
}

Result<EncodedEntry> with_body_salt(EncodedEntry const& entry, ListName const& list, std::uint64_t seq,
                                    std::optional<SaltKeys> const& keys) {
  EncodedEntry salted = entry;
  if (auto const done = write_out_salt(salted.body, PartName::kBody, {list, seq, keys}); !done) return done.error();
  return salted;
}

Result<EncodedEntry> with_salts(EncodedEntry const& entry, ListName const& list, std::uint64_t seq,
                                std::optional<SaltKeys> const& keys) {
  auto salted = with_body_salt(entry, list, seq, keys);
  if (!salted) return salted;
  auto const done = write_out_salt(salted->contact, PartName::kContact, {list, seq, keys});
  if (!done) return done.error();
  return salted;
}

bool brings_keys(ListKind list, std::uint64_t seq, rules::EntryKind kind) {
  if (seq == 1) return true;
  return list == ListKind::kFeed && (kind == rules::EntryKind::kDispatch || kind == rules::EntryKind::kRedact);
}

Result<std::optional<SaltKeys>> own_keys(ListKind list, std::uint64_t seq, rules::EntryKind kind,
                                         EncodedEntry const& entry) {
  if (!brings_keys(list, seq, kind)) return std::nullopt;
  auto const contact = decode_contact(entry.contact.bytes);
  if (!contact) return contact.error();
  return contact->keys;
}

Hash chain_start(ListName const& list) {
  FixedBytes name;
  put_list(name, list);
  return crypto::hash_under("fieldnode/chain/1", {name.view()});
}

Hash chain_next(Hash const& previous, Hash const& leaf) {
  return crypto::hash_under("fieldnode/link/1", {previous, leaf});
}

}  // namespace fieldnode::wire
