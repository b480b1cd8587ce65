#include "tests/sim/crash/two_ends.h"

namespace fieldnode::sim {

void TwoEndsStory::run_office(SimDisk& disk) {
  office_.reset();
  office_ = std::make_unique<OfficeProgram>(disk, city_, office_chance_, clock_, planted_ != Planted::kNoSync);
}

void TwoEndsStory::run_centre(SimDisk& disk) {
  centre_.reset();
  centre_ = std::make_unique<CentreProgram>(disk, city_, centre_chance_, clock_, planted_ != Planted::kNoSync);
}

Result<void> TwoEndsStory::stop_office() {
  auto const noted = office_->note_stop();
  office_.reset();
  return noted;
}

Result<void> TwoEndsStory::stop_centre() {
  auto const noted = centre_->note_stop();
  centre_.reset();
  return noted;
}

std::string TwoEndsStory::difference_of_ends() {
  auto const unit = city_.identity.unit;
  auto const ends = centre_->store().list_ends(unit);
  auto const held = office_->store().snapshot();
  if (ends.journal.seq != held.journal.seq) return "the centre does not hold every act";
  if (ends.feed.seq != held.feed.seq) return "the office does not hold the whole feed";
  auto const verified = centre_->store().verify();
  if (!verified) return verified.error().sentence;
  auto const same = verified->units.at(0).digest == office_->store().digest(std::nullopt, std::nullopt);
  return same ? "" : "the two ends come to different states";
}

std::string TwoEndsStory::faults_of_both() {
  auto faults = office_ == nullptr ? "" : office_->faults();
  return faults.empty() && centre_ != nullptr ? centre_->faults() : faults;
}

}  // namespace fieldnode::sim
