#pragma once

#include <filesystem>
#include <memory>

#include "node/blobs/blob_store.h"
#include "node/central/aside_desk.h"
#include "node/central/assessment_desk.h"
#include "node/central/attachment_desk.h"
#include "node/central/city.h"
#include "node/central/clock_guard.h"
#include "node/central/decision_desk.h"
#include "node/central/dispatch_desk.h"
#include "node/central/enrolment_desk.h"
#include "node/central/evidence_desk.h"
#include "node/central/intake_desk.h"
#include "node/central/merge_desk.h"
#include "node/central/node_desk.h"
#include "node/central/phone_desk.h"
#include "node/central/rules_desk.h"
#include "node/central/store/sqlite_central_store.h"
#include "node/central/time_correction_desk.h"
#include "node/central/unmasking_desk.h"
#include "node/central/veto_desk.h"
#include "node/db/read_pool.h"
#include "node/db/writer_thread.h"
#include "node/lists/contact_vault.h"
#include "node/web/accounts.h"
#include "sync/base/clock.h"
#include "sync/base/random.h"

namespace fieldnode::central {

/// A city's data directory, opened by the one process that may write it: the world of every command and of the
/// service. `clock` and `random` must outlive it.
class Centre {
 public:
  /// Brings the database to this program's schema. After an unclean stop the file is checked first; a damaged one is
  /// opened in safe mode: reads are answered, changes refused.
  /// `time_service`: vouches for the clock; null: nobody but people does. It must outlive the centre.
  /// Errors: `no_city`, `database_in_use`, those of the database, the migrations and the key files.
  [[nodiscard]] static Result<std::unique_ptr<Centre>> open(CityPaths const& paths, Clock const& clock, Random& random,
                                                            ClockHealth const* time_service = nullptr);

  Centre(Centre const&) = delete;
  Centre& operator=(Centre const&) = delete;
  /// Notes that the program stopped in good order.
  ~Centre();

  [[nodiscard]] Clock const& clock() const { return clock_; }
  [[nodiscard]] Random& chance() { return random_; }
  [[nodiscard]] CityPaths const& paths() const { return paths_; }
  [[nodiscard]] CityIdentity const& city() const { return city_; }
  [[nodiscard]] db::Writer& writer() { return writer_; }
  [[nodiscard]] db::ReadPool& readers() { return *readers_; }
  [[nodiscard]] CentralStore& store() { return store_; }
  [[nodiscard]] blobs::BlobStore& blobs() { return blobs_; }
  [[nodiscard]] AttachmentDesk& attachments() { return attachments_; }
  [[nodiscard]] web::Accounts& accounts() { return accounts_; }
  [[nodiscard]] DispatchDesk& dispatches() { return dispatches_; }
  [[nodiscard]] DecisionDesk& decisions() { return decisions_; }
  [[nodiscard]] IntakeDesk& intakes() { return intakes_; }
  [[nodiscard]] MergeDesk& merges() { return merges_; }
  [[nodiscard]] RulesDesk& rules() { return rules_; }
  [[nodiscard]] UnmaskingDesk& unmaskings() { return unmaskings_; }
  [[nodiscard]] EnrolmentDesk& enrolments() { return enrolments_; }
  [[nodiscard]] NodeDesk& nodes() { return nodes_; }
  [[nodiscard]] AsideDesk& aside() { return aside_; }
  [[nodiscard]] AssessmentDesk& assessments() { return assessments_; }
  [[nodiscard]] VetoDesk& vetoes() { return vetoes_; }
  [[nodiscard]] EvidenceDesk& evidence() { return evidence_; }
  [[nodiscard]] PhoneDesk& phones() { return phones_; }
  [[nodiscard]] TimeCorrectionDesk& time_corrections() { return time_corrections_; }
  /// Stands before every time that is signed or told.
  [[nodiscard]] ClockGuard& clock_guard() { return clock_guard_; }
  /// Of the centre's own people, those who left included.
  [[nodiscard]] StaffNames staff_names();

 private:
  struct Parts;
  Centre(CityPaths const& paths, Clock const& clock, Random& random, Parts&& parts);

  CityPaths paths_;
  Clock const& clock_;
  Random& random_;
  CityIdentity city_;
  lists::ContactVault vault_;
  db::WriterThread writer_;
  std::unique_ptr<db::ReadPool> readers_;
  SqliteCentralStore store_;
  blobs::BlobStore blobs_;
  AttachmentDesk attachments_;
  web::Accounts accounts_;
  DispatchDesk dispatches_;
  DecisionDesk decisions_;
  IntakeDesk intakes_;
  MergeDesk merges_;
  RulesDesk rules_;
  UnmaskingDesk unmaskings_;
  EnrolmentDesk enrolments_;
  KeptOutside kept_outside_;
  NodeDesk nodes_;
  AsideDesk aside_;
  AssessmentDesk assessments_;
  VetoDesk vetoes_;
  EvidenceDesk evidence_;
  PhoneDesk phones_;
  TimeCorrectionDesk time_corrections_;
  ClockGuard clock_guard_;
};

}  // namespace fieldnode::central
