#include "tests/sim/crash/crash_city.h"

#include "node/central/dispatch_desk.h"
#include "node/central/store/schema.h"
#include "node/office/schema.h"
#include "tests/sim/crash/centre_program.h"
#include "tests/sim/crash/must.h"
#include "tests/sim/crash/office_program.h"

namespace fieldnode::sim {
namespace {

constexpr Epoch kJournal{0x8000000000000001};
constexpr NodeId kNode{21};
constexpr char const* kUnitCode = "BH";

AssignmentId dispatch_case(CentreProgram& centre, Random& random, std::string const& id, std::string title) {
  central::DispatchDesk desk(centre.store(), random);
  central::CaseForm const form{.title = std::move(title),
                               .text = "市民来电反映",
                               .place = "幸福路 12 号",
                               .category = rules::Category::kA2,
                               .kind = rules::CaseKind::kComplaint,
                               .contact = {{wire::ContactTag::kTelephone, "13800138000"}},
                               .limits = {}};
  auto const made = must(desk.create_case({}, "case-" + id, form, kMonday));
  return must(desk.dispatch({}, "dispatch-" + id, made.id, kUnitCode, {}, kMonday)).assignment;
}

UnitId found_unit(CentreProgram& centre, crypto::PublicKey const& node_key) {
  auto const unit = must(centre.store().add_unit(kUnitCode, "滨河街道办事处", kMonday)).id;
  must(centre.store().with_unit(unit, [&](central::UnitWork& work) {
    return work.register_node({.id = kNode,
                               .public_key = node_key,
                               .journal_epoch = kJournal,
                               .fingerprint = Hash{21},
                               .certificate = "simulated",
                               .at = kMonday});
  }));
  return unit;
}

void found_office(SimDisk& disk, office::OfficeIdentity const& identity, Random& random, test::TestClock& clock) {
  auto connection = open_office_file(disk);
  migrate_office(connection);
  db::InlineWriter writer(std::move(connection));
  lists::ContactVault vault({}, random);
  office::NodeTime time(clock, {.build_date = office::build_date()}, {});
  must(office::OfficeStore::found(writer, vault, random, identity, time.stamp()));
}

}  // namespace

CrashCity::CrashCity() {
  SeededRandom random(2026);
  test::TestClock clock(kMonday);
  key = {1, suite->make_keys(random)};
  node_keys = suite->make_keys(random);
  SimDisk office_disk(random);
  SimDisk centre_disk(random);
  CentreProgram centre_program(centre_disk, *this, random, clock);
  identity = {.unit = found_unit(centre_program, node_keys.public_key),
              .unit_code = kUnitCode,
              .unit_name = "滨河街道办事处",
              .city = "示范市",
              .node = kNode,
              .journal_epoch = kJournal,
              .centre = "https://centre.example:8440",
              .city_key_id = key.id,
              .city_key = key.keys.public_key};
  found_office(office_disk, identity, random, clock);
  lamp = dispatch_case(centre_program, random, "lamp", "路灯不亮");
  manhole = dispatch_case(centre_program, random, "manhole", "井盖缺失");
  OfficeProgram office_program(office_disk, *this, random, clock);
  Cable cable(centre_program);
  must(office_program.exchange(cable));
  must(office_program.act("act-0", lamp, rules::EntryKind::kAcknowledgement, rules::Acknowledgement{}));
  must(office_program.exchange(cable));
  // The power is still on: both logs hold commits that nobody has moved into the databases.
  office = office_disk.image();
  centre = centre_disk.image();
}

}  // namespace fieldnode::sim
