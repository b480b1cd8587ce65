#include "node/central/bundle_traffic.h"

#include <optional>

#include "node/web/bundle_steps.h"
#include "sync/engine/bundle_reader.h"
#include "sync/engine/bundle_writer.h"

namespace fieldnode::central {
namespace {

namespace json = boost::json;

json::object addressee(wire::BundleHeader const& header) {
  return {{"unit", std::to_string(header.unit.value)}, {"node", std::to_string(header.node.value)}};
}

json::object place_at(json::object const& answer) {
  return {{"feed_epoch", answer.at("feed_epoch")},
          {"feed_seq", answer.at("feed_seq")},
          {"marked_seq", answer.at("marked_seq")}};
}

wire::BundleHeader header_to(json::object const& party, json::object const& begun, std::uint64_t answers) {
  return {.suite = {},
          .way = wire::BundleWay::kToNode,
          .unit = UnitId{web::id_at(party, "unit")},
          .node = NodeId{web::id_at(party, "node")},
          .journal_epoch = Epoch{web::id_at(party, "journal_epoch")},
          .city_key_id = web::id_at(party, "city_key_id"),
          .number = web::count_at(begun, "number"),
          .answers = answers,
          .created_on = web::moment_at(begun, "created_on"),
          .salt = {}};
}

/// Who made the bundle, as the city knows it. Errors: why it is not for this city.
Result<json::object> sender_of(BundleKit const& kit, wire::BundleHeader const& header) {
  if (header.way != wire::BundleWay::kToCentre) {
    return refuse("bundle_wrong_way", "This bundle is on its way to an office; take it there.");
  }
  auto sender = kit.ask("sender", addressee(header));
  if (sender && web::id_at(*sender, "city_key_id") != header.city_key_id) {
    return refuse("bundle_other_city", "This bundle is for another city's centre; nothing of it was taken in.");
  }
  return sender;
}

/// Takes every record in; gives the answer to the last message, from which a return bundle goes on. Messages come
/// before files: what names a file must be held before it.
Result<json::object> take_records(BundleKit const& kit, engine::BundleReader& reader, BundleTakenIn& taken) {
  json::object last;
  web::FileIntake files(kit.ask, addressee(reader.header()));
  while (true) {
    auto const item = reader.next();
    if (!item) return item.error();
    taken.files = files.taken();
    if (!*item) return last;
    if ((*item)->kind != wire::BundleRecord::kMessage) {
      if (last.empty()) return wire::bundle_damaged();
      if (auto const in = files.take(**item); !in) return in.error();
      continue;
    }
    auto arguments = addressee(reader.header());
    arguments["request"] = to_hex((*item)->content);
    auto step = kit.ask("take", arguments);
    if (!step) return step.error();
    taken.admitted += web::count_at(*step, "admitted");
    taken.ruled_against += web::count_at(*step, "ruled_against");
    last = *std::move(step);
  }
}

Result<void> note_taken(BundleKit const& kit, BundleTakenIn& taken) {
  auto arguments = addressee(taken.header);
  arguments["journal_epoch"] = std::to_string(taken.header.journal_epoch.value);
  arguments["number"] = taken.header.number;
  arguments["created_on"] = ms_of(taken.header.created_on);
  auto const noted = kit.ask("taken", arguments);
  if (!noted) return noted.error();
  taken.times = web::count_at(*noted, "times");
  return {};
}

/// Replies from `place` on, until the feed's end or until the file is large enough.
Result<void> add_replies(BundleKit const& kit, BundleStart const& start, std::string const& nonce, BundleMade& made,
                         engine::BundleWriter& writer) {
  do {
    auto arguments = addressee(made.header);
    arguments["nonce"] = nonce;
    arguments["most"] = start.most_bytes;
    for (auto const& [name, value] : made.upto) arguments[name] = value;
    auto const reply = kit.ask("reply", arguments);
    if (!reply) return reply.error();
    if (auto const added = writer.add(web::bytes_at(*reply, "reply")); !added) return added;
    made.upto = place_at(*reply);
    made.more = reply->at("more").as_bool();
  } while (made.more && writer.bytes() < start.most_bytes);
  return {};
}

/// What the entries of this bundle name, and what the node has said that it lacks.
Result<web::FilesPut> add_files(BundleKit const& kit, BundleStart const& start, BundleMade const& made,
                                engine::BundleWriter& writer) {
  return web::put_files(kit.ask, addressee(made.header),
                        {{"after_epoch", start.place.at("feed_epoch")},
                         {"after_seq", start.place.at("feed_seq")},
                         {"feed_epoch", made.upto.at("feed_epoch")},
                         {"feed_seq", made.upto.at("feed_seq")}},
                        start.attachment_bytes, writer);
}

}  // namespace

Result<BundleTakenIn> take_bundle(BundleKit const& kit, engine::BundleSource& source) {
  BundleTakenIn taken;
  auto reader = engine::BundleReader::open(
      source, kit.suite, [&](wire::BundleHeader const& header) -> Result<engine::BundleReader::Keys> {
        auto sender = sender_of(kit, header);
        if (!sender) return sender.error();
        taken.answer.party = *std::move(sender);
        return engine::BundleReader::Keys{kit.keys, web::key_at(taken.answer.party, "public_key")};
      });
  if (!reader) return reader.error();
  taken.header = reader->header();
  auto const last = take_records(kit, *reader, taken);
  if (!last) return last.error();
  if (last->empty()) return wire::bundle_damaged();
  if (auto const noted = note_taken(kit, taken); !noted) return noted.error();
  taken.answer.place = place_at(*last);
  taken.answer.nonce = last->at("nonce").as_string();
  taken.answer.answers = taken.header.number;
  taken.answer.most_bytes = web::count_at(*last, "reply_bytes");
  return taken;
}

Result<BundleMade> make_bundle(BundleKit const& kit, BundleStart const& start, BundlePlace const& place) {
  auto const begun = kit.ask(
      "begin", {{"unit", start.party.at("unit")}, {"node", start.party.at("node")}, {"answers", start.answers}});
  if (!begun) return begun.error();
  BundleMade made{header_to(start.party, *begun, start.answers), place_at(start.place), false, 0, {}};
  auto const sink = place(made.header);
  if (!sink) return sink.error();
  auto writer = engine::BundleWriter::begin(made.header, {kit.keys, web::key_at(start.party, "public_key")}, kit.suite,
                                            kit.random, **sink);
  if (!writer) return writer.error();
  auto const nonce = start.nonce.empty() ? std::string(begun->at("nonce").as_string()) : start.nonce;
  if (auto const added = add_replies(kit, start, nonce, made, *writer); !added) return added.error();
  auto const files = add_files(kit, start, made, *writer);
  if (!files) return files.error();
  made.files = *files;
  if (auto const finished = writer->finish(); !finished) return finished.error();
  made.bytes = writer->bytes();
  return made;
}

Result<void> bundle_finished(BundleKit const& kit, BundleMade const& made) {
  auto arguments = addressee(made.header);
  arguments["number"] = made.header.number;
  arguments["bytes"] = made.bytes;
  arguments["feed_epoch"] = made.upto.at("feed_epoch");
  arguments["feed_seq"] = made.upto.at("feed_seq");
  auto const noted = kit.ask("sent", arguments);
  if (!noted) return noted.error();
  return {};
}

}  // namespace fieldnode::central
