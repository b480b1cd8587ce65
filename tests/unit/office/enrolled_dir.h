#pragma once

#include <memory>

#include "node/office/data_dir.h"
#include "sync/base/clock.h"
#include "sync/base/random.h"
#include "tests/unit/office/centre_double.h"

namespace fieldnode::office {

/// A directory as an enrolment leaves it, and the centre that it was enrolled at.
class EnrolledDir {
 public:
  EnrolledDir();
  EnrolledDir(EnrolledDir const&) = delete;
  EnrolledDir& operator=(EnrolledDir const&) = delete;
  ~EnrolledDir();

  [[nodiscard]] DataDir const& dir() const { return dir_; }
  [[nodiscard]] CentreDouble& centre() { return *centre_; }
  [[nodiscard]] Clock const& clock() const { return clock_; }
  [[nodiscard]] Random& chance() { return random_; }

 private:
  void found(OfficeIdentity const& identity);

  SystemClock clock_;
  SystemRandom random_;
  DataDir dir_;
  std::unique_ptr<CentreDouble> centre_;
};

}  // namespace fieldnode::office
