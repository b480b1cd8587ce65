#include "tests/sim/crash/crash_city.h"

#include "node/central/store/schema.h"
#include "node/office/schema.h"
#include "tests/sim/crash/centre_program.h"
#include "tests/sim/crash/must.h"
#include "tests/sim/crash/office_program.h"

namespace fieldnode::sim {
namespace {

constexpr Epoch kJournal{0x8000000000000001};
constexpr NodeId kNode{21};

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

CrashCity::CrashCity(std::unique_ptr<crypto::SignatureSuite> signatures) : suite(std::move(signatures)) {
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
  lamp = must(centre_program.dispatch("lamp", "路灯不亮"));
  manhole = must(centre_program.dispatch("manhole", "井盖缺失"));
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
