#include "node/central/bundle_desk.h"

#include <fmt/format.h>

#include <algorithm>

#include "node/central/store/bundle_rows.h"
#include "node/web/bundle_steps.h"

namespace fieldnode::central {
namespace {

namespace json = boost::json;

constexpr std::uint32_t kReplyBytes = 256 * 1024;  ///< of packed entries in one message
constexpr std::size_t kMarksPerReply = 64;
constexpr int kLevel = 19;  // a stick's file is made once and carried far

Position feed_in(web::JsonForm& form) { return {Epoch{form.id("feed_epoch")}, web::count_in(form, "feed_seq")}; }

void put_place(json::object& view, NodePlace const& place) {
  view["feed_epoch"] = std::to_string(place.feed.epoch.value);
  view["feed_seq"] = place.feed.seq;
  view["marked_seq"] = place.marked_seq;
}

struct Addressee {
  UnitId unit{};
  NodeId node{};
};

Addressee addressee_in(web::JsonForm& form) { return {UnitId{form.id("unit")}, NodeId{form.id("node")}}; }

Refusal unknown_node(NodeId node) {
  return refuse("unknown_node", fmt::format("No node {} was ever enrolled for this unit in this city; nothing of the "
                                            "bundle was taken in.",
                                            node.value));
}

}  // namespace

BundleDesk::BundleDesk(World world)
    : world_(world),
      server_(world.suite, world.city_key),
      attachments_({.store = world.store, .blobs = world.blobs, .clock = world.clock}) {}

Result<json::object> BundleDesk::run(std::string_view step, Object const& arguments) {
  if (step == "whose") return whose(arguments);
  if (step == "sender") return sender(arguments);
  if (step == "take") return take(arguments);
  if (step == "taken") return taken(arguments);
  if (step == "begin") return begin(arguments);
  if (step == "reply") return reply(arguments);
  if (step == "sent") return sent(arguments);
  if (step == "files") return attachments_.files(arguments);
  if (step == "part") return attachments_.part(arguments);
  if (step == "told") return attachments_.told(arguments);
  if (step == "keep") return attachments_.keep(arguments);
  return refuse("unknown_command", fmt::format("This centre knows no step {} of a bundle; it may be older than the "
                                               "program that asked. Restart the service.",
                                               step));
}

std::optional<UtcTime> BundleDesk::sure_time(UnitWork& work) {
  if (!world_.guard.signable_after(work.unit().last_sent_at)) return std::nullopt;
  return world_.clock.wall();
}

Result<json::object> BundleDesk::party(UnitRecord const& unit, NodeId id) {
  Object view{{"unit", std::to_string(unit.id.value)},
              {"unit_code", unit.code},
              {"node", std::to_string(id.value)},
              {"city_key_id", std::to_string(world_.city_key.id)}};
  auto const found = world_.store.with_unit(unit.id, [&](UnitWork& work) -> Result<void> {
    auto const node = work.find_node(id);
    if (!node || node->unit != unit.id) return unknown_node(id);
    view["public_key"] = to_hex(node->public_key);
    view["journal_epoch"] = std::to_string(node->journal_epoch.value);
    return {};
  });
  if (!found) return found.error();
  auto const reader = world_.readers.lease();
  put_place(view, BundleRows(*reader).place(id).value_or(NodePlace{}));
  return view;
}

Result<json::object> BundleDesk::whose(Object const& arguments) {
  web::JsonForm form(arguments);
  auto const code = form.text("unit", 64);
  if (auto const whole = form.finish(); !whole) return whole.error();
  auto const unit = world_.store.find_unit(code);
  if (!unit) return refuse("unknown_unit", fmt::format("There is no unit {}; look it up with unit list.", code));
  if (!unit->node) return refuse("no_node", fmt::format("No node serves unit {} yet; enrol one first.", code));
  return party(*unit, unit->node);
}

Result<json::object> BundleDesk::sender(Object const& arguments) {
  web::JsonForm form(arguments);
  auto const from = addressee_in(form);
  if (auto const whole = form.finish(); !whole) return whole.error();
  auto const unit = world_.store.find_unit(from.unit);
  if (!unit) return unknown_node(from.node);
  return party(*unit, from.node);
}

Result<json::object> BundleDesk::take(Object const& arguments) {
  web::JsonForm form(arguments);
  auto const from = addressee_in(form);
  auto const bytes = web::bytes_in(form, "request", wire::kBundleRecordMaxBytes);
  if (auto const whole = form.finish(); !whole) return whole.error();
  auto const request = wire::decode_request(bytes);
  if (!request) return request.error();
  if (request->unit != from.unit || request->node != from.node) {
    return refuse("bundle_not_ours", "The bundle speaks for another node than the one that made it.");
  }
  engine::Admission admission;
  auto const done = world_.store.with_unit(from.unit, [&](UnitWork& work) -> Result<void> {
    auto const taken = server_.receive(work, *request, world_.clock.wall());
    if (!taken) return taken.error();
    admission = *taken;
    if (auto const now = sure_time(work)) work.mark_held(*now);
    return {};
  });
  if (!done) return done.error();
  NodePlace const place{request->feed, request->marked_seq};
  auto const noted =
      world_.writer.run([&](db::Connection& connection) { BundleRows(connection).note_place(from.node, place); });
  if (!noted) return noted.error();
  Object view{{"admitted", admission.admitted},
              {"ruled_against", admission.ruled_against},
              {"nonce", to_hex(request->nonce)},
              {"reply_bytes", request->byte_budget}};
  put_place(view, place);
  return view;
}

Result<json::object> BundleDesk::taken(Object const& arguments) {
  web::JsonForm form(arguments);
  auto const from = addressee_in(form);
  BundleTaken const bundle{.journal_epoch = Epoch{form.id("journal_epoch")},
                           .number = web::count_in(form, "number"),
                           .created_on = utc_from_ms(form.whole("created_on", -web::kCountMost, web::kCountMost)),
                           .taken_at = world_.clock.wall(),
                           .times = 0};
  if (auto const whole = form.finish(); !whole) return whole.error();
  auto const times =
      world_.writer.run([&](db::Connection& connection) { return BundleRows(connection).take(from.node, bundle); });
  if (!times) return times.error();
  return Object{{"times", *times}};
}

Result<json::object> BundleDesk::begin(Object const& arguments) {
  web::JsonForm form(arguments);
  auto const to = addressee_in(form);
  auto const answers = web::count_in(form, "answers");
  if (auto const whole = form.finish(); !whole) return whole.error();
  BundleSent const bundle{.number = 0, .answers = answers, .created_at = world_.clock.wall(), .upto = {}, .bytes = {}};
  auto const number =
      world_.writer.run([&](db::Connection& connection) { return BundleRows(connection).add(to.node, bundle); });
  if (!number) return number.error();
  wire::Nonce nonce{};
  world_.random.fill(nonce);
  return Object{{"number", *number}, {"nonce", to_hex(nonce)}, {"created_on", ms_of(bundle.created_at)}};
}

Result<json::object> BundleDesk::reply(Object const& arguments) {
  web::JsonForm form(arguments);
  auto const to = addressee_in(form);
  wire::ExchangeRequest request;
  request.unit = to.unit;
  request.node = to.node;
  request.nonce = web::nonce_in(form);
  request.feed = feed_in(form);
  request.marked_seq = web::count_in(form, "marked_seq");
  request.byte_budget = static_cast<std::uint32_t>(std::min<std::uint64_t>(web::count_in(form, "most"), kReplyBytes));
  if (auto const whole = form.finish(); !whole) return whole.error();
  wire::ExchangeReply reply;
  bool more = false;
  auto const done = world_.store.with_unit(to.unit, [&](UnitWork& work) -> Result<void> {
    if (work.heads().node != to.node) return refuse("node_revoked", "This node was revoked or replaced.");
    auto const now = sure_time(work);
    reply = server_.answer(work, request, now, now);
    auto const& marks = reply.receipt.marks;
    more = reply.more || marks.size() >= kMarksPerReply;
    return {};
  });
  if (!done) return done.error();
  server_.sign(reply);
  auto const& receipt = reply.receipt;
  auto const marked = receipt.marks.empty() ? request.marked_seq : receipt.marks.back().seq;
  Object view{{"reply", to_hex(wire::encode_reply(reply, kLevel))}, {"more", more}};
  put_place(view, {{receipt.feed_epoch, receipt.answer_seq}, marked});
  return view;
}

Result<json::object> BundleDesk::sent(Object const& arguments) {
  web::JsonForm form(arguments);
  auto const to = addressee_in(form);
  BundleSent const bundle{.number = web::count_in(form, "number"),
                          .answers = 0,
                          .created_at = {},
                          .upto = feed_in(form),
                          .bytes = web::count_in(form, "bytes")};
  if (auto const whole = form.finish(); !whole) return whole.error();
  auto const noted =
      world_.writer.run([&](db::Connection& connection) { BundleRows(connection).finish(to.node, bundle); });
  if (!noted) return noted.error();
  return Object{{"number", bundle.number}};
}

}  // namespace fieldnode::central
