#include "tests/sim/crash/centre_program.h"

#include "node/central/store/schema.h"
#include "node/db/health.h"
#include "sync/wire/exchange_stream.h"
#include "tests/sim/crash/must.h"

namespace fieldnode::sim {
namespace {

db::Connection started(SimDisk& disk, bool synchronous) {
  auto connection = open_centre_file(disk);
  if (!synchronous) connection.execute("PRAGMA synchronous = OFF");
  migrate_centre(connection);
  if (!db::note_start(connection)) {
    auto const findings = db::quick_check(connection);
    if (!findings.empty()) throw BrokenWorld(findings.front());
  }
  return connection;
}

}  // namespace

db::Connection open_centre_file(SimDisk& disk) {
  return must(db::Connection::open_writer(
      kCentreFile, {.application_id = central::kCentralFile, .vfs = disk.name(), .exclusive = true}));
}

void migrate_centre(db::Connection& connection) { (void)must(db::migrate(connection, central::central_migrations())); }

CentreProgram::CentreProgram(SimDisk& disk, CrashCity const& city, Random& random, test::TestClock& clock,
                             bool synchronous)
    : city_(city),
      clock_(clock),
      vault_({}, random),
      writer_(started(disk, synchronous)),
      readers_(db::ReadPool::sharing(writer_.connection())),
      store_(writer_, *readers_, vault_, random, city.book),
      server_(*city.suite, city.key) {
  must(store_.fill_in());
}

Result<Bytes> CentreProgram::handle(BytesView bytes) {
  auto const request = take_in(bytes);
  if (!request) return request.error();
  wire::ExchangeReply reply;
  auto const done = admit(*request, reply);
  if (!done && defect_ != ExchangeDefect::kAnswerBeforeCommit) return done.error();
  server_.sign(reply);
  return wire::encode_reply(reply, 1);
}

/// Of a request in several runs each is a commit of its own; what is left of it is to be answered.
Result<wire::ExchangeRequest> CentreProgram::take_in(BytesView bytes) {
  wire::RequestReader reader;
  auto const runs = reader.take(bytes);
  if (!runs) return runs.error();
  for (auto const& run : *runs) {
    auto const kept = store_.with_unit(run.unit, [&](central::UnitWork& work) -> Result<void> {
      if (auto const taken = receive(work, run); !taken) return taken;
      work.mark_held(clock_.truth());
      return {};
    });
    if (!kept) return kept.error();
  }
  auto whole = reader.finish();
  if (!whole) return whole.error();
  if (runs->empty()) return std::move(whole->front());
  auto request = runs->front();
  request.acts.clear();
  return request;
}

Result<void> CentreProgram::receive(central::UnitWork& work, wire::ExchangeRequest const& request) {
  auto const taken = server_.receive(work, request, clock_.truth());
  if (!taken) return taken.error();
  return {};
}

Result<void> CentreProgram::admit(wire::ExchangeRequest const& request, wire::ExchangeReply& reply) {
  auto const now = clock_.truth();
  auto const answer = [&](central::UnitWork& work) -> Result<void> {
    work.note_exchange(request.status, now);
    reply = server_.answer(work, request, now, now);
    return {};
  };
  if (defect_ == ExchangeDefect::kTwoTransactions) {
    auto const admits = [&](central::UnitWork& work) { return receive(work, request); };
    if (auto const taken = store_.with_unit(request.unit, admits); !taken) return taken.error();
    return store_.with_unit(request.unit, answer);
  }
  return store_.with_unit(request.unit, [&](central::UnitWork& work) -> Result<void> {
    if (auto const taken = receive(work, request); !taken) return taken.error();
    return answer(work);
  });
}

std::string CentreProgram::faults() {
  auto const verified = store_.verify();
  return verified ? "" : verified.error().code + ": " + verified.error().sentence;
}

Result<void> CentreProgram::note_stop() {
  return writer_.run([](db::Connection& connection) -> Result<void> {
    db::note_stop(connection);
    return {};
  });
}

Result<void> Cable::exchange(BytesView request, std::chrono::seconds, engine::ReplySink const& take) {
  auto const reply = centre_.handle(request);
  if (!reply) return reply.error();
  return take(*reply);
}

}  // namespace fieldnode::sim
