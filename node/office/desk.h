#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "node/blobs/blob_store.h"
#include "node/office/node_time.h"
#include "node/office/office_store.h"
#include "node/web/act_form.h"

namespace fieldnode::office {

/// Which acts the rules would take now, and why not the others.
struct Permissions {
  std::vector<rules::EntryKind> allowed;
  std::map<rules::EntryKind, Refusal> refused;
  std::vector<Position> withdrawable;  ///< pending applications that may be taken back now
};

/// Who makes an act, and what they may see.
struct Clerk {
  StaffId id{};
  Clearance clearance{Clearance::kGeneral};
};

/// Where clerks work: a form becomes an act in the journal. Thread: any.
class Desk {
 public:
  /// `nudge` is called after each new act, so that it leaves at once. All must outlive the desk.
  Desk(OfficeStore& store, blobs::BlobStore& blobs, NodeTime& time, std::function<void()> nudge);

  /// What it attaches must be here whole before the act is recorded.
  /// Errors: those of BlobStore::admit, of OfficeStore::append.
  [[nodiscard]] Result<RecordedAct> perform(AssignmentId assignment, web::ActForm const& form, Clerk const& clerk);

  /// Asked with the least that each act must say; a form may still be refused for what it says.
  [[nodiscard]] Permissions permissions(AssignmentFile const& file);

 private:
  OfficeStore& store_;
  blobs::BlobStore& blobs_;
  NodeTime& time_;
  std::function<void()> nudge_;
};

}  // namespace fieldnode::office
