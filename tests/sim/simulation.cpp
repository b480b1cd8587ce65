#include "tests/sim/simulation.h"

#include <fmt/format.h>

#include "node/office/store_check.h"
#include "sim_files.h"
#include "sync/base/check.h"
#include "sync/rules/rule_book.h"
#include "sync/wire/node_statement.h"
#include "sync/wire/state_digest.h"
#include "tests/sim/centre_life.h"

namespace fieldnode::sim {
namespace {

using namespace std::chrono_literals;

constexpr UtcTime kStart = utc_from_ms(1'790'000'000'000);    // 2026-09-21, a Monday, before a long holiday
constexpr UtcTime kYearEnd = utc_from_ms(1'766'966'400'000);  // 2025-12-29
constexpr std::uint64_t kRealSuiteEvery = 10;                 ///< one seed in so many signs with the real suite

rules::RuleBook const& book() {
  static auto const kBook = rules::built_in_rule_book();
  return kBook;
}

LifecycleTable const& table() {
  static LifecycleTable const kTable(embedded_file("data/lifecycle.tsv").value());
  return kTable;
}

FaultSet faults_of(RunOrder const& order) {
  SeededRandom chance(stream_of(order.seed, 31));
  return order.all_on ? order.faults : drawn_faults(order.faults, chance);
}

class Simulation {
 public:
  explicit Simulation(RunOrder const& order)
      : order_(order),
        faults_(faults_of(order)),
        timeline_(faults_.is_on(Fault::kYearEnd) ? kYearEnd : kStart),
        trace_(order.aloud),
        suite_(order.seed % kRealSuiteEvery == 0 ? crypto::ed25519_suite() : crypto::simulated_suite()),
        oracle_(timeline_, table()),
        ground_{timeline_, *suite_, book()},
        centre_(ground_, order.seed),
        city_{timeline_, faults_, oracle_, trace_, centre_, ground_, order.days},
        operators_(city_, order.seed) {
    if (faults_.is_on(Fault::kYearEnd)) faults_.note(Fault::kYearEnd);
  }

  void live() {
    found();
    auto const end = timeline_.truth() + std::chrono::days(order_.days);
    plan_looks();
    while (oracle_.findings().none() && timeline_.step(end)) {
    }
    if (oracle_.findings().none()) converge();
    if (oracle_.findings().none()) compare_all();
  }

  [[nodiscard]] RunReport report() {
    RunReport report{.seed = order_.seed, .failure = oracle_.findings().first(), .trace = trace_.hash()};
    report.acts = oracle_.acts_told();
    for (auto const& life : offices_) report.exchanges += life->exchanges();
    report.entries = entries_;
    report.faults = faults_.counts();
    return report;
  }

 private:
  void found() {
    centre_.found();
    SeededRandom keys(stream_of(order_.seed, 32));
    for (int i = 0; i < order_.nodes; ++i) {
      auto const code = fmt::format("U{}", i + 1);
      auto const unit = centre_.add_unit(code);
      auto const pair = suite_->make_keys(keys);
      NodeId const node{static_cast<std::uint64_t>(i) + 1};
      Epoch const journal{keys.bits64() | 1};
      check(centre_.enrol(unit, node, pair.public_key, journal).has_value(), "the node is enrolled");
      operators_.add_unit(unit, code);
      offices_.push_back(std::make_unique<OfficeLife>(city_, identity(unit, code, node, journal, pair.public_key), pair,
                                                      stream_of(order_.seed, 100 + static_cast<unsigned>(i))));
    }
    centre_.on_feed_growth([this](UnitId unit) {
      for (auto const& life : offices_) {
        if (life->machine().identity().unit == unit) life->wake();
      }
    });
    for (auto const& life : offices_) life->begin();
    operators_.begin();
  }

