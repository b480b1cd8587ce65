#include "tests/sim/sim_centre.h"

#include "node/central/store/restore_marks.h"
#include "node/central/store/schema.h"
#include "node/db/health.h"
#include "node/db/transaction.h"
#include "node/net/pending_answer.h"
#include "sync/base/check.h"
#include "tests/sim/planted.h"

namespace fieldnode::sim {
namespace {

constexpr std::string_view kDatabase = "central.db";
constexpr UtcTime kNeverOver = utc_from_ms(4'102'444'800'000);  // 2100

/// Which certificate a node shows; the sync port knows nodes by its fingerprint alone.
Hash fingerprint_of(NodeId node) {
  Hash fingerprint{};
  for (std::size_t i = 0; i < 8; ++i) fingerprint[i] = static_cast<std::uint8_t>(node.value >> (8 * i));
  return fingerprint;
}

/// Small replies and quick compression: what is simulated is the order of things, not the size of the link.
central::ExchangeLimits limits() { return {.reply_budget_bytes = 64 * 1024, .compression_level = 1}; }

}  // namespace

SimCentre::SimCentre(OfficeGround const& ground, std::uint64_t seed)
    : ground_(ground),
      disk_chance_(stream_of(seed, 3)),
      chance_(stream_of(seed, 4)),
      city_{.name = "测试市", .key = {chance_.bits64(), ground.suite.make_keys(chance_)}},
      master_key_(crypto::make_seal_key(chance_)),
      disk_(disk_chance_),
      clock_(ground.timeline, "centre", 0) {}

Result<db::Connection> SimCentre::open() {
  return db::Connection::open_writer(kDatabase,
                                     {.application_id = central::kCentralFile, .vfs = disk_.name(), .exclusive = true});
}

void SimCentre::found() { check(start().has_value(), "the city is founded"); }

UnitId SimCentre::add_unit(std::string const& code) {
  return store().add_unit(code, code + "号承办单位", ground_.timeline.truth()).value().id;
}

Result<void> SimCentre::enrol(UnitId unit, NodeId node, crypto::PublicKey const& key, Epoch journal) try {
  auto const enrolled = store().with_unit(unit, [&](central::UnitWork& work) -> Result<void> {
    if (work.find_node(node)) return {};
    return work.register_node({.id = node,
                               .public_key = key,
                               .journal_epoch = journal,
                               .fingerprint = fingerprint_of(node),
                               .certificate = "simulated",
                               .at = clock_.wall()});
  });
  if (enrolled) ++enrolments_;
  return enrolled;
} catch (BrokenWorld const& broken) {
  return refuse("storage_failed", broken.what());
}

Result<void> SimCentre::start() try {
  auto connection = open();
  if (!connection) return connection.error();
  if (auto const migrated = db::migrate(*connection, central::central_migrations()); !migrated) return migrated.error();
  if (!db::note_start(*connection)) {
    if (auto const findings = db::quick_check(*connection); !findings.empty()) {
      return refuse("storage_damaged", findings.front());
    }
  }
  program_ = std::make_unique<Program>(*this, *std::move(connection));
  program_->store.watch_clock([this] { return program_->guard.doubted_since(); });
  program_->store.on_change([this](central::StoreChange const& change) {
    if (change.feed_grew && feed_grew_) feed_grew_(change.unit);
  });
  (void)program_->rules.finish(clock_.wall());
  (void)program_->time_corrections.go_on(clock_.wall());
  return {};
} catch (BrokenWorld const& broken) {
  return refuse("storage_failed", broken.what());
}

SimCentre::Program::Program(SimCentre& machine, db::Connection connection)
    : vault(machine.master_key_, machine.chance_),
      writer(std::move(connection)),
      readers(db::ReadPool::sharing(writer.connection())),
      store(writer, *readers, vault, machine.chance_, machine.ground_.book),
      guard(machine.clock_, &machine.time_service_),
      server(machine.ground_.suite, machine.city_.key),
      identities(machine.city_, machine.chance_),
      exchanges(store, server, identities, machine.clock_, guard, limits()),
      dispatches(store, machine.chance_),
      decisions(store, machine.chance_),
      rules(store),
      time_corrections(store) {}

void SimCentre::stop() {
  if (!program_) return;
  (void)program_->writer.run([](db::Connection& connection) { db::note_stop(connection); });
  program_.reset();
}

void SimCentre::kill() {
  disk_.cut_power();
  program_.reset();
  disk_.reboot(LossMode::kKeepAll);
}

void SimCentre::cut_power() {
  disk_.cut_power();
  program_.reset();
}

void SimCentre::reboot(LossMode loss) {
  disk_.reboot(loss);
  clock_.boot(ground_.timeline.truth());
}

Result<void> SimCentre::restore(DiskImage const& backup) {
  program_.reset();
  disk_.mend();
  disk_.make_room();
  reboot(LossMode::kKeepAll);
  disk_.replace(backup);
  {
    auto connection = open();
    if (!connection) return connection.error();
    db::Transaction transaction(*connection);
    central::mark_restored(*connection, clock_.wall());
    transaction.commit();
  }
  return start();
}

void SimCentre::beat() {
  auto const now = guard().signable();
  if (!now) return;
  bool const noted = store().note_serving(*now, program_->has_beaten).has_value();
  program_->has_beaten = noted || program_->has_beaten;
}

net::HttpResponse SimCentre::post(BytesView request, NodeId certificate, std::function<void()> const& held) {
  net::HttpRequest call{.method = net::Method::kPost, .path = "/sync/v1/exchange"};
  call.peer.is_tls = true;
  call.peer.certificate = net::PeerCertificate{.fingerprint = fingerprint_of(certificate), .not_after = kNeverOver};
  std::optional<net::HttpResponse> answer;
  auto const pending = std::make_shared<net::PendingAnswer>(net::PendingAnswer::Wiring{
      .deliver = [&](net::Outcome outcome) { answer = std::get<net::HttpResponse>(std::move(outcome)); },
      .run_later = [](std::function<void()> const& work) { work(); },
      .instant = [] { return net::Instant{}; },
      .events = {}});
  try {
    auto const taker = program_->exchanges.begin(call);
    taker->take(request);
    taker->finish(net::Responder(pending));
    if (!answer) {
      held();
      pending->end_parking(net::Instant::max(), true);
    }
  } catch (BrokenWorld const& broken) {
    // The fence of a request.
    return net::error_response(500, "internal", broken.what());
  }
  return answer.value_or(net::error_response(500, "internal", "no answer"));
}

}  // namespace fieldnode::sim
