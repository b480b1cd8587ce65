#pragma once

#include "node/blobs/blob_store.h"
#include "node/central/store/central_store.h"

namespace fieldnode::central {

/// Files that operators attach to a case. Every later dispatch names them; a unit that has the case already is told at
/// once. Thread: any.
class AttachmentDesk {
 public:
  AttachmentDesk(CentralStore& store, blobs::BlobStore& blobs) : store_(store), blobs_(blobs) {}

  /// A content that is attached already changes nothing, so a repeat is harmless.
  /// Errors: those of BlobStore::admit; `unknown_case`, `case_closed`, `case_refused`, `case_merged`, `case_moves`; the
  /// storage's.
  [[nodiscard]] Result<void> attach(StaffId who, CaseId id, std::vector<wire::BlobRef> files, UtcTime now);
  [[nodiscard]] std::vector<wire::BlobRef> of_case(CaseId id);
  [[nodiscard]] rules::AttachmentRule rule();

 private:
  struct Order {
    StaffId who{};
    CaseId id{};
    std::vector<wire::BlobRef> files;
    UtcTime now{};
  };
  [[nodiscard]] Result<void> attach_within(CaseBook& book, UnitWork* work, Order const& order);

  CentralStore& store_;
  blobs::BlobStore& blobs_;
};

}  // namespace fieldnode::central
