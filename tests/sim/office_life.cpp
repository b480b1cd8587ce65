#include "tests/sim/office_life.h"

#include <fmt/format.h>

#include <algorithm>

#include "node/office/clock_journal.h"
#include "node/office/rule_follower.h"

namespace fieldnode::sim {
namespace {

using namespace std::chrono_literals;

/// The page answers so, and nobody knows whether the act is on disk.
bool is_doubtful(std::string_view code) { return code == "storage_failed" || code == "writer_stopped"; }

}  // namespace

OfficeLife::OfficeLife(City& city, office::OfficeIdentity const& identity, crypto::KeyPair const& keys,
                       std::uint64_t seed, std::string house)
    : city_(city),
      seed_(seed),
      chance_(stream_of(seed, 11)),
      fault_chance_(stream_of(seed, 12)),
      link_chance_(stream_of(seed, 13)),
      machine_(city.ground, identity, keys, seed),
      link_({city.timeline, city.centre, city.faults, link_chance_, city.trace}, identity.node),
      house_(house.empty() ? std::to_string(identity.unit.value) : std::move(house)),
      clerks_(chance_, city.faults, house_),
      pace_(chance_, {}) {}

void OfficeLife::begin() {
  machine_.found();
  if (city_.faults.is_on(Fault::kDrift)) {
    machine_.clock().set_drift(fault_chance_.below(2) == 0 ? 500 : -500);
    city_.faults.note(Fault::kDrift);
  }
  start_program();
  plan_mishap();
  if (city_.faults.is_on(Fault::kNodeRestored)) plan_backup();
}

void OfficeLife::start_program() {
  ++program_number_;
  if (machine_.runs()) return start_again();
  auto const started = machine_.start();
  if (!started) {
    say("does not start: " + started.error().code);
    note_disk();
    if (machine_.disk().is_off()) return lose_power(Fault::kPowerCut, between(60, 3600));
    return plan(between(300, 1800), &OfficeLife::start_program);
  }
  say("starts");
  if (begins_anew_ && !begin_journal()) return plan(between(300, 1800), &OfficeLife::start_program);
  begins_anew_ = false;
  guarded([&] { (void)office::follow_rules(machine_.store(), machine_.time()); });
  if (machine_.runs()) start_again();
}

void OfficeLife::start_again() {
  ++program_number_;
  guarded([&] { city_.oracle.look_at_time(machine_); });
  if (!machine_.runs()) return;
  plan_exchange(between(1, 10));
  plan_work();
  plan(between(600, 1200), &OfficeLife::keep_floor);
  plan(between(30, 120), &OfficeLife::retry_doubtful);
}

// ---- the sync loop --------------------------------------------------------------------------------------------------

void OfficeLife::plan_exchange(Milliseconds in) {
  auto const number = ++exchange_number_;
  auto const program = program_number_;
  city_.timeline.after(in, [this, number, program] {
    if (number == exchange_number_ && program == program_number_ && machine_.runs() && !busy_) exchange();
  });
}

void OfficeLife::wake() {
  if (successor_) successor_->wake();
  if (machine_.runs() && !busy_ && !in_exchange_ && !link_.is_cut()) plan_exchange(between(0, 2));
}

Result<engine::ExchangeOutcome> OfficeLife::attempt(engine::ExchangeOptions options) {
  auto const answers = link_.answers();
  auto const held = machine_.store().snapshot();
  bool const is_revoked = successor_ != nullptr;
  if (auto const rate = draw_link_rate(); rate > 0) {
    options.link_bytes_per_second = rate;
    options.reply_budget_bytes = std::min<std::size_t>(options.reply_budget_bytes, rate);
  }
  auto outcome = machine_.exchanger().once(link_, options);
  note_previews(held.previewed);
  if (outcome) city_.oracle.exchanged(machine_, *outcome, held.journal.seq, link_.answers() > answers);
  if (is_revoked) city_.oracle.exchanged_revoked(machine_, outcome);
  return outcome;
}

void OfficeLife::exchange() {
  Result<engine::ExchangeOutcome> outcome = refuse("broken_world", "the disk");
  in_exchange_ = true;
  guarded([&] {
    bool const parks = machine_.store().undelivered() == 0 && !centre_lacks_;
    // Small budgets make receipts and the entries that they speak of arrive apart.
    engine::ExchangeOptions const options{.act_budget_bytes = 300 + chance_.below(4000),
                                          .reply_budget_bytes = 300 + chance_.below(8000),
                                          .wait = std::chrono::seconds(parks ? 50 : 0),
                                          .compression_level = 1};
    link_.overtake_with([this, parks] { overtake(parks); });
    link_.stop_with([this](Fault fault) { stop_meanwhile(fault); });
    outcome = attempt(options);
    city_.oracle.look_at_time(machine_);
  });
  in_exchange_ = false;
  if (!machine_.runs()) return;
  if (!outcome) {
    say("exchange: " + outcome.error().code);
    auto const& code = outcome.error().code;
    centre_lacks_ = centre_lacks_ || code == "unknown_epoch";
    if (code == "journal_fork" || code == "journal_superseded") hear_of_copy();
    if (code == "node_revoked") hear_of_revocation();
    if (!machine_.runs()) return;
    return plan_exchange(pace_.failed(link_.asked_pause()));
  }
  if (outcome->acts_sent + outcome->entries_received > 0) {
    say(fmt::format("exchange: {} acts, {} entries", outcome->acts_sent, outcome->entries_received));
  }
  pace_.succeeded();
  centre_lacks_ = outcome->centre_lost_acts || (centre_lacks_ && !outcome->delivered_all);
  guarded([&] { (void)office::follow_rules(machine_.store(), machine_.time()); });
  if (outcome->more) return plan_exchange(until_next_part());
  plan_exchange(is_day() ? between(240, 295) : between(3600, 7200));
}

/// On a thin link a few entries of the feed are long on their way, so what is urgent goes ahead of them.
std::uint64_t OfficeLife::draw_link_rate() {
  if (!city_.faults.is_on(Fault::kUrgentPreview) || fault_chance_.below(8) == 0) return 0;
  return 200 + fault_chance_.below(1000);
}

void OfficeLife::note_previews(std::vector<std::uint64_t> const& before) {
  auto const now = machine_.store().snapshot().previewed;
  is_ahead_ = !now.empty();
  if (std::ranges::includes(before, now)) return;
  city_.faults.note(Fault::kUrgentPreview);
  say(fmt::format("{} entries stand ahead of the feed", now.size()));
  plan(between(5, 50), &OfficeLife::work_on_urgent);
}

/// Before the next part comes.
void OfficeLife::work_on_urgent() {
  guarded([&] {
    for (int i = 0; i < 4 && !machine_.disk().is_off(); ++i) do_something();
  });
}

/// What stands ahead of the feed is worked on before the rest of it has come.
Milliseconds OfficeLife::until_next_part() {
  bool const is_thin = is_ahead_ && city_.faults.is_on(Fault::kUrgentPreview);
  return is_thin ? between(60, 1800) : between(0, 2);
}

/// The office has a connection for acts and one for the feed: new acts overtake a poll, and a poll overtakes acts.
void OfficeLife::overtake(bool is_poll) {
  if (!machine_.runs() || machine_.disk().is_off()) return;
  if (is_given_up_) enrol_successor();
  do_something();
  if (machine_.disk().is_off()) return;
  (void)attempt({.reply_budget_bytes = is_poll ? 0U : 8000U, .carries_acts = is_poll, .compression_level = 1});
}

void OfficeLife::keep_floor() {
  guarded([&] {
    // In safe mode nothing is kept any more.
    (void)machine_.store().keep_time(machine_.time().stamp().state);
    office::journal_clocks(machine_.store(), machine_.time());
    city_.oracle.look_at_time(machine_);
  });
  plan(between(600, 1200), &OfficeLife::keep_floor);
}

// ---- the staff ------------------------------------------------------------------------------------------------------

void OfficeLife::plan_work() { plan(is_day() ? between(300, 2400) : between(3600, 14'400), &OfficeLife::work); }

void OfficeLife::work() {
  plan_work();
  guarded([&] { do_something(); });
}

void OfficeLife::do_something() {
  auto const act = clerks_.draw(machine_);
  if (!act) return;
  press(*act);
  if (!machine_.disk().is_off()) press_variants(*act);
}

/// What a page in haste does beside: the second click, the second tab, an id that was used before.
void OfficeLife::press_variants(WantedAct const& act) {
  auto& faults = city_.faults;
  if (faults.strikes(Fault::kDoubleClick, fault_chance_, 10)) press(act);
  if (faults.strikes(Fault::kSecondStation, fault_chance_, 10)) {
    auto twin = act;
    twin.form.act_id += "-b";
    twin.form.body.texts.back().text = twin.form.act_id;
    twin.clerk.id = StaffId{twin.clerk.id.value % 4 + 1};
    press(twin);
  }
  if (faults.strikes(Fault::kActIdReused, fault_chance_, 20)) {
    auto other = act;
    other.form.body.texts.push_back({wire::TextTag::kReason, "another one"});
    press(other);
  }
}

void OfficeLife::press(WantedAct const& act) {
  auto const truth = city_.timeline.truth();
  if (auto const fault = std::exchange(at_next_press_, std::nullopt)) befall_disk(*fault);
  auto const recorded = [&]() -> Result<office::RecordedAct> {
    try {
      for (auto const& file : act.form.body.blobs) machine_.hold_file(act.assignment, file.address);
      return machine_.desk().perform(act.assignment, act.form, act.clerk);
    } catch (BrokenWorld const&) {
      doubt(act, truth);
      throw;
    }
  }();
  if (recorded) return take_saved(act, *recorded, truth);
  say(fmt::format("{} refused: {}", act.form.act_id, recorded.error().code));
  if (is_doubtful(recorded.error().code)) doubt(act, truth);
}

void OfficeLife::take_saved(WantedAct const& act, office::RecordedAct const& recorded, UtcTime truth) {
  auto const ground = recorded.entry.skeleton.previewed > 0 ? ", on a preview" : "";
  say(fmt::format("{} saved as {}{}", act.form.act_id, recorded.entry.at.seq, ground));
  plan_exchange(between(0, 2));
  // The page that would have been told is gone; whoever comes back presses once more.
  if (!recorded.repeated && city_.faults.strikes(Fault::kBrowserKilled, fault_chance_, 12)) return doubt(act, truth);
  ToldAct told{recorded.entry.at, recorded.entry.leaf, act.assignment, act.form.act_id, truth};
  if (recorded.repeated) {
    auto const earlier = pressed_.find(act.form.act_id);
    bool const is_clear = earlier != pressed_.end() && earlier->second.size() == 1;
    told.truth = is_clear ? std::optional(earlier->second.front()) : std::nullopt;
  }
  // Who asks once more hears of this one, whatever became of the presses since.
  pressed_[act.form.act_id].push_back(truth);
  city_.oracle.saved(machine_, std::move(told), recorded.entry.skeleton.time);
}

void OfficeLife::doubt(WantedAct const& act, UtcTime truth) {
  doubtful_.push_back(act);
  pressed_[act.form.act_id].push_back(truth);
}

void OfficeLife::retry_doubtful() {
  guarded([&] {
    for (auto waiting = std::exchange(doubtful_, {}); !waiting.empty(); waiting.pop_front()) {
      if (machine_.disk().is_off()) {
        doubtful_.push_back(waiting.front());
      } else {
        press(waiting.front());
      }
    }
  });
  plan(between(900, 3600), &OfficeLife::retry_doubtful);
}

// ---- small things ---------------------------------------------------------------------------------------------------

bool OfficeLife::guarded(std::function<void()> const& work) {
  if (!machine_.runs()) return false;
  bool whole = true;
  try {
    work();
  } catch (BrokenWorld const& broken) {
    say(std::string("broken world: ") + broken.what());
    whole = false;
  }
  note_disk();
  if (machine_.disk().is_off()) {
    lose_power(Fault::kPowerCut, between(60, 3600));
    return false;
  }
  if (machine_.runs() && machine_.writer().failure() && !city_.faults.stopped()) {
    // Safe mode: after a while somebody makes room and restarts.
    plan(between(600, 3600), &OfficeLife::restart);
  }
  return whole;
}

void OfficeLife::restart() {
  machine_.disk().mend();
  machine_.disk().make_room();
  if (machine_.runs()) machine_.kill();
  start_program();
}

void OfficeLife::plan(Milliseconds in, void (OfficeLife::*event)()) {
  auto const program = program_number_;
  city_.timeline.after(in, [this, program, event] {
    if (program == program_number_ && !busy_) (this->*event)();
  });
}

Milliseconds OfficeLife::between(std::int64_t least_s, std::int64_t most_s) {
  auto const span = static_cast<std::uint64_t>((most_s - least_s) * 1000);
  return Milliseconds(least_s * 1000 + static_cast<std::int64_t>(chance_.below(span + 1)));
}

bool OfficeLife::is_day() const {
  auto const china = city_.timeline.truth() + 8h;
  auto const hour = (china - std::chrono::floor<std::chrono::days>(china)) / 1h;
  return hour >= 8 && hour < 18;
}

void OfficeLife::say(std::string_view what) {
  city_.trace.say(city_.timeline.truth(), fmt::format("unit {}: {}", machine_.identity().unit.value, what));
}

}  // namespace fieldnode::sim
