#pragma once

#include <set>

#include "node/central/bundle_desk.h"
#include "node/central/bundle_traffic.h"
#include "node/office/bundle_desk.h"
#include "tests/sim/crash/centre_program.h"
#include "tests/sim/crash/office_program.h"
#include "tests/sim/disk/sim_folder.h"

namespace fieldnode::sim {

/// A bundle on a stick, which no power cut reaches.
struct Stick {
  wire::BundleHeader header;
  Bytes bytes;
};

/// Whether a bundle is noted as taken in before anything of it is, a planted defect.
enum class Noted : std::uint8_t { kAfterwards, kBefore };

/// Bundles of an office that runs, made and taken in. They carry no attachments: a file's parts have a tale of their
/// own.
class OfficeSticks {
 public:
  OfficeSticks(SimDisk& disk, CrashCity const& city, OfficeProgram& office, Random& random, Clock const& clock);

  [[nodiscard]] Result<Stick> make();
  [[nodiscard]] Result<void> take(Stick const& stick, Noted noted = Noted::kAfterwards);
  [[nodiscard]] office::BundleNews news() { return desk_.news(); }

 private:
  CrashCity const& city_;
  Random& random_;
  SimFolder folder_;
  blobs::BlobStore files_;
  office::BundleDesk desk_;
};

/// The same of a centre.
class CentreSticks {
 public:
  CentreSticks(SimDisk& disk, CrashCity const& city, CentreProgram& centre, Random& random, Clock const& clock);

  /// Gives what the return bundle begins with.
  [[nodiscard]] Result<central::BundleStart> take(Stick const& stick, Noted noted = Noted::kAfterwards);
  [[nodiscard]] Result<Stick> answer(central::BundleStart const& start);

 private:
  CrashCity const& city_;
  Random& random_;
  SimFolder folder_;
  blobs::BlobStore files_;
  central::ClockGuard guard_;
  central::BundleDesk desk_;
};

/// Sticks that somebody carried away: no two may have one number.
class Carried {
 public:
  /// Errors: `number_given_twice`.
  [[nodiscard]] Result<void> note(Stick const& stick);

 private:
  std::set<std::uint64_t> numbers_;
};

}  // namespace fieldnode::sim
