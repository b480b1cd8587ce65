#include "node/office/bundle_desk.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>

#include "node/db/transaction.h"
#include "node/office/receipts.h"
#include "node/web/bundle_steps.h"

namespace fieldnode::office {
namespace {

namespace json = boost::json;

constexpr std::int64_t kReplyBytesMost = 0xffff'ffff;

json::object key_view(std::uint64_t id, crypto::PublicKey const& key) {
  return {{"id", std::to_string(id)}, {"public_key", to_hex(key)}};
}

/// What goes on from another journal must first learn from the centre where that one ended, in several turns.
Refusal needs_line() {
  return refuse("bundle_needs_line",
                "This node was restored or replaced and has not yet learnt from the centre how far the journals before "
                "its own go. That takes one exchange over a line: plug the cable in once, then bundles go on.");
}

}  // namespace

BundleDesk::BundleDesk(World world)
    : world_(std::move(world)),
      journal_(world_.store, world_.time),
      attachments_({.store = world_.store, .blobs = world_.blobs, .time = world_.time, .on_file = world_.on_file}) {}

Result<json::object> BundleDesk::run(std::string_view step, Object const& arguments) {
  if (step == "who") return who();
  if (step == "begin") return begin();
  if (step == "block") return block(arguments);
  if (step == "done") return done(arguments);
  if (step == "take") return take(arguments);
  if (step == "taken") return taken(arguments);
  if (step == "files") return attachments_.files(arguments);
  if (step == "part") return attachments_.part(arguments);
  if (step == "told") return attachments_.told(arguments);
  if (step == "keep") return attachments_.keep(arguments);
  return refuse("unknown_command", fmt::format("This node knows no step {} of a bundle; it may be older than the "
                                               "program that asked. Restart the service.",
                                               step));
}

Result<json::object> BundleDesk::who() {
  auto const& identity = world_.store.identity();
  auto const held = world_.store.snapshot();
  json::array keys;
  for (auto const& believed : held.city.keys.keys()) {
    if (!believed.until) keys.push_back(key_view(believed.id, believed.key));
  }
  if (keys.empty()) keys.push_back(key_view(identity.city_key_id, identity.city_key));
  return Object{{"unit", std::to_string(identity.unit.value)},
                {"node", std::to_string(identity.node.value)},
                {"journal_epoch", std::to_string(held.journal.list.epoch.value)},
                {"city_keys", std::move(keys)}};
}

Result<json::object> BundleDesk::begin() {
  auto& epochs = world_.store.epochs();
  if (epochs.continues() && epochs.journals_asked()) return needs_line();
  auto const held = world_.store.snapshot();
  BundleOut bundle{.number = 0,
                   .created_at = world_.time.now().estimate,
                   .after = held.greatest ? held.greatest->journal_seq : 0,
                   .upto = held.journal.seq,
                   .bytes = {},
                   .answered_at = {}};
  auto const noted = world_.writer.run([&](db::Connection& connection) { return rows_on(connection).add(bundle); });
  // A node that can write no more still hands its acts out; the centre takes a bundle in whatever its number is.
  if (!noted && noted.error().code != "storage_failed") return noted.error();
  wire::Nonce nonce{};
  world_.random.fill(nonce);
  return Object{{"number", noted ? *noted : 0},
                {"nonce", to_hex(nonce)},
                {"created_on", ms_of(bundle.created_at)},
                {"after", bundle.after},
                {"upto", std::max(bundle.after, bundle.upto)}};
}

engine::BundleFacts BundleDesk::facts(wire::Nonce const& nonce, std::uint32_t reply_bytes) {
  auto const known = world_.time.now().interval;
  return {.nonce = nonce,
          .clock = {world_.clock.wall(), known.earliest, known.latest},
          .status = {.version = static_cast<std::uint64_t>(ms_of(known.earliest)),
                     .program = FIELDNODE_VERSION,
                     .undelivered = world_.store.undelivered(),
                     .disk_free_bytes = world_.store.disk_free_bytes().value_or(0)},
          .reply_budget_bytes = reply_bytes};
}

Result<json::object> BundleDesk::block(Object const& arguments) {
  web::JsonForm form(arguments);
  auto const nonce = web::nonce_in(form);
  auto const after = web::count_in(form, "after");
  auto const upto = web::count_in(form, "upto");
  auto const reply_bytes = static_cast<std::uint32_t>(form.whole("reply_bytes", 1024, kReplyBytesMost));
  if (auto const whole = form.finish(); !whole) return whole.error();
  auto const block = engine::bundle_block(reader(), facts(nonce, reply_bytes), after, upto);
  return Object{{"request", to_hex(block.request)}, {"upto", block.upto}};
}

Result<json::object> BundleDesk::done(Object const& arguments) {
  web::JsonForm form(arguments);
  auto const number = web::count_in(form, "number");
  auto const bytes = web::count_in(form, "bytes");
  if (auto const whole = form.finish(); !whole) return whole.error();
  auto const noted = world_.writer.run([&](db::Connection& connection) { rows_on(connection).finish(number, bytes); });
  if (!noted && noted.error().code != "storage_failed") return noted.error();
  return Object{{"noted", noted.has_value()}};
}

Result<json::object> BundleDesk::take(Object const& arguments) {
  web::JsonForm form(arguments);
  auto const reply = web::bytes_in(form, "reply", wire::kBundleRecordMaxBytes);
  if (auto const whole = form.finish(); !whole) return whole.error();
  auto const settled = engine::take_bundle_reply(reader(), reply);
  if (!settled) return settled.error();
  return Object{{"entries", settled->feed_entries.size()}};
}

Result<json::object> BundleDesk::taken(Object const& arguments) {
  web::JsonForm form(arguments);
  BundleIn const in{.number = web::count_in(form, "number"),
                    .answers = web::count_in(form, "answers"),
                    .created_on = utc_from_ms(form.whole("created_on", -web::kCountMost, web::kCountMost)),
                    .taken_at = world_.time.now().estimate};
  if (auto const whole = form.finish(); !whole) return whole.error();
  auto const times = world_.writer.run([&](db::Connection& connection) { return rows_on(connection).take(in); });
  if (!times) return times.error();
  world_.on_taken();
  return Object{{"times", *times}};
}

BundleNews BundleDesk::news() {
  auto const lease = world_.readers.lease();
  db::Snapshot const one_view(*lease);
  return rows_on(*lease).news(Receipts(*lease, JournalState(*lease).live()).covered_seq());
}

}  // namespace fieldnode::office
