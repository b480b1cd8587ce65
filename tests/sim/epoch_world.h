#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "node/central/dispatch_desk.h"
#include "node/central/store/restore_marks.h"
#include "node/central/store/schema.h"
#include "node/central/store/sqlite_central_store.h"
#include "node/db/backup.h"
#include "node/db/inline_writer.h"
#include "node/db/migrations.h"
#include "node/office/exchanger.h"
#include "node/office/handover.h"
#include "node/office/office_store.h"
#include "node/office/schema.h"
#include "node/office/store_check.h"
#include "sync/engine/exchange_client.h"
#include "sync/engine/exchange_server.h"
#include "sync/engine/long_answer.h"
#include "tests/support/test_clock.h"

/// Offices and a centre on real files, so that they can be copied and put back: what backups and clones are made of.
namespace fieldnode::sim {

namespace fs = std::filesystem;

template <class T>
T must(Result<T> result, std::string_view what) {
  if (!result) throw std::runtime_error(std::string(what) + ": " + result.error().code + " " + result.error().sentence);
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

inline fs::path fresh_dir() {
  auto const* const info = ::testing::UnitTest::GetInstance()->current_test_info();
  auto const dir = fs::temp_directory_path() / ("fieldnode-epochs-" + std::string(info->name()));
  fs::remove_all(dir);
  fs::create_directories(dir);
  return dir;
}

/// What both ends share: clocks, chance, keys.
struct EpochWorld {
  explicit EpochWorld(std::uint64_t seed) : random(seed), clock(utc_from_ms(1'790'000'000'000)) {}

  SeededRandom random;
  test::TestClock clock;
  std::unique_ptr<crypto::SignatureSuite> suite{crypto::simulated_suite()};
  rules::RuleBook const book{rules::built_in_rule_book()};
  fs::path dir{fresh_dir()};
  engine::CityKey city{1, suite->make_keys(random)};
};

/// A copy of a database that goes on meanwhile.
inline void copy_database(db::Connection& from, fs::path const& to) {
  fs::remove(to);
  must(db::back_up(from, to), "back up");
}

class EpochCentre {
 public:
  EpochCentre(EpochWorld& world, fs::path file) : world_(world), file_(std::move(file)) { open(); }

  [[nodiscard]] central::CentralStore& store() { return *store_; }
  [[nodiscard]] UnitId unit() { return store_->find_unit("U1")->id; }

  /// A unit that no node serves.
  void add_unit(std::string const& code) { must(store_->add_unit(code, "又一承办单位", world_.clock.truth()), "add"); }
  void found(crypto::PublicKey const& key, Epoch journal) {
    must(store_->add_unit("U1", "一号承办单位", world_.clock.truth()), "add the unit");
    enrol(NodeId{1}, key, journal);
  }
  void enrol(NodeId node, crypto::PublicKey const& key, Epoch journal) {
    in_unit([&](central::UnitWork& work) {
      Hash fingerprint{};
      fingerprint[0] = static_cast<std::uint8_t>(node.value);
      return work.register_node({.id = node,
                                 .public_key = key,
                                 .journal_epoch = journal,
                                 .fingerprint = fingerprint,
                                 .certificate = "simulated",
                                 .at = world_.clock.truth()});
    });
  }
  template <class Task>
  void in_unit(Task task) {
    must(store_->with_unit(unit(), task), "work on the unit");
  }

  AssignmentId dispatch(std::string const& to = "U1", std::string const& title = "路灯不亮") {
    auto const given = try_dispatch(to, title);
    return must(given, "dispatch");
  }
  Result<AssignmentId> try_dispatch(std::string const& to = "U1", std::string const& title = "路灯不亮",
                                    std::vector<rules::OwnLimit> const& limits = {}) {
    central::DispatchDesk desk(*store_, world_.random);
    central::CaseForm form{.title = title,
                           .text = "市民来电反映路灯不亮",
                           .place = "幸福路",
                           .category = rules::Category::kA2,
                           .kind = rules::CaseKind::kComplaint};
    form.contact = {{wire::ContactTag::kTelephone, "13800138000"}};
    auto const made = must(desk.create_case({}, request_id(), form, world_.clock.truth()), "create a case");
    auto const given = desk.dispatch({}, request_id(), made.id, to, limits, world_.clock.truth());
    if (!given) return given.error();
    return given->assignment;
  }

  /// What answers bring from now on; nothing: what suits the link that a request speaks of.
  void set_answers(std::optional<engine::AnswerPlan> plan) { plan_ = plan; }

  Result<Bytes> handle(BytesView bytes) {
    constexpr std::size_t kBudgetMost = 1024 * 1024;
    wire::RequestReader reader;
    auto const runs = reader.take(bytes);
    if (!runs) return runs.error();
    for (auto const& run : *runs) {
      if (auto const kept = admit(run); !kept) return kept.error();
    }
    auto const whole = reader.finish();
    if (!whole) return whole.error();
    auto request = runs->empty() ? whole->front() : runs->front();
    if (!runs->empty()) request.acts.clear();
    auto parts = answer(request, plan_.value_or(engine::plan_answer(request, kBudgetMost)));
    if (!parts) return parts.error();
    engine::ExchangeServer const server(*world_.suite, world_.city);
    for (auto& part : *parts) server.sign(part);
    return wire::encode_replies(*parts, 1);
  }

  /// Somebody's hand in the database, or a program that counts otherwise.
  void tamper(std::string const& sql) {
    must(writer_->run([&](db::Connection& connection) { connection.execute(sql); }), "tamper");
  }
  void back_up(fs::path const& to) { copy_database(writer_->connection(), to); }
  /// As `fieldnode-central restore` does; `knows` false: somebody copied the file back.
  void restore(fs::path const& from, bool knows = true) {
    store_.reset();
    readers_.reset();
    writer_.reset();
    for (auto const* suffix : {"", "-wal", "-shm"}) fs::remove(fs::path(file_) += suffix);
    fs::copy_file(from, file_);
    open();
    if (knows)
      must(writer_->run([&](db::Connection& connection) { central::mark_restored(connection, world_.clock.truth()); }),
           "restore");
  }

 private:
  void open() {
    auto connection = must(db::Connection::open_writer(file_, {.application_id = central::kCentralFile}), "open");
    must(db::migrate(connection, central::central_migrations()), "migrate");
    writer_ = std::make_unique<db::InlineWriter>(std::move(connection));
    readers_ = db::ReadPool::sharing(writer_->connection());
    vault_ = std::make_unique<lists::ContactVault>(lists::ContactVault::MasterKey{}, world_.random);
    store_ = std::make_unique<central::SqliteCentralStore>(*writer_, *readers_, *vault_, world_.random, world_.book);
  }
  std::string request_id() { return "request-" + std::to_string(world_.random.bits64()); }

  Result<void> admit(wire::ExchangeRequest const& run) {
    return store_->with_unit(run.unit, [&](central::UnitWork& work) -> Result<void> {
      auto const admission =
          engine::ExchangeServer(*world_.suite, world_.city).receive(work, run, world_.clock.truth());
      if (!admission) return admission.error();
      work.mark_held(world_.clock.truth());
      return {};
    });
  }
  Result<std::vector<wire::ExchangeReply>> answer(wire::ExchangeRequest const& request,
                                                  engine::AnswerPlan const& plan) {
    engine::ExchangeServer const server(*world_.suite, world_.city);
    std::vector<wire::ExchangeReply> parts;
    auto const now = world_.clock.truth();
    auto const done = store_->with_unit(request.unit, [&](central::UnitWork& work) -> Result<void> {
      auto const admission = server.receive(work, request, now);
      if (!admission) return admission.error();
      parts = engine::long_answer(server, work, request, plan, now, now);
      return {};
    });
    if (!done) return done.error();
    return parts;
  }

  EpochWorld& world_;
  fs::path file_;
  std::optional<engine::AnswerPlan> plan_;
  std::unique_ptr<lists::ContactVault> vault_;  ///< remembers keys of rows, so each opening has its own
  std::unique_ptr<db::InlineWriter> writer_;
  std::unique_ptr<db::ReadPool> readers_;
  std::unique_ptr<central::SqliteCentralStore> store_;
};

class EpochOffice final : public engine::Transport {
 public:
  EpochOffice(EpochWorld& world, EpochCentre& centre, fs::path file, crypto::KeyPair const& keys)
      : world_(world), centre_(centre), file_(std::move(file)), keys_(keys) {}

  void found(Epoch journal, NodeId node = NodeId{1}) {
    office::OfficeIdentity const identity{.unit = centre_.unit(),
                                          .unit_code = "U1",
                                          .unit_name = "一号承办单位",
                                          .city = "测试市",
                                          .node = node,
                                          .journal_epoch = journal,
                                          .centre = "https://simulated",
                                          .city_key_id = world_.city.id,
                                          .city_key = world_.city.keys.public_key};
    auto connection = must(db::Connection::open_writer(file_), "open");
    must(db::migrate(connection, office::migrations()), "migrate");
    db::InlineWriter writer(std::move(connection));
    engine::TrustedTime first(world_.clock, {}, {});
    lists::ContactVault vault({}, world_.random);
    must(office::OfficeStore::found(writer, vault, world_.random, identity, {first.now(), first.state()}), "found");
  }
  void open() {
    writer_ = std::make_unique<db::InlineWriter>(must(db::Connection::open_writer(file_), "open"));
    readers_ = db::ReadPool::sharing(writer_->connection());
    auto identity = office::load_identity(writer_->connection());
    node_ = {identity->unit, identity->node, keys_, identity->city_key_id, identity->city_key};
    vault_ = std::make_unique<lists::ContactVault>(lists::ContactVault::MasterKey{}, world_.random);
    store_ = std::make_unique<office::OfficeStore>(*writer_, *readers_, *vault_, world_.book, *identity);
    time_ = std::make_unique<office::NodeTime>(world_.clock, engine::TimeBounds{}, engine::TimeState{});
    journal_ = std::make_unique<office::TimedJournal>(*store_, *time_);
    client_ = std::make_unique<engine::ExchangeClient>(node_, *world_.suite, *journal_, world_.random, world_.clock);
  }
  void close() {
    client_.reset();
    journal_.reset();
    time_.reset();
    store_.reset();
    readers_.reset();
    writer_.reset();
  }

  [[nodiscard]] office::OfficeStore& store() { return *store_; }
  /// What is left to it once it is revoked; `door` leads to the centre's.
  [[nodiscard]] std::unique_ptr<office::Handover> handover(engine::Transport& door) {
    return std::make_unique<office::Handover>(office::Handover::World{.writer = *writer_,
                                                                      .readers = *readers_,
                                                                      .store = *store_,
                                                                      .time = *time_,
                                                                      .identity = node_,
                                                                      .suite = *world_.suite,
                                                                      .random = world_.random,
                                                                      .transport = door});
  }
  [[nodiscard]] office::OfficeFigures figures() {
    return store_->figures(time_->now(), office::Clearance::kConfidential);
  }
  void back_up(fs::path const& to) { copy_database(writer_->connection(), to); }
  /// As `fieldnode restore` does.
  void restore(fs::path const& from) {
    close();
    for (auto const* suffix : {"", "-wal", "-shm"}) fs::remove(fs::path(file_) += suffix);
    fs::copy_file(from, file_);
    open();
    begin_journal();
  }
  void begin_journal() {
    must(store_->begin_journal(office::draw_journal(world_.random), time_->stamp()), "begin a journal");
  }

  void note(AssignmentId id, std::string const& text) { must(try_note(id, text), "note"); }
  Result<void> try_note(AssignmentId id, std::string const& text) {
    office::NewAct act{.act_id = text, .assignment = id, .staff = StaffId{1}, .kind = rules::EntryKind::kNote};
    act.payload = rules::Note{};
    act.body.texts.push_back({wire::TextTag::kNote, text});
    auto const recorded = store_->append(act, time_->stamp());
    if (!recorded) return recorded.error();
    return {};
  }
  void acknowledge(AssignmentId id) {
    office::NewAct const act{.assignment = id,
                             .staff = StaffId{1},
                             .kind = rules::EntryKind::kAcknowledgement,
                             .payload = rules::Acknowledgement{}};
    must(store_->append(act, time_->stamp()), "acknowledge");
  }

  void reach(AssignmentId id, std::string const& number) {
    office::NewAct act{.assignment = id,
                       .staff = StaffId{1},
                       .kind = rules::EntryKind::kContact,
                       .payload = rules::Contact{rules::Channel::kTelephone, rules::ContactOutcome::kReached, {}}};
    act.contact.fields.push_back({wire::ContactTag::kNumberUsed, number});
    must(store_->append(act, time_->stamp()), "reach");
  }

  void apply_for_extension(AssignmentId id) {
    office::NewAct const act{.assignment = id,
                             .staff = StaffId{1},
                             .kind = rules::EntryKind::kExtensionApplication,
                             .payload = rules::ExtensionApplication{rules::ExtensionGround::kSiteWork, 2}};
    must(store_->append(act, time_->stamp()), "apply");
  }

  void correct(AssignmentId id, Position contact) {
    office::NewAct const act{.assignment = id,
                             .staff = StaffId{1},
                             .kind = rules::EntryKind::kCorrection,
                             .payload = rules::Correction{contact, rules::ContactOutcome::kWrongNumber}};
    must(store_->append(act, time_->stamp()), "correct");
  }

  /// As `Exchanger` does.
  Result<engine::ExchangeOutcome> once() { return once({.compression_level = 1}); }
  Result<engine::ExchangeOutcome> once(engine::ExchangeOptions const& options) {
    auto outcome = exchange_once(options);
    if (outcome) return outcome;
    auto const stamp = time_->stamp();
    must(store_->note_link_failure({outcome.error(), stamp.evidence.estimate}, stamp.state), "note the failure");
    return outcome;
  }
  Result<engine::ExchangeOutcome> exchange_once(engine::ExchangeOptions options = {.compression_level = 1}) {
    options.known_time = time_->now().interval;
    return client_->exchange_once(*this, options);
  }
  /// Until nothing is left to say. Errors: the first refusal.
  Result<void> settle() {
    differing.clear();
    for (int round = 0; round < 40; ++round) {
      world_.clock.advance(Milliseconds(60'000));
      auto const outcome = once();
      if (!outcome) return outcome.error();
      differing = outcome->differing;
      if (!outcome->more && outcome->delivered_all) return {};
    }
    return refuse("no_rest", "both ends went on and on");
  }
  /// What it would say now; nothing comes of it.
  Bytes request_now() {
    keeps_request_ = true;
    (void)exchange_once();
    keeps_request_ = false;
    return kept_;
  }
  Result<void> exchange(BytesView request, std::chrono::seconds, engine::ReplySink const& take) override {
    kept_.assign(request.begin(), request.end());
    if (keeps_request_) return refuse("connection_lost", "kept");
    auto const reply = centre_.handle(request);
    if (!reply) return reply.error();
    return take(on_the_way ? changed(*reply) : *reply);
  }

  /// What becomes of the centre's answers before they are here; nothing: they come as they are.
  std::function<void(wire::ExchangeReply&)> on_the_way;
  /// What the last exchange said of assignments that stand otherwise at the centre.
  std::vector<AssignmentId> differing;

  Result<office::CheckedStore> check() {
    auto const identity = office::load_identity(writer_->connection());
    return office::check_store(writer_->connection(), *vault_, *identity, *world_.suite, world_.book);
  }

 private:
  Bytes changed(BytesView answer) const {
    wire::ReplyReader reader;
    auto parts = must(reader.take(answer), "read the answer");
    for (auto& part : must(reader.finish(), "read the answer to its end")) parts.push_back(std::move(part));
    for (auto& part : parts) on_the_way(part);
    return wire::encode_replies(parts, 1);
  }

  EpochWorld& world_;
  EpochCentre& centre_;
  fs::path file_;
  crypto::KeyPair keys_;
  std::unique_ptr<lists::ContactVault> vault_;
  engine::NodeIdentity node_;
  std::unique_ptr<db::InlineWriter> writer_;
  std::unique_ptr<db::ReadPool> readers_;
  std::unique_ptr<office::OfficeStore> store_;
  std::unique_ptr<office::NodeTime> time_;
  std::unique_ptr<office::TimedJournal> journal_;
  std::unique_ptr<engine::ExchangeClient> client_;
  Bytes kept_;  ///< the newest request
  bool keeps_request_{false};
};

}  // namespace fieldnode::sim
