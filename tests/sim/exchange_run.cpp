#include "tests/sim/exchange_run.h"

#include <fmt/format.h>

#include <map>
#include <set>

#include "node/office/store_check.h"
#include "sync/wire/state_digest.h"
#include "tests/sim/sim_network.h"
#include "tests/sim/sim_office.h"

namespace fieldnode::sim {
namespace {

constexpr UtcTime kStart = utc_from_ms(1'790'000'000'000);  // 2026-09-21, a Monday
constexpr int kStepsMost = 4000;
constexpr int kRoundsMost = 200;

class Run {
 public:
  Run(std::uint64_t seed, rules::RuleBook const& book, Planted planted)
      : random_(seed),
        clock_(kStart),
        suite_(crypto::simulated_suite()),
        book_(book),
        shelf_(std::make_shared<rules::RuleBook const>(book)),
        planted_(planted),
        centre_(*suite_, book, clock_, random_, planted),
        keys_(suite_->make_keys(random_)),
        epoch_{random_.bits64() | 1},
        network_(centre_, clock_, random_),
        office_(*suite_, book, clock_, random_, identity(), keys_) {
    centre_.enrol(NodeId{1}, keys_.public_key, epoch_);
  }

  RunReport live() {
    work();
    if (report_.failures.empty()) converge();
    if (report_.failures.empty()) compare_all();
    report_.faults = network_.faults();
    report_.exchanges = network_.exchanges();
    report_.bytes = network_.bytes();
    return std::move(report_);
  }

 private:
  office::OfficeIdentity identity() {
    return {.unit = centre_.unit(),
            .unit_code = "U1",
            .unit_name = "一号承办单位",
            .city = "测试市",
            .node = NodeId{1},
            .journal_epoch = epoch_,
            .centre = "https://simulated",
            .city_key_id = centre_.key().id,
            .city_key = centre_.key().keys.public_key};
  }

  bool enough() {
    return report_.acts >= kActsLeast && feed_head() >= kEntriesLeast && network_.faults() >= kFaultsLeast;
  }
  std::uint64_t feed_head() { return centre_.store().feed_head(centre_.unit())->seq; }

  void work() {
    for (int i = 0; i < 3; ++i) given_.push_back(centre_.dispatch_new_case());
    for (int step = 0; step < kStepsMost && !enough(); ++step) one_step();
    report_.entries = feed_head();
    if (!enough()) fail("the seed did not get its share of acts, entries and faults");
  }

