#include "node/office/identity.h"

#include "sync/wire/fingerprint.h"

namespace fieldnode::office {
namespace {

std::optional<wire::NodeStatement> city_word(std::optional<BytesView> column) {
  if (!column) return std::nullopt;
  auto statement = wire::unpack_statement(*column);
  if (!statement) throw BrokenWorld("the city's word on this node: " + statement.error().sentence);
  return *statement;
}

}  // namespace

std::optional<OfficeIdentity> load_identity(db::Connection& connection) {
  auto rows = connection.prepare(
      "SELECT unit, unit_code, unit_name, city, node, journal_epoch, centre, city_key_id, city_key, city_word,"
      " public_key, city_fingerprint, city_root FROM identity");
  auto const row = rows.next();
  if (!row) return std::nullopt;
  return OfficeIdentity{.unit = row->get<UnitId>(0),
                        .unit_code = row->get<std::string>(1),
                        .unit_name = row->get<std::string>(2),
                        .city = row->get<std::string>(3),
                        .node = row->get<NodeId>(4),
                        .journal_epoch = row->get<Epoch>(5),
                        .centre = row->get<std::string>(6),
                        .city_key_id = row->get<std::uint64_t>(7),
                        .city_key = row->get<Hash>(8),
                        .city_word = city_word(row->get<std::optional<BytesView>>(9)),
                        .public_key = row->get<std::optional<Hash>>(10),
                        .city_fingerprint = row->get<std::string>(11),
                        .city_root = row->get<std::optional<Hash>>(12)};
}

std::string OfficeIdentity::fingerprint() const {
  if (public_key) return wire::node_fingerprint(*public_key);
  return city_word ? wire::node_fingerprint(city_word->key) : std::string();
}

void save_identity(db::Connection& connection, OfficeIdentity const& identity) {
  connection
      .prepare(
          "INSERT INTO identity (id, unit, unit_code, unit_name, city, node, journal_epoch, centre, city_key_id,"
          " city_key, city_word, public_key, city_fingerprint, city_root) VALUES (1, :unit, :unit_code, :unit_name, "
          ":city,"
          " :node, :journal_epoch, :centre, :city_key_id, :city_key, :city_word, :public_key, :city_fingerprint,"
          " :city_root)")
      .bind(":unit", identity.unit)
      .bind(":unit_code", identity.unit_code)
      .bind(":unit_name", identity.unit_name)
      .bind(":city", identity.city)
      .bind(":node", identity.node)
      .bind(":journal_epoch", identity.journal_epoch)
      .bind(":centre", identity.centre)
      .bind(":city_key_id", identity.city_key_id)
      .bind(":city_key", identity.city_key)
      .bind(":city_word", identity.city_word ? std::optional(wire::pack_statement(*identity.city_word)) : std::nullopt)
      .bind(":public_key", identity.public_key)
      .bind(":city_fingerprint", identity.city_fingerprint)
      .bind(":city_root", identity.city_root)
      .run();
}

}  // namespace fieldnode::office
