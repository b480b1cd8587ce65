#include "node/office/bundle_attachments.h"

#include <limits>

#include "node/blobs/blob_needs.h"
#include "node/blobs/told_rows.h"
#include "node/lists/named_blobs.h"
#include "node/web/bundle_parcel.h"

namespace fieldnode::office {
namespace {

namespace json = boost::json;

/// Half of what a bundle speaks of are files that are here, half those that are not.
constexpr std::size_t kEachWay = wire::kBundleFilesMost / 2;
/// Where nothing presses; as the table has it where there is no due instant.
constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

constexpr std::string_view kUnsent =
    "SELECT b.assignment, b.address, b.size, coalesce(t.held, 0),"
    " CASE WHEN a.view IN (1, 2) THEN a.due_at ELSE :never END AS due"
    " FROM blob b LEFT JOIN assignment a ON a.id = b.assignment"
    " LEFT JOIN blob_told t ON t.node = 0 AND t.assignment = b.assignment AND t.address = b.address"
    " WHERE b.unit = :unit AND b.here = 1 AND b.known_at IS NOT :feed AND EXISTS (SELECT 1 FROM named_blob n"
    " WHERE n.unit = b.unit AND n.assignment = b.assignment AND n.address = b.address)"
    " ORDER BY due, b.size, b.id LIMIT :most";

}  // namespace

std::vector<blobs::WantedFile> BundleAttachments::unsent() {
  auto const feed = world_.store.snapshot().feed.list.epoch;
  auto const lease = world_.blobs.world().readers.lease();
  std::vector<blobs::WantedFile> files;
  auto select = lease->prepare(kUnsent);
  select.bind(":never", kNever).bind(":unit", unit()).bind(":feed", feed).bind(":most", kEachWay);
  for (auto const row : select) {
    files.push_back({.key = {row.get<AssignmentId>(0), row.get<Hash>(1)},
                     .size = row.get<std::uint64_t>(2),
                     .held = row.get<std::uint64_t>(3),
                     .due = row.get<UtcTime>(4)});
  }
  return files;
}

wire::BundleFileStates BundleAttachments::states(std::vector<blobs::WantedFile> const& unsent) {
  wire::BundleFileStates states{.feed = world_.store.snapshot().feed.list.epoch, .files = {}};
  for (auto const& file : unsent) states.files.push_back({file.key.assignment, file.key.address, file.size, true});
  auto const missing = [&] {
    auto const lease = world_.blobs.world().readers.lease();
    return blobs::missing_blobs(*lease, unit(), kEachWay);
  }();
  for (auto const& file : missing) {
    auto const state = world_.blobs.state({{unit(), file.assignment}, file.address, file.size});
    states.files.push_back({file.assignment, file.address, state.held, state.here});
  }
  return states;
}

Result<json::object> BundleAttachments::files(json::object const& arguments) {
  web::JsonForm form(arguments);
  auto const most = web::count_in(form, "most");
  if (auto const whole = form.finish(); !whole) return whole.error();
  auto const files = unsent();
  return web::parcel_view(states(files), blobs::pack_parcel(files, most, web::kParcelFilesMost));
}

Result<json::object> BundleAttachments::part(json::object const& arguments) {
  web::JsonForm form(arguments);
  auto const ask = web::part_in(form);
  if (auto const whole = form.finish(); !whole) return whole.error();
  return web::part_view(world_.blobs, world_.blobs.find({unit(), ask.key.assignment}, ask.key.address), ask);
}

/// A word under another feed than the live one is of a centre that was restored since: it is asked again.
Result<json::object> BundleAttachments::told(json::object const& arguments) {
  web::JsonForm form(arguments);
  auto const bytes = web::bytes_in(form, "states", wire::kBundleRecordMaxBytes);
  if (auto const whole = form.finish(); !whole) return whole.error();
  auto const states = wire::decode_file_states(bytes);
  if (!states) return states.error();
  bool const counts = is_live(states->feed);
  std::uint64_t delivered = 0;
  auto const noted = world_.blobs.world().writer.run([&](db::Connection& connection) {
    blobs::ToldRows(connection, unit(), NodeId{}).replace(web::told_files(*states));
    for (auto const& file : states->files) {
      if (!file.here || !counts) continue;
      bool const is_news =
          blobs::BlobRows(connection).note_known({unit(), file.assignment}, file.address, states->feed);
      delivered += is_news ? 1 : 0;
    }
  });
  if (!noted) return noted.error();
  return json::object{{"delivered", delivered}};
}

Result<blobs::NamedFile> BundleAttachments::named(blobs::BlobKey const& key) {
  auto const lease = world_.blobs.world().readers.lease();
  auto const size = lists::NamedBlobs(*lease).size_of(unit(), key.assignment, key.address);
  if (!size) return refuse("not_found", "No entry that this node holds names such a file.");
  return blobs::NamedFile{.owner = {unit(), key.assignment}, .address = key.address, .size = *size};
}

/// What came from the centre is not carried back to it.
Result<json::object> BundleAttachments::keep(json::object const& arguments) {
  web::JsonForm form(arguments);
  Epoch const feed{form.id("feed")};
  auto const bytes = web::bytes_in(form, "part", wire::kBundleRecordMaxBytes);
  if (auto const whole = form.finish(); !whole) return whole.error();
  auto const part = wire::decode_file_part(bytes);
  if (!part) return part.error();
  blobs::BlobKey const key{part->assignment, part->address};
  auto const file = named(key);
  if (!file) return web::taken_view(key, file.error());
  auto const rule = world_.store.rules()->current()->policy.attachments;
  auto const now = world_.time.now().interval.earliest;
  auto const taken = blobs::take_overlapping(world_.blobs, *file, part->offset, part->content, rule, now);
  if (taken && taken->state.here && is_live(feed)) {
    auto const noted = world_.blobs.world().writer.run([&](db::Connection& connection) {
      static_cast<void>(blobs::BlobRows(connection).note_known(file->owner, file->address, feed));
    });
    if (!noted) return noted.error();
  }
  if (taken && taken->arrived && world_.on_file) world_.on_file(key.assignment);
  return web::taken_view(key, taken);
}

}  // namespace fieldnode::office
