// What SQLite and this disk can do at the settings of node/db, without anything of ours above it:
//   bench_sqlite commits FILE ROW_BYTES GROUP SECONDS   an act = a row inserted and a row of a list updated
//   bench_sqlite list FILE TIMES                        the first 50 open rows by deadline of an office's database
// Prints one line of JSON.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include "node/db/connection.h"
#include "node/db/transaction.h"

namespace fieldnode::bench {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::int64_t kListRows = 500;
constexpr int kWalPagesTidy = 1000;  ///< as the product moves its log into the database

double seconds_since(SteadyClock::time_point began) {
  return std::chrono::duration<double>(SteadyClock::now() - began).count();
}

class CommitFloor {
 public:
  CommitFloor(std::string const& file, std::size_t row_bytes)
      : db_(db::Connection::open_writer(file).value()), row_(row_bytes, 'x') {
    db_.execute_script(
        "CREATE TABLE act (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL);"
        "CREATE TABLE assignment (id INTEGER PRIMARY KEY, view INTEGER NOT NULL, due INTEGER NOT NULL, body TEXT NOT "
        "NULL);"
        "CREATE INDEX assignment_by_due ON assignment (view, due, id);");
    db::Transaction transaction(db_);
    for (std::int64_t id = 0; id < kListRows; ++id) {
      db_.prepare("INSERT INTO assignment VALUES (:id, 1, :id, :body)").bind(":id", id).bind(":body", row_).run();
    }
    transaction.commit();
  }

  void commit(std::size_t group) {
    db::Transaction transaction(db_);
    for (std::size_t i = 0; i < group; ++i) act();
    transaction.commit();
    if (db_.wal_pages() >= kWalPagesTidy) db_.checkpoint(db::CheckpointMode::kPassive);
  }

  [[nodiscard]] std::int64_t acts() const { return acts_; }

 private:
  void act() {
    auto const id = ++acts_;
    db_.prepare("INSERT INTO act VALUES (:seq, :id, :body)")
        .bind(":seq", id)
        .bind(":id", fmt::format("{:08x}-0000-4000-8000-{:012x}", id * 2654435761, id))
        .bind(":body", row_)
        .run();
    db_.prepare("UPDATE assignment SET view = :view WHERE id = :id")
        .bind(":view", id % 3)
        .bind(":id", id * 7 % kListRows)
        .run();
  }

  db::Connection db_;
  std::string row_;
  std::int64_t acts_{0};
};

void measure_commits(std::string const& file, std::size_t row_bytes, std::size_t group, double seconds) {
  CommitFloor floor(file, row_bytes);
  auto const began = SteadyClock::now();
  std::size_t commits = 0;
  do {
    floor.commit(group);
    ++commits;
  } while (seconds_since(began) < seconds);
  auto const took = seconds_since(began);
  fmt::print(R"({{"acts_per_second":{:.1f},"commits_per_second":{:.1f}}})"
             "\n",
             static_cast<double>(floor.acts()) / took, static_cast<double>(commits) / took);
}

std::size_t read_page(db::Connection& reader) {
  auto rows = reader.prepare(
      "SELECT id, number, title, place, stage, due_at FROM assignment WHERE view = 1 ORDER BY due_at, id LIMIT 50");
  std::size_t bytes = 0;
  for (db::Row const row : rows) {
    bytes += row.get<std::string>(1).size() + row.get<std::string>(2).size() + row.get<std::string>(3).size();
  }
  return bytes;
}

void measure_list(std::string const& file, std::size_t times) {
  auto reader = db::Connection::open_reader(file).value();
  std::vector<double> micros;
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < times; ++i) {
    auto const began = SteadyClock::now();
    bytes = read_page(reader);
    micros.push_back(seconds_since(began) * 1e6);
  }
  std::ranges::sort(micros);
  fmt::print(R"({{"p50_us":{:.1f},"p99_us":{:.1f},"bytes":{}}})"
             "\n",
             micros[micros.size() / 2], micros[micros.size() * 99 / 100], bytes);
}

int run(std::vector<std::string> const& arguments) {
  if (arguments.size() == 5 && arguments[0] == "commits") {
    measure_commits(arguments[1], std::stoul(arguments[2]), std::stoul(arguments[3]), std::stod(arguments[4]));
  } else if (arguments.size() == 3 && arguments[0] == "list") {
    measure_list(arguments[1], std::stoul(arguments[2]));
  } else {
    fmt::print(stderr, "usage: bench_sqlite commits FILE ROW_BYTES GROUP SECONDS | list FILE TIMES\n");
    return 2;
  }
  return 0;
}

}  // namespace
}  // namespace fieldnode::bench

int main(int count, char** arguments) {
  try {
    return fieldnode::bench::run({arguments + 1, arguments + count});
  } catch (std::exception const& broken) {
    fmt::print(stderr, "bench_sqlite: {}\n", broken.what());
    return 1;
  }
}
