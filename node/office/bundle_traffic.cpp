#include "node/office/bundle_traffic.h"

#include <fmt/format.h>

#include <boost/json/array.hpp>

#include "node/web/bundle_steps.h"
#include "sync/engine/bundle_reader.h"

namespace fieldnode::office {
namespace {

namespace json = boost::json;

json::object const& newest_key(json::object const& who) { return who.at("city_keys").as_array().back().as_object(); }

/// The key under which the city signed; null: none that this node believes.
json::object const* key_called(json::object const& who, std::uint64_t id) {
  for (auto const& key : who.at("city_keys").as_array()) {
    if (web::id_at(key.as_object(), "id") == id) return &key.as_object();
  }
  return nullptr;
}

wire::BundleHeader header_of(json::object const& who, json::object const& begun) {
  return {.suite = {},
          .way = wire::BundleWay::kToCentre,
          .unit = UnitId{web::id_at(who, "unit")},
          .node = NodeId{web::id_at(who, "node")},
          .journal_epoch = Epoch{web::id_at(who, "journal_epoch")},
          .city_key_id = web::id_at(newest_key(who), "id"),
          .number = web::count_at(begun, "number"),
          .answers = 0,
          .created_on = web::moment_at(begun, "created_on"),
          .salt = {}};
}

Result<void> require_for_us(wire::BundleHeader const& header, json::object const& who) {
  if (header.way != wire::BundleWay::kToNode) {
    return refuse("bundle_wrong_way", "This bundle is on its way to the centre; take it there.");
  }
  if (key_called(who, header.city_key_id) == nullptr) {
    return refuse("bundle_other_city",
                  "This bundle was made by another city's centre, or under a key of the city that this node does not "
                  "know yet; nothing of it was taken in.");
  }
  if (header.unit.value == web::id_at(who, "unit") && header.node.value == web::id_at(who, "node")) return {};
  return refuse(
      "bundle_not_ours",
      fmt::format("This bundle is for node {} of unit {}, this is node {} of unit {}; nothing of it was taken "
                  "in.",
                  header.node.value, header.unit.value, web::id_at(who, "node"), web::id_at(who, "unit")));
}

/// Every block of the journal from behind `after` up to `upto`; one without acts where there are none.
Result<void> add_blocks(BundleKit const& kit, json::object const& begun, std::uint32_t reply_bytes,
                        engine::BundleWriter& writer) {
  auto after = web::count_at(begun, "after");
  auto const upto = web::count_at(begun, "upto");
  do {
    auto const block = kit.ask(
        "block", {{"nonce", begun.at("nonce")}, {"after", after}, {"upto", upto}, {"reply_bytes", reply_bytes}});
    if (!block) return block.error();
    if (auto const added = writer.add(web::bytes_at(*block, "request")); !added) return added;
    after = web::count_at(*block, "upto");
  } while (after < upto);
  return {};
}

/// Messages come before files: what names a file must be held before it.
Result<void> take_records(BundleKit const& kit, engine::BundleReader& reader, BundleTakenIn& taken) {
  web::FileIntake files(kit.ask, {});
  bool has_message = false;
  while (true) {
    auto const item = reader.next();
    if (!item) return item.error();
    if (!*item) break;
    if ((*item)->kind != wire::BundleRecord::kMessage) {
      if (!has_message) return wire::bundle_damaged();
      if (auto const in = files.take(**item); !in) return in;
      continue;
    }
    auto const step = kit.ask("take", {{"reply", to_hex((*item)->content)}});
    if (!step) return step.error();
    has_message = true;
    taken.entries += web::count_at(*step, "entries");
  }
  taken.files = files.taken();
  return {};
}

}  // namespace

Result<BundleMade> make_bundle(BundleKit const& kit, BundleSize size, BundlePlace const& place) {
  auto const who = kit.ask("who", {});
  if (!who) return who.error();
  auto const begun = kit.ask("begin", {});
  if (!begun) return begun.error();
  auto const header = header_of(*who, *begun);
  auto const sink = place(header);
  if (!sink) return sink.error();
  auto writer = engine::BundleWriter::begin(header, {kit.keys, web::key_at(newest_key(*who), "public_key")}, kit.suite,
                                            kit.random, **sink);
  if (!writer) return writer.error();
  if (auto const added = add_blocks(kit, *begun, size.reply, *writer); !added) return added.error();
  auto const files = web::put_files(kit.ask, {}, {}, size.attachments, *writer);
  if (!files) return files.error();
  if (auto const finished = writer->finish(); !finished) return finished.error();
  auto const acts = web::count_at(*begun, "upto") - web::count_at(*begun, "after");
  return BundleMade{writer->header(), acts, writer->bytes(), *files};
}

Result<void> bundle_finished(BundleKit const& kit, BundleMade const& made) {
  auto const noted = kit.ask("done", {{"number", made.header.number}, {"bytes", made.bytes}});
  if (!noted) return noted.error();
  return {};
}

Result<BundleTakenIn> take_bundle(BundleKit const& kit, engine::BundleSource& source) {
  auto const who = kit.ask("who", {});
  if (!who) return who.error();
  auto reader = engine::BundleReader::open(
      source, kit.suite, [&](wire::BundleHeader const& header) -> Result<engine::BundleReader::Keys> {
        if (auto const ours = require_for_us(header, *who); !ours) return ours.error();
        return engine::BundleReader::Keys{kit.keys, web::key_at(*key_called(*who, header.city_key_id), "public_key")};
      });
  if (!reader) return reader.error();
  BundleTakenIn taken{reader->header(), 0, 0, {}};
  if (auto const in = take_records(kit, *reader, taken); !in) return in.error();
  auto const noted = kit.ask("taken", {{"number", taken.header.number},
                                       {"answers", taken.header.answers},
                                       {"created_on", ms_of(taken.header.created_on)}});
  if (!noted) return noted.error();
  taken.times = web::count_at(*noted, "times");
  return taken;
}

}  // namespace fieldnode::office
