#include "tests/sim/crash/sticks.h"

#include "node/office/bundle_traffic.h"
#include "sync/engine/bundle_memory.h"

namespace fieldnode::sim {
namespace {

using boost::json::object;
using engine::MemoryBundle;

constexpr std::uint32_t kAnswerBytes = 1 << 20;

/// Has the desk do each step; `told`: with which words it is told first that the file was taken in, nothing: not.
template <class Desk>
auto asking(Desk& desk, std::optional<object> told = {}) {
  return [&desk, told = std::move(told)](std::string_view step, object const& arguments) {
    if (told && step == "take") (void)desk.run("taken", *told);
    return desk.run(step, arguments);
  };
}

template <class Program>
blobs::BlobStore::World store_of(Program& program, Random& random, SimFolder& folder) {
  return {.writer = program.writer(),
          .readers = program.readers(),
          .files = {program.vault(), random, "attachments", folder}};
}

object words_at_office(wire::BundleHeader const& header) {
  return {{"number", header.number}, {"answers", header.answers}, {"created_on", ms_of(header.created_on)}};
}

object words_at_centre(wire::BundleHeader const& header) {
  return {{"unit", std::to_string(header.unit.value)},
          {"node", std::to_string(header.node.value)},
          {"journal_epoch", std::to_string(header.journal_epoch.value)},
          {"number", header.number},
          {"created_on", ms_of(header.created_on)}};
}

}  // namespace

OfficeSticks::OfficeSticks(SimDisk& disk, CrashCity const& city, OfficeProgram& office, Random& random,
                           Clock const& clock)
    : city_(city),
      random_(random),
      folder_(disk),
      files_(store_of(office, random, folder_)),
      desk_({.store = office.store(),
             .writer = office.writer(),
             .readers = office.readers(),
             .time = office.time(),
             .identity = office.node(),
             .suite = *city.suite,
             .random = random,
             .clock = clock,
             .blobs = files_,
             .on_taken = [] {},
             .on_file = [](AssignmentId) {}}) {}

Result<Stick> OfficeSticks::make() {
  MemoryBundle file;
  office::BundleKit const kit{asking(desk_), city_.node_keys, *city_.suite, random_};
  auto const made =
      office::make_bundle(kit, {kAnswerBytes, 0}, [&](auto const&) { return Result<engine::BundleSink*>(&file); });
  if (!made) return made.error();
  if (auto const finished = office::bundle_finished(kit, *made); !finished) return finished.error();
  return Stick{made->header, file.bytes()};
}

Result<void> OfficeSticks::take(Stick const& stick, Noted noted) {
  MemoryBundle file(stick.bytes);
  auto told = noted == Noted::kBefore ? std::optional(words_at_office(stick.header)) : std::nullopt;
  office::BundleKit const kit{asking(desk_, std::move(told)), city_.node_keys, *city_.suite, random_};
  auto const taken = office::take_bundle(kit, file);
  if (!taken) return taken.error();
  return {};
}

CentreSticks::CentreSticks(SimDisk& disk, CrashCity const& city, CentreProgram& centre, Random& random,
                           Clock const& clock)
    : city_(city),
      random_(random),
      folder_(disk),
      files_(store_of(centre, random, folder_)),
      guard_(clock, nullptr),
      desk_({.store = centre.store(),
             .writer = centre.writer(),
             .readers = centre.readers(),
             .city_key = city.key,
             .suite = *city.suite,
             .guard = guard_,
             .clock = clock,
             .random = random,
             .blobs = files_}) {}

Result<central::BundleStart> CentreSticks::take(Stick const& stick, Noted noted) {
  MemoryBundle file(stick.bytes);
  auto told = noted == Noted::kBefore ? std::optional(words_at_centre(stick.header)) : std::nullopt;
  central::BundleKit const kit{asking(desk_, std::move(told)), city_.key.keys, *city_.suite, random_};
  auto taken = central::take_bundle(kit, file);
  if (!taken) return taken.error();
  return std::move(taken->answer);
}

Result<Stick> CentreSticks::answer(central::BundleStart const& start) {
  MemoryBundle file;
  central::BundleKit const kit{asking(desk_), city_.key.keys, *city_.suite, random_};
  auto const made = central::make_bundle(kit, start, [&](auto const&) { return Result<engine::BundleSink*>(&file); });
  if (!made) return made.error();
  if (auto const finished = central::bundle_finished(kit, *made); !finished) return finished.error();
  return Stick{made->header, file.bytes()};
}

Result<void> Carried::note(Stick const& stick) {
  if (numbers_.insert(stick.header.number).second) return {};
  return refuse("number_given_twice", "Two bundles that were handed out have one number.");
}

}  // namespace fieldnode::sim
