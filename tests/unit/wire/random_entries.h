#pragma once

#include <array>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "sync/base/random.h"
#include "sync/wire/entry.h"
#include "sync/wire/payload_fields.h"
#include "sync/wire/payload_kinds.h"

/// Random entries, from the same field lists that the format is made of: a new field is tried without a word here.
namespace fieldnode::wire {

class RandomFiller {
 public:
  explicit RandomFiller(Random& random) : random_(random) {}

  template <class... Fields>
  void operator()(Fields&... fields) {
    (fill(fields), ...);
  }
  void fixed(std::uint64_t& value) { value = number(); }
  /// What stands only where it says something is never empty.
  void sized(Bytes& bytes) {
    bytes.resize(1 + random_.below(40));
    random_.fill(bytes);
  }
  bool has_appended(bool) { return coin(); }

  /// Small and great numbers alike: every width in bits is as likely.
  std::uint64_t number() { return random_.bits64() >> random_.below(64); }
  bool coin() { return random_.below(2) == 1; }
  std::string text() {
    static constexpr std::array<char const*, 4> kWords{"路灯", "不亮 ", "noise", "\n"};
    std::string text;
    for (auto count = random_.below(6); count > 0; --count) text += kWords.at(random_.below(kWords.size()));
    return text;
  }

 private:
  template <class T>
  void fill(T& value) {
    if constexpr (std::is_same_v<T, bool>) {
      value = coin();
    } else if constexpr (std::is_enum_v<T> || std::is_integral_v<T>) {
      value = static_cast<T>(number());
    } else {
      serialize(*this, value);
    }
  }
  void fill(std::string& value) { value = text(); }
  void fill(UtcTime& value) { value = utc_from_ms(static_cast<std::int64_t>(number())); }
  template <std::size_t N>
  void fill(std::array<std::uint8_t, N>& bytes) {
    random_.fill(bytes);
  }
  template <class T>
  void fill(std::optional<T>& value) {
    value.reset();
    if (coin()) fill(value.emplace());
  }
  template <class T>
  void fill(std::vector<T>& values) {
    values.resize(random_.below(4));
    for (auto& value : values) fill(value);
  }

  Random& random_;
};

inline std::vector<rules::EntryKind> known_kinds() {
  std::vector<rules::EntryKind> kinds;
  for (std::uint16_t number = 1; number < 256; ++number) {
    auto const kind = static_cast<rules::EntryKind>(number);
    if (blank_payload(kind).index() != 0) kinds.push_back(kind);
  }
  return kinds;
}

inline rules::Skeleton random_skeleton(Random& random, rules::EntryKind kind) {
  RandomFiller fill(random);
  rules::Skeleton skeleton;
  skeleton.kind = kind;
  fill(skeleton.assignment, skeleton.number, skeleton.staff, skeleton.basis, skeleton.previewed, skeleton.origin);
  fill(skeleton.time.clock_class, skeleton.time.interval.earliest, skeleton.time.interval.latest);
  fill(skeleton.time.estimate, skeleton.time.anchor, skeleton.blobs);
  skeleton.payload = blank_payload(kind);
  std::visit(
      [&](auto& payload) {
        if constexpr (!std::is_empty_v<std::remove_reference_t<decltype(payload)>>) serialize(fill, payload);
      },
      skeleton.payload);
  return skeleton;
}

inline Body random_body(Random& random) {
  RandomFiller fill(random);
  Body body;
  for (auto count = random.below(4); count > 0; --count) {
    body.texts.push_back({static_cast<TextTag>(random.below(256)), fill.text()});
  }
  for (auto count = random.below(3); count > 0; --count) {
    auto& blob = body.blobs.emplace_back();
    fill(blob.address, blob.size, blob.attachment_class, blob.name);
  }
  return body;
}

inline SaltKeys random_keys(Random& random) {
  SaltKeys keys;
  random.fill(keys.body);
  random.fill(keys.contact);
  return keys;
}

inline ContactData random_contact(Random& random) {
  RandomFiller fill(random);
  ContactData contact;
  for (auto count = random.below(4); count > 0; --count) {
    contact.fields.push_back({static_cast<ContactTag>(random.below(256)), fill.text()});
  }
  if (fill.coin()) contact.keys = random_keys(random);
  return contact;
}

inline EncodedEntry random_entry(Random& random) {
  auto const kinds = known_kinds();
  auto const kind = kinds.at(random.below(kinds.size()));
  return encode_entry(random_skeleton(random, kind), random_body(random), random_contact(random)).value();
}

inline ListName random_list(Random& random) {
  return {random.below(2) == 0 ? ListKind::kJournal : ListKind::kFeed, UnitId{random.bits64()}, NodeId{random.bits64()},
          Epoch{random.bits64()}};
}

}  // namespace fieldnode::wire
