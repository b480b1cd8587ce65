#include "node/office/exchanger.h"

namespace fieldnode::office {
namespace {

constexpr Milliseconds kSameFailureKept = std::chrono::minutes(1);

}  // namespace

Result<void> TimedJournal::settle(engine::SettledExchange const& settled) {
  std::lock_guard const lock(settling_);
  time_.learn(settled);
  return store_.settle(settled, time_.stamp().state);
}

Exchanger::Exchanger(World world)
    : world_(world),
      journal_(world.store, world.time),
      client_(world.identity, world.suite, journal_, world.random, world.clock) {}

Result<engine::ExchangeOutcome> Exchanger::once(engine::Transport& transport, engine::ExchangeOptions options) {
  options.known_time = world_.time.now().interval;
  options.status.version = static_cast<std::uint64_t>(ms_of(options.known_time.earliest));
  options.status.program = FIELDNODE_VERSION;
  options.status.undelivered = world_.store.undelivered();
  options.status.disk_free_bytes = world_.store.disk_free_bytes().value_or(0);
  Asking const asking(*this, options);
  auto const shown = world_.certificates.shown();
  auto outcome = exchange(transport, options);
  std::lock_guard const lock(noting_);
  if (outcome) noted_.reset();
  if (outcome && !outcome->certificate.empty()) renew(*outcome, options);
  if (!outcome && outcome.error().code == "certificate_expired") world_.certificates.expired(shown);
  if (!outcome && outcome.error().code == "cancelled") return outcome;
  if (auto const noted = note_outage(outcome); !noted) return noted.error();
  if (outcome) return outcome;
  if (auto const noted = note(outcome.error()); !noted) return noted.error();
  return outcome;
}

Result<engine::ExchangeOutcome> Exchanger::exchange(engine::Transport& transport,
                                                    engine::ExchangeOptions const& options) {
  auto* const handover = world_.handover;
  if (handover != nullptr && handover->is_revoked()) return handover->once(options);
  auto outcome = client_.exchange_once(transport, options);
  if (outcome || handover == nullptr) return outcome;
  auto const revoked = handover->hear(outcome.error());
  if (!revoked) return revoked.error();
  if (!*revoked) return outcome;
  auto handed = handover->once(options);
  return handed ? handed : outcome;  // an older centre has no door for it; what this one said counts
}

/// By one exchange at a time: the certificate that comes is of the key that this one names.
bool Exchanger::ask_for_certificate(engine::ExchangeOptions& options) {
  std::unique_lock lock(noting_);
  if (is_asking_) {
    auto const over = world_.certificates.is_over(options.known_time.earliest);
    if (!over || !*over) return false;
    asked_.wait(lock, [this] { return !is_asking_; });
  }
  if (auto renewal = world_.certificates.request(options.known_time.earliest)) options.renewal = *std::move(renewal);
  is_asking_ = !options.renewal.empty();
  return is_asking_;
}

void Exchanger::asked_for_certificate() {
  {
    std::lock_guard const lock(noting_);
    is_asking_ = false;
  }
  asked_.notify_all();
}

/// What fails here is tried again with the next exchange; the old certificate is as good as before.
void Exchanger::renew(engine::ExchangeOutcome const& outcome, engine::ExchangeOptions options) {
  options.renewal.clear();
  options.wait = std::chrono::seconds(0);
  auto const renewed = world_.renew(outcome.certificate,
                                    [&](engine::Transport& trial) { return client_.exchange_once(trial, options); });
  if (!renewed) static_cast<void>(note(renewed.error()));
}

/// To a node that was revoked no answer is due: its silence is no outage.
Result<void> Exchanger::note_outage(Result<engine::ExchangeOutcome> const& outcome) {
  if (world_.handover != nullptr && world_.handover->is_revoked()) return {};
  return outcome ? world_.outages.reached() : world_.outages.failed(outcome.error());
}

Result<void> Exchanger::note(Refusal const& failure) {
  auto const now = world_.clock.since_boot();
  if (noted_ && noted_->code == failure.code && now - noted_->since_boot < kSameFailureKept) return {};
  auto const stamp = world_.time.stamp();
  auto const kept = world_.store.note_link_failure({failure, stamp.evidence.estimate}, stamp.state);
  if (kept) noted_ = Noted{failure.code, now};
  return kept;
}

}  // namespace fieldnode::office
