#include "tests/sim/crash/database_print.h"

#include "node/db/connection.h"
#include "node/db/health.h"
#include "node/db/migrations.h"

namespace fieldnode::sim {
namespace {

std::string columns_of(db::Connection& connection, std::string const& table) {
  std::string columns;
  auto statement = connection.prepare("SELECT name FROM pragma_table_info(:table) ORDER BY cid");
  statement.bind(":table", table);
  for (db::Row const row : statement) {
    if (!columns.empty()) columns += " || ',' || ";
    columns += "quote(\"" + row.get<std::string>(0) + "\")";
  }
  return columns;
}

std::uint64_t print_of_table(db::Connection& connection, std::string const& table) {
  std::string all;
  auto statement = connection.prepare("SELECT " + columns_of(connection, table) + " FROM \"" + table + "\" ORDER BY 1");
  for (db::Row const row : statement) {
    all += row.get<std::string_view>(0);
    all += '\n';
  }
  return db::text_hash(all);
}

std::vector<std::string> tables_of(db::Connection& connection) {
  std::vector<std::string> tables;
  auto statement = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
  for (db::Row const row : statement) tables.push_back(row.get<std::string>(0));
  return tables;
}

}  // namespace

DatabasePrint print_of(DiskImage const& image, std::string const& file, std::uint32_t application_id) {
  SeededRandom random(1);
  SimDisk disk(random);
  disk.replace(image);
  DatabasePrint print;
  if (!image.contains(file)) return print;  // no table is a state, too: a restore has not begun, or not come to its end
  try {
    auto connection =
        db::Connection::open_writer(file, {.application_id = application_id, .vfs = disk.name(), .exclusive = true});
    if (!connection) {
      print.damage = connection.error().sentence;
      return print;
    }
    if (auto const findings = db::integrity_check(*connection); !findings.empty()) print.damage = findings.front();
    for (auto const& table : tables_of(*connection)) print.tables[table] = print_of_table(*connection, table);
  } catch (BrokenWorld const& error) {
    print.damage = error.what();
  }
  return print;
}

std::string difference(DatabasePrint const& left, DatabasePrint const& right) {
  std::string words = left.damage + right.damage;
  auto const add = [&](std::string const& table) { words += (words.empty() ? "" : " ") + table; };
  for (auto const& [table, print] : left.tables) {
    auto const other = right.tables.find(table);
    if (other == right.tables.end() || other->second != print) add(table);
  }
  for (auto const& [table, print] : right.tables) {
    if (!left.tables.contains(table)) add(table);
  }
  return words;
}

}  // namespace fieldnode::sim