  void one_step() {
    clock_.advance(Milliseconds(static_cast<std::int64_t>(random_.below(20 * 60'000))));
    auto const drawn = random_.below(20);
    if (drawn < 9) return act();
    if (drawn < 14) return exchange();
    if (drawn < 16) return given_.push_back(centre_.dispatch_new_case());
    if (drawn < 19) {
      (void)centre_.decide(draw_assignment());
      return;
    }
    crash();
  }

  /// Often one that waits for the centre, as an operator's list would show it.
  AssignmentId draw_assignment() {
    auto const drawn = given_[random_.below(given_.size())];
    if (random_.below(2) == 0) return drawn;
    for (auto const id : given_) {
      if (centre_.store().find_assignment(id)->awaits) return id;
    }
    return drawn;
  }

  void act() {
    auto const known = office_.assignments();
    if (known.empty()) return;
    auto const recorded = office_.act(known[random_.below(known.size())]);
    if (!recorded) return;
    ++report_.acts;
    done_[recorded->at] = recorded->leaf;
  }

  void crash() {
    ++report_.crashes;
    if (planted_ == Planted::kSeqReused && office_.store().snapshot().journal.seq > 1) return office_.forget_last_act();
    office_.crash();
  }

  void exchange() {
    // Small budgets make receipts and the entries that they speak of arrive apart.
    engine::ExchangeOptions const options{.act_budget_bytes = 200 + random_.below(2000),
                                          .reply_budget_bytes = 200 + random_.below(4000),
                                          .compression_level = 1};
    auto const outcome = office_.exchange(network_, options);
    if (outcome) compare_here();
    if (outcome && random_.below(3) == 0) note_in_force();
  }

  /// Both ends at the place that they have in common.
  void compare_here() {
    auto const held = office_.store().snapshot();
    auto const covered = held.greatest ? held.greatest->journal_seq : 0;
    compare({held.feed.list.epoch, held.feed.seq}, {epoch_, covered});
  }

  void compare(Position feed, Position acts) {
    ++report_.positions;
    if (office_digest(feed, acts) != centre_digest(feed, acts)) {
      fail(fmt::format("the digests differ at feed {} and act {}", feed.seq, acts.seq));
    }
  }
  Hash office_digest(Position feed, Position acts) {
    if (planted_ == Planted::kActsBeforeIgnored) return digest_without_order(feed, acts);
    return office_.store().digest(feed, acts);
  }
  Hash centre_digest(Position feed, Position acts) {
    return wire::state_digest(centre_.store().replay(centre_.unit(), feed, acts), shelf_);
  }

  /// The office's state as a fold would give it that puts every act after every entry.
  Hash digest_without_order(Position feed, Position acts) {
    std::vector<rules::Placed> entries;
    std::vector<rules::Placed> done;
    lists::EntryLists lists(office_.connection(), office_.vault(), centre_.unit());
    for (std::uint64_t seq = 1; seq <= feed.seq; ++seq) {
      auto const stored = lists.entry_at(wire::ListKind::kFeed, {feed.epoch, seq});
      entries.push_back({stored->at, stored->skeleton});
      entries.back().skeleton.basis = {};
    }
    for (std::uint64_t seq = 1; seq <= acts.seq; ++seq) {
      auto const stored = lists.entry_at(wire::ListKind::kJournal, {acts.epoch, seq});
      done.push_back({stored->at, stored->skeleton});
    }
    return wire::state_digest(rules::replay(entries, done, rules::EpochOrder(epoch_)), shelf_);
  }

  void note_in_force() {
    for (auto const id : office_.assignments()) {
      auto const file = office_.store().file_of(id);
      for (auto const& act : file->acts) {
        auto const* record = file->state.act(act.entry.at);
        if (record != nullptr && office::truth_of(*record, act.coverage.delivery) == office::Truth::kInForce) {
          shown_in_force_.insert(act.entry.at);
        }
      }
    }
  }

  void converge() {
    network_.stop_faults();
    for (int round = 0; round < kRoundsMost; ++round) {
      auto const outcome = office_.exchange(network_, {.compression_level = 1});
      if (!outcome) return fail("after the faults stopped: " + outcome.error().code + ": " + outcome.error().sentence);
      if (!outcome->more && outcome->delivered_all && office_.store().snapshot().feed.seq == feed_head()) return;
    }
    fail("both ends did not converge");
  }

  void compare_all() {
    note_in_force();
    compare_acts();
    auto const checked = office::check_store(office_.connection(), office_.vault(), identity(), *suite_, book_);
    if (!checked) fail("office: " + checked.error().sentence);
    auto const verified = centre_.store().verify();
    if (!verified) fail("centre: " + verified.error().sentence);
    auto const feed = office_.store().snapshot().feed;
    auto const acts = office_.store().snapshot().journal.seq;
    for (int i = 0; i < 10; ++i) {
      compare({feed.list.epoch, 1 + random_.below(feed.seq)}, {epoch_, 1 + random_.below(acts)});
    }
    compare({feed.list.epoch, feed.seq}, {epoch_, acts});
  }

  /// Every act that the office recorded is at the centre, once, unchanged; none that was shown in force is refused.
  void compare_acts() {
    std::map<Position, Hash> there;
    for (auto const id : given_) {
      auto const dossier = centre_.store().dossier(id);
      for (auto const& act : dossier->acts) {
        if (!there.emplace(act.at, act.leaf).second) fail(fmt::format("act {} is at the centre twice", act.at.seq));
      }
      for (auto const& record : dossier->state.acts) judge_shown(record);
    }
    for (auto const& [at, leaf] : done_) {
      auto const held = there.find(at);
      if (held == there.end()) fail(fmt::format("act {} is not at the centre", at.seq));
      if (held != there.end() && held->second != leaf) fail(fmt::format("act {} is another one at the centre", at.seq));
    }
    if (there.size() != done_.size()) fail(fmt::format("{} acts at the centre, {} made", there.size(), done_.size()));
  }

  void judge_shown(rules::ActRecord const& record) {
    using rules::Standing;
    report_.refused += record.standing == Standing::kRefused;
    bool const in_conflict = record.standing == Standing::kConflict || record.standing == Standing::kVoid ||
                             record.standing == Standing::kStands;
    report_.conflicts += in_conflict;
    if (record.standing == Standing::kNoEffect) {
      fail(fmt::format("the centre took act {} in, it has no effect, and no entry says why", record.at.seq));
    }
    bool const ruled_against = record.standing == Standing::kRefused || record.standing == Standing::kConflict;
    if (ruled_against && shown_in_force_.contains(record.at)) {
      fail(fmt::format("act {} was shown in force and is not", record.at.seq));
    }
  }

  void fail(std::string what) { report_.failures.push_back(std::move(what)); }

  SeededRandom random_;
  test::TestClock clock_;
  std::unique_ptr<crypto::SignatureSuite> suite_;
  rules::RuleBook const& book_;
  rules::RuleShelf const shelf_;
  Planted planted_;
  SimCentre centre_;
  crypto::KeyPair keys_;
  Epoch epoch_;
  SimNetwork network_;
  SimOffice office_;
  std::vector<AssignmentId> given_;
  std::map<Position, Hash> done_;
  std::set<Position> shown_in_force_;
  RunReport report_;
};

}  // namespace

RunReport run_exchange(std::uint64_t seed, rules::RuleBook const& book, Planted planted) {
  return Run(seed, book, planted).live();
}

}  // namespace fieldnode::sim