  [[nodiscard]] office::OfficeIdentity identity(UnitId unit, std::string const& code, NodeId node, Epoch journal,
                                                crypto::PublicKey const& key) {
    wire::NodeStatement word{.key_id = centre_.key().id,
                             .unit = unit,
                             .node = node,
                             .journal_epoch = journal,
                             .enrolled_at = timeline_.truth(),
                             .key = key};
    wire::sign_statement(word, *suite_, centre_.key().keys.secret_key);
    return {.unit = unit,
            .unit_code = code,
            .unit_name = code,
            .city = "测试市",
            .node = node,
            .journal_epoch = journal,
            .centre = "https://simulated",
            .city_key_id = centre_.key().id,
            .city_key = centre_.key().keys.public_key,
            .city_word = word};
  }

  // ---- while they live ----------------------------------------------------------------------------------------------

  void plan_looks() {
    timeline_.after(4h, [this] {
      look();
      plan_looks();
    });
  }

  void look() {
    for (auto const& life : offices_) {
      if (life->up()) look_at(*life);
    }
  }

  /// A disk that fails while the oracle looks is no finding.
  void look_at(OfficeLife& life) try {
    centre_.runs() ? oracle_.look_at_both(life.machine(), centre_) : oracle_.look_at(life.machine());
  } catch (BrokenWorld const&) {
  }

  // ---- afterwards ---------------------------------------------------------------------------------------------------

  /// I15: with a healthy link everything comes over within hours.
  void converge() {
    faults_.stop();
    trace_.say(timeline_.truth(), "the faults stop");
    operators_.heal();
    for (auto const& life : offices_) life->heal();
    auto const end = timeline_.truth() + 6h;
    for (int round = 0; round < 12; ++round) {
      auto const until = timeline_.truth() + 30min;
      while (oracle_.findings().none() && timeline_.step(std::min(until, end))) {
      }
      if (!oracle_.findings().none()) return;
      if (std::ranges::all_of(offices_, [](auto const& life) { return life->drained(); })) return;
    }
    oracle_.findings().add("I15", "six hours after the faults have stopped something is still not delivered");
  }

  void compare_all() {
    for (auto const& life : offices_) {
      oracle_.look_at_all(life->machine(), centre_);
      if (!oracle_.findings().none()) return;
      verify(life->machine());
    }
    auto const verified = centre_.store().verify();
    if (!verified) oracle_.findings().add("I10", "the centre's own check: " + verified.error().sentence);
    if (verified) entries_ = verified->entries;
  }

  /// I4, I10: both ends' own checks are green and their states are one.
  void verify(SimOffice& machine) {
    auto const unit = machine.identity().unit;
    auto const identity = office::load_identity(machine.connection());
    auto const checked = office::check_store(machine.connection(), machine.vault(), *identity, *suite_, book());
    if (!checked) {
      return oracle_.findings().add("I10",
                                    fmt::format("the own check of unit {}: {}", unit.value, checked.error().sentence));
    }
    auto const central = wire::state_digest(centre_.store().replay(unit, {}, {}), *centre_.store().rules_of(unit));
    if (checked->digest != central) {
      oracle_.findings().add("I4", fmt::format("the digests of unit {} differ", unit.value));
    }
    trace_.say(timeline_.truth(), to_hex(checked->digest));
  }

  RunOrder order_;
  Faults faults_;
  Timeline timeline_;
  Trace trace_;
  std::unique_ptr<crypto::SignatureSuite> suite_;
  Oracle oracle_;
  OfficeGround ground_;
  SimCentre centre_;
  City city_;
  CentreLife operators_;
  std::vector<std::unique_ptr<OfficeLife>> offices_;
  std::uint64_t entries_{0};
};

}  // namespace

RunReport simulate(RunOrder const& order) {
  auto const simulation = std::make_unique<Simulation>(order);
  try {
    simulation->live();
    return simulation->report();
  } catch (std::exception const& broken) {
    auto report = simulation->report();
    report.died = !report.failure;
    if (report.died) report.failure = std::string("an exception: ") + broken.what();
    return report;
  }
}

}  // namespace fieldnode::sim
