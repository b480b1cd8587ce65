#include "node/central/bundle_attachments.h"

#include <algorithm>

#include "node/central/blob_finder.h"
#include "node/lists/named_blobs.h"
#include "node/web/bundle_parcel.h"
#include "sync/rules/clocks.h"

namespace fieldnode::central {
namespace {

namespace json = boost::json;

/// Half of what a bundle speaks of the node has, half it lacks.
constexpr std::size_t kEachWay = wire::kBundleFilesMost / 2;
/// An assignment is folded to know by when something is due on it; so many of them are.
constexpr std::size_t kFoldsMost = 500;

/// By when something is due on the assignment; never where nothing presses.
UtcTime due_of(UnitWork& work, rules::RuleBook const& book, AssignmentId id) {
  auto const state = work.assignment(id);
  if (!state || rules::is_end(state->stage())) return UtcTime::max();
  auto const clocks = rules::clocks_of(*state, book.policy, book.calendar);
  return clocks ? rules::next_due(*clocks).value_or(UtcTime::max()) : UtcTime::max();
}

/// How many files the node has that it lacked before. It names all that it lacks, as far as there is room, and of what
/// it has only what may be news to the centre.
std::uint64_t come_since(std::map<blobs::BlobKey, blobs::ToldFile> const& before,
                         wire::BundleFileStates const& states) {
  std::map<blobs::BlobKey, bool> now;
  for (auto const& file : states.files) now.emplace(blobs::BlobKey{file.assignment, file.address}, file.here);
  bool const names_all =
      std::ranges::count(states.files, false, &wire::BundleFileState::here) < static_cast<std::ptrdiff_t>(kEachWay);
  return static_cast<std::uint64_t>(std::ranges::count_if(before, [&](auto const& known) {
    auto const word = now.find(known.first);
    return !known.second.here && (word == now.end() ? names_all : word->second);
  }));
}

Refusal not_named() { return refuse("not_found", "No entry of this unit that the centre holds names such a file."); }

}  // namespace

BundleAttachments::Told BundleAttachments::told_by(UnitId unit, NodeId node) {
  auto const lease = world_.blobs.world().readers.lease();
  Told told;
  for (auto const& file : blobs::ToldRows(*lease, unit, node).all()) told.emplace(file.key, file);
  return told;
}

wire::BundleFileStates BundleAttachments::states(UnitId unit, Epoch feed, Told const& told) {
  wire::BundleFileStates states{.feed = feed, .files = {}};
  for (auto const& [key, file] : told) {
    if (!file.here || states.files.size() == wire::kBundleFilesMost) continue;
    bool const is_here = find_blob(world_.store, world_.blobs, unit, key).has_value();
    auto const held = is_here ? file.size : world_.blobs.state({{unit, key.assignment}, key.address, file.size}).held;
    states.files.push_back({key.assignment, key.address, held, is_here});
  }
  return states;
}

std::vector<blobs::WantedFile> BundleAttachments::wanted(UnitId unit, FeedStretch const& stretch, Told const& told) {
  std::map<blobs::BlobKey, std::uint64_t> lacking;  // and how far the node is
  for (auto const& [key, file] : told) {
    if (!file.here) lacking.emplace(key, file.held);
  }
  auto const named = [&] {
    auto const lease = world_.blobs.world().readers.lease();
    return blobs_named_in(*lease, unit, stretch, kEachWay);
  }();
  for (auto const& file : named) {
    blobs::BlobKey const key{file.assignment, file.address};
    if (!told.contains(key)) lacking.emplace(key, 0);
  }
  std::vector<blobs::WantedFile> wanted;
  for (auto const& [key, held] : lacking) {
    auto const row = find_blob(world_.store, world_.blobs, unit, key);
    if (row) wanted.push_back({.key = key, .size = row->size, .held = held, .due = UtcTime::max()});
  }
  return wanted;
}

Result<void> BundleAttachments::weigh(UnitId unit, std::vector<blobs::WantedFile>& files) {
  if (files.empty()) return {};
  return world_.store.with_unit(unit, [&](UnitWork& work) -> Result<void> {
    auto const rules = work.rules();
    std::map<AssignmentId, UtcTime> due;
    for (auto& file : files) {
      auto known = due.find(file.key.assignment);
      if (known == due.end() && due.size() < kFoldsMost) {
        known = due.emplace(file.key.assignment, due_of(work, *rules->current(), file.key.assignment)).first;
      }
      if (known != due.end()) file.due = known->second;
    }
    return {};
  });
}

Result<json::object> BundleAttachments::files(json::object const& arguments) {
  web::JsonForm form(arguments);
  UnitId const unit{form.id("unit")};
  NodeId const node{form.id("node")};
  FeedStretch const stretch{.after = {Epoch{form.id("after_epoch")}, web::count_in(form, "after_seq")},
                            .upto = {Epoch{form.id("feed_epoch")}, web::count_in(form, "feed_seq")}};
  auto const most = web::count_in(form, "most");
  if (auto const whole = form.finish(); !whole) return whole.error();
  auto const told = told_by(unit, node);
  auto files = wanted(unit, stretch, told);
  if (auto const weighed = weigh(unit, files); !weighed) return weighed.error();
  return web::parcel_view(states(unit, stretch.upto.epoch, told),
                          blobs::pack_parcel(std::move(files), most, web::kParcelFilesMost));
}

Result<json::object> BundleAttachments::part(json::object const& arguments) {
  web::JsonForm form(arguments);
  UnitId const unit{form.id("unit")};
  static_cast<void>(form.id("node"));
  auto const asked = web::part_in(form);
  if (auto const whole = form.finish(); !whole) return whole.error();
  return web::part_view(world_.blobs, find_blob(world_.store, world_.blobs, unit, asked.key), asked);
}

Result<json::object> BundleAttachments::told(json::object const& arguments) {
  web::JsonForm form(arguments);
  UnitId const unit{form.id("unit")};
  NodeId const node{form.id("node")};
  auto const bytes = web::bytes_in(form, "states", wire::kBundleRecordMaxBytes);
  if (auto const whole = form.finish(); !whole) return whole.error();
  auto const states = wire::decode_file_states(bytes);
  if (!states) return states.error();
  auto const before = told_by(unit, node);
  auto const delivered = come_since(before, *states);
  auto const noted = world_.blobs.world().writer.run(
      [&](db::Connection& connection) { blobs::ToldRows(connection, unit, node).replace(web::told_files(*states)); });
  if (!noted) return noted.error();
  return json::object{{"delivered", delivered}};
}

Result<blobs::NamedFile> BundleAttachments::named(UnitId unit, blobs::BlobKey const& key) {
  auto const lease = world_.blobs.world().readers.lease();
  auto const size = lists::NamedBlobs(*lease).size_of(unit, key.assignment, key.address);
  if (!size) return not_named();
  return blobs::NamedFile{.owner = {unit, key.assignment}, .address = key.address, .size = *size};
}

Result<blobs::TakenPart> BundleAttachments::take(UnitId unit, wire::BundleFilePart const& part) {
  blobs::BlobKey const key{part.assignment, part.address};
  auto const file = named(unit, key);
  if (!file) return file.error();
  if (auto const row = find_blob(world_.store, world_.blobs, unit, key)) {
    return blobs::TakenPart{.state = {.held = row->size, .size = row->size, .here = true}};
  }
  auto const rule = world_.store.rules_of(unit)->current()->policy.attachments;
  return blobs::take_overlapping(world_.blobs, *file, part.offset, part.content, rule, world_.clock.wall());
}

Result<json::object> BundleAttachments::keep(json::object const& arguments) {
  web::JsonForm form(arguments);
  UnitId const unit{form.id("unit")};
  static_cast<void>(form.id("node"));
  static_cast<void>(form.id("feed"));
  auto const bytes = web::bytes_in(form, "part", wire::kBundleRecordMaxBytes);
  if (auto const whole = form.finish(); !whole) return whole.error();
  auto const part = wire::decode_file_part(bytes);
  if (!part) return part.error();
  return web::taken_view({part->assignment, part->address}, take(unit, *part));
}

}  // namespace fieldnode::central
