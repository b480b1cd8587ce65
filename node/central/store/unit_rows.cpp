#include "node/central/store/unit_rows.h"

#include <fmt/format.h>

#include <algorithm>

namespace fieldnode::central {
namespace {

constexpr std::string_view kUnitColumns = "id, code, name, node, last_sent_at";
constexpr std::string_view kNodeColumns =
    "id, unit, public_key, journal_epoch, fingerprint, certificate, enrolled_at, confirmed_at, confirmed_by, "
    "revoked_at,"
    " revoked_by, revoked_why, last_exchange_at, status_version, program, undelivered, disk_free";

UnitRecord unit_from(db::Row const& row) {
  return {.id = row.get<UnitId>(0),
          .code = row.get<std::string>(1),
          .name = row.get<std::string>(2),
          .node = row.get<NodeId>(3),
          .last_sent_at = row.get<std::optional<UtcTime>>(4)};
}

crypto::PublicKey key_from(BytesView bytes) {
  crypto::PublicKey key{};
  if (bytes.size() != key.size()) throw BrokenWorld("a stored public key does not have 32 bytes");
  std::ranges::copy(bytes, key.begin());
  return key;
}

NodeRecord node_from(db::Row const& row) {
  return {.id = row.get<NodeId>(0),
          .unit = row.get<UnitId>(1),
          .public_key = key_from(row.get<BytesView>(2)),
          .journal_epoch = row.get<Epoch>(3),
          .fingerprint = row.get<Hash>(4),
          .certificate = row.get<std::string>(5),
          .enrolled_at = row.get<UtcTime>(6),
          .confirmed_at = row.get<std::optional<UtcTime>>(7),
          .confirmed_by = row.get<StaffId>(8),
          .revoked_at = row.get<std::optional<UtcTime>>(9),
          .revoked_by = row.get<StaffId>(10),
          .revoked_why = row.get<std::string>(11),
          .news = {.last_exchange_at = row.get<std::optional<UtcTime>>(12),
                   .status = {.version = row.get<std::uint64_t>(13),
                              .program = row.get<std::string>(14),
                              .undelivered = row.get<std::uint64_t>(15),
                              .disk_free_bytes = row.get<std::uint64_t>(16)}}};
}

template <class Record, class Read>
std::optional<Record> only(db::Statement& select, Read const& read) {
  auto const row = select.next();
  if (!row) return std::nullopt;
  return read(*row);
}

}  // namespace

void UnitRows::add(UnitRecord const& unit, UtcTime at) {
  connection_
      .prepare("INSERT INTO unit (id, code, name, node, created_at) VALUES (:id, :code, :name, :node, :created_at)")
      .bind(":id", unit.id)
      .bind(":code", unit.code)
      .bind(":name", unit.name)
      .bind(":node", unit.node)
      .bind(":created_at", at)
      .run();
}

std::optional<UnitRecord> UnitRows::find(UnitId id) {
  auto select = connection_.prepare(fmt::format("SELECT {} FROM unit WHERE id = :id", kUnitColumns));
  return only<UnitRecord>(select.bind(":id", id), unit_from);
}

std::optional<UnitRecord> UnitRows::find(std::string_view code) {
  auto select = connection_.prepare(fmt::format("SELECT {} FROM unit WHERE code = :code", kUnitColumns));
  return only<UnitRecord>(select.bind(":code", code), unit_from);
}

std::vector<UnitRecord> UnitRows::all() {
  std::vector<UnitRecord> units;
  auto select = connection_.prepare(fmt::format("SELECT {} FROM unit ORDER BY code", kUnitColumns));
  for (db::Row const row : select) units.push_back(unit_from(row));
  return units;
}

bool UnitRows::awaits_report(UnitId unit) {
  return connection_.prepare("SELECT awaits_report <> 0 FROM unit WHERE id = :unit").bind(":unit", unit).one<bool>();
}

UtcTime UnitRows::awaits_report_since(UnitId unit) {
  return connection_.prepare("SELECT awaits_report FROM unit WHERE id = :unit").bind(":unit", unit).one<UtcTime>();
}

void UnitRows::note_sent(UnitId unit, UtcTime at) {
  connection_.prepare("UPDATE unit SET last_sent_at = max(coalesce(last_sent_at, :at), :at) WHERE id = :id")
      .bind(":at", at)
      .bind(":id", unit)
      .run();
}

void UnitRows::add_node(NodeRecord const& node) {
  connection_
      .prepare(
          "INSERT INTO node (id, unit, public_key, journal_epoch, fingerprint, certificate, enrolled_at)"
          " VALUES (:id, :unit, :public_key, :journal_epoch, :fingerprint, :certificate, :enrolled_at)")
      .bind(":id", node.id)
      .bind(":unit", node.unit)
      .bind(":public_key", node.public_key)
      .bind(":journal_epoch", node.journal_epoch)
      .bind(":fingerprint", node.fingerprint)
      .bind(":certificate", node.certificate)
      .bind(":enrolled_at", node.enrolled_at)
      .run();
}

void UnitRows::confirm_node(NodeRecord const& node, UtcTime at, StaffId by) {
  connection_
      .prepare(
          "UPDATE node SET revoked_at = :at, revoked_by = :by"
          " WHERE unit = :unit AND confirmed_at IS NOT NULL AND revoked_at IS NULL")
      .bind(":at", at)
      .bind(":by", by)
      .bind(":unit", node.unit)
      .run();
  connection_.prepare("UPDATE node SET confirmed_at = :at, confirmed_by = :by WHERE id = :id")
      .bind(":at", at)
      .bind(":by", by)
      .bind(":id", node.id)
      .run();
  connection_.prepare("UPDATE unit SET node = :node WHERE id = :unit")
      .bind(":node", node.id)
      .bind(":unit", node.unit)
      .run();
}

void UnitRows::end_node(NodeId id, NodeEnding const& ending) {
  connection_.prepare("UPDATE node SET revoked_at = :at, revoked_by = :by, revoked_why = :why WHERE id = :id")
      .bind(":at", ending.at)
      .bind(":by", ending.by)
      .bind(":why", ending.why)
      .bind(":id", id)
      .run();
}

bool UnitRows::has_journal(UnitId unit, Epoch epoch) {
  return connection_.prepare("SELECT count(*) FROM node WHERE unit = :unit AND journal_epoch = :epoch")
             .bind(":unit", unit)
             .bind(":epoch", epoch)
             .one<std::int64_t>() != 0;
}

std::optional<std::string> UnitRows::find_certificate(NodeId node, Hash const& request) {
  return connection_.prepare("SELECT certificate FROM node_certificate WHERE node = :node AND request = :request")
      .bind(":node", node)
      .bind(":request", request)
      .maybe<std::string>();
}

void UnitRows::add_certificate(NodeCertificate const& certificate) {
  connection_
      .prepare(
          "INSERT INTO node_certificate (fingerprint, node, request, certificate, made_at)"
          " VALUES (:fingerprint, :node, :request, :certificate, :made_at)")
      .bind(":fingerprint", certificate.fingerprint)
      .bind(":node", certificate.node)
      .bind(":request", certificate.request)
      .bind(":certificate", certificate.certificate)
      .bind(":made_at", certificate.made_at)
      .run();
}

std::vector<NodeRecord> UnitRows::nodes() {
  std::vector<NodeRecord> nodes;
  auto select = connection_.prepare(fmt::format("SELECT {} FROM node ORDER BY unit, id", kNodeColumns));
  for (db::Row const row : select) nodes.push_back(node_from(row));
  return nodes;
}

std::optional<NodeRecord> UnitRows::find_node(NodeId id) {
  auto select = connection_.prepare(fmt::format("SELECT {} FROM node WHERE id = :id", kNodeColumns));
  return only<NodeRecord>(select.bind(":id", id), node_from);
}

std::optional<NodeRecord> UnitRows::find_node(Hash const& fingerprint) {
  auto select =
      connection_.prepare(fmt::format("SELECT {} FROM node WHERE fingerprint = :fingerprint"
                                      " OR id = (SELECT node FROM node_certificate WHERE fingerprint = :fingerprint)",
                                      kNodeColumns));
  return only<NodeRecord>(select.bind(":fingerprint", fingerprint), node_from);
}

void UnitRows::note_news(NodeId id, wire::NodeStatus const& status, UtcTime at) {
  connection_.prepare("UPDATE node SET last_exchange_at = :at WHERE id = :id").bind(":at", at).bind(":id", id).run();
  connection_
      .prepare(
          "UPDATE node SET status_version = :version, program = :program, undelivered = :undelivered,"
          " disk_free = :disk_free WHERE id = :id AND status_version <= :version")
      .bind(":version", status.version)
      .bind(":program", status.program)
      .bind(":undelivered", status.undelivered)
      .bind(":disk_free", status.disk_free_bytes)
      .bind(":id", id)
      .run();
}

std::optional<CodeRecord> UnitRows::find_code(std::uint16_t locator) {
  auto select = connection_.prepare(
      "SELECT locator, unit, secret_hash, made_at, expires_at, wrong_tries, used_key, coalesce(used_node, 0)"
      " FROM enrolment_code WHERE locator = :locator");
  return only<CodeRecord>(select.bind(":locator", locator), [](db::Row const& row) {
    CodeRecord code{.locator = row.get<std::uint16_t>(0),
                    .unit = row.get<UnitId>(1),
                    .secret_hash = row.get<Hash>(2),
                    .made_at = row.get<UtcTime>(3),
                    .expires_at = row.get<UtcTime>(4),
                    .wrong_tries = row.get<std::uint32_t>(5),
                    .used_key = {},
                    .used_node = row.get<NodeId>(7)};
    if (auto const key = row.get<std::optional<BytesView>>(6)) code.used_key = key_from(*key);
    return code;
  });
}

void UnitRows::put_code(CodeRecord const& code) {
  std::optional<Bytes> used_key;
  if (code.used_key) used_key.emplace(code.used_key->begin(), code.used_key->end());
  connection_
      .prepare(
          "INSERT INTO enrolment_code (unit, locator, secret_hash, made_at, expires_at, wrong_tries, used_key,"
          " used_node) VALUES (:unit, :locator, :secret_hash, :made_at, :expires_at, :wrong_tries, :used_key,"
          " :used_node) ON CONFLICT (locator) DO UPDATE SET unit = excluded.unit, secret_hash = excluded.secret_hash,"
          " made_at = excluded.made_at, expires_at = excluded.expires_at, wrong_tries = excluded.wrong_tries,"
          " used_key = excluded.used_key, used_node = excluded.used_node")
      .bind(":unit", code.unit)
      .bind(":locator", code.locator)
      .bind(":secret_hash", code.secret_hash)
      .bind(":made_at", code.made_at)
      .bind(":expires_at", code.expires_at)
      .bind(":wrong_tries", code.wrong_tries)
      .bind(":used_key", used_key)
      .bind(":used_node", code.used_node)
      .run();
}

}  // namespace fieldnode::central
