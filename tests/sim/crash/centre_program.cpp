#include "tests/sim/crash/centre_program.h"

#include "node/central/dispatch_desk.h"
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
      random_(random),
      clock_(clock),
      vault_({}, random),
      writer_(started(disk, synchronous)),
      readers_(db::ReadPool::sharing(writer_.connection())),
      store_(writer_, *readers_, vault_, random, city.book),
      server_(*city.suite, city.key) {
  must(store_.fill_in());
}

Result<AssignmentId> CentreProgram::dispatch(std::string const& id, std::string title,
                                             std::vector<rules::OwnLimit> const& limits) {
  central::DispatchDesk desk(store_, random_);
  central::CaseForm const form{.title = std::move(title),
                               .text = "市民来电反映",
                               .place = "幸福路 12 号",
                               .category = rules::Category::kA2,
                               .kind = rules::CaseKind::kComplaint,
                               .contact = {{wire::ContactTag::kTelephone, "13800138000"}},
                               .limits = {}};
  auto const now = clock_.truth();
  auto const made = desk.create_case({}, "case-" + id, form, now);
  if (!made) return made.error();
  auto const done = desk.dispatch({}, "dispatch-" + id, made->id, kUnitCode, limits, now);
  if (!done) return done.error();
  return done->assignment;
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
    reply = this->answer(work, request, now);
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

wire::ExchangeReply CentreProgram::answer(central::UnitWork& work, wire::ExchangeRequest const& request, UtcTime now) {
  if (!plan_) return server_.answer(work, request, now, now);
  if (defect_ == ExchangeDefect::kHalfAPreview) {
    auto previews = engine::urgent_previews(work, request, plan_->previews);
    previews.erase(previews.begin() + static_cast<std::ptrdiff_t>((previews.size() + 1) / 2), previews.end());
    auto without_feed = request;
    without_feed.byte_budget = 0;
    return server_.answer(work, without_feed, now, now, std::move(previews));
  }
  return engine::long_answer(server_, work, request, *plan_, now, now).front();
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
