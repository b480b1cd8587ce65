#pragma once

#include "node/central/store/records.h"
#include "sync/engine/aside_book.h"

namespace fieldnode::central {

/// What revoked nodes of one unit delivered, in one transaction: as the delivery sees it, and as the desk does.
/// Implementations: SQLite, PostgreSQL.
class AsideShelf : public engine::AsideBook {
 public:
  [[nodiscard]] virtual std::optional<AsideAct> find(std::uint64_t number) = 0;
  virtual void note_adopted(std::uint64_t number, Adoption const& adoption) = 0;
};

}  // namespace fieldnode::central
