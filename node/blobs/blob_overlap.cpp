#include "node/blobs/blob_overlap.h"

#include <algorithm>
#include <array>

namespace fieldnode::blobs {

Result<TakenPart> take_overlapping(BlobStore& store, NamedFile const& file, std::uint64_t offset, BytesView part,
                                   rules::AttachmentRule const& rule, UtcTime now) {
  while (true) {
    auto const before = store.state(file);
    bool const has_all = offset <= before.held && part.size() <= before.held - offset;
    // Held to the end and not judged: a stop came in between.
    bool const waits_for_judgement = before.held == before.size && !before.here;
    if (before.here || (has_all && !waits_for_judgement)) return TakenPart{before, 0, false};
    auto const known = offset <= before.held ? std::min<std::uint64_t>(before.held - offset, part.size()) : 0;
    auto const rest = part.subspan(known);
    auto const after = store.take(file, offset + known, rest, rule, now);
    if (after) return TakenPart{*after, rest.size(), after->here};
    // The line may be bringing the same file at this moment.
    bool const moved = after.error().code == "wrong_offset" && store.state(file).held > before.held;
    if (!moved) return after.error();
  }
}

bool is_of_the_file(Refusal const& why) {
  static constexpr std::array<std::string_view, 9> kCodes{
      "not_found", "wrong_offset",     "too_long",           "wrong_content",        "attachment_too_large",
      "disk_full", "file_not_written", "attachment_damaged", "contact_key_destroyed"};
  return std::ranges::find(kCodes, std::string_view(why.code)) != kCodes.end();
}

}  // namespace fieldnode::blobs
