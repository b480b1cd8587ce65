#pragma once

#include "node/central/store/aside_shelf.h"
#include "node/lists/entry_lists.h"
#include "node/lists/sealed_parts.h"

namespace fieldnode::central {

/// Tables `aside_journal` and `aside_act` of one unit, in the caller's transaction.
class AsideRows final : public AsideShelf {
 public:
  AsideRows(db::Connection& connection, lists::ContactVault& vault, UnitId unit)
      : connection_(connection), lists_(connection, vault, unit), parts_(connection, vault, unit), unit_(unit) {}

  // engine::AsideBook
  [[nodiscard]] std::optional<engine::ListHead> head(wire::ListName const& journal) override;
  [[nodiscard]] std::optional<Hash> hash_at(wire::ListName const& journal, std::uint64_t seq) override;
  [[nodiscard]] std::optional<wire::SaltKeys> keys(wire::ListName const& journal, AssignmentId assignment) override;
  [[nodiscard]] engine::AsideUse use(NodeId node) override;
  void keep(wire::ListName const& journal, engine::ActArrival const& act, std::optional<UtcTime> received_at) override;
  void keep_signed_head(wire::SignedHead const& head) override;

  // AsideShelf
  [[nodiscard]] std::optional<AsideAct> find(std::uint64_t number) override;
  void note_adopted(std::uint64_t number, Adoption const& adoption) override;

  /// By number, those after `after`, at most `most`.
  [[nodiscard]] std::vector<AsideAct> after(std::uint64_t after, std::size_t most);
  /// How many are kept, and how many of them were not adopted.
  [[nodiscard]] std::pair<std::uint64_t, std::uint64_t> counts();

  /// Walks what is kept of each journal on from the list that it continues. A contact part that retention has erased is
  /// left out. Errors: `chain_broken`.
  [[nodiscard]] Result<void> verify();

 private:
  struct JournalEnd {
    engine::ListHead head;
    std::uint64_t acts{};
  };
  [[nodiscard]] std::optional<JournalEnd> end_of(wire::ListName const& journal);
  [[nodiscard]] engine::ListHead held_of(wire::ListName const& journal);
  [[nodiscard]] Result<void> verify(JournalEnd const& journal);
  [[nodiscard]] AsideAct act_in(db::Row const& row);

  db::Connection& connection_;
  lists::EntryLists lists_;
  lists::SealedParts parts_;
  UnitId unit_;
};

}  // namespace fieldnode::central
