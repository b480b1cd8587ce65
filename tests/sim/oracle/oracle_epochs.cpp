/// What the oracle makes of restored, copied and replaced machines.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "tests/sim/oracle/oracle.h"

namespace fieldnode::sim {

using wire::ListKind;

void Oracle::put_back(SimOffice& office, std::set<std::string> const& acts, SimCentre& centre) {
  auto const unit = office.identity().unit;
  turned_.insert(unit);
  lists_.forget(unit, ListKind::kFeed, Holder::kReader);
  seats_.erase(&office);
  roll_.put_back(office, acts, centre);
}

void Oracle::copied(SimOffice const& original, SimOffice const& copy) {
  turned_.insert(original.identity().unit);
  roll_.copied(original, copy);
}

void Oracle::gone(SimOffice const& copy, SimCentre& centre) { roll_.gone(copy, centre); }

/// The node that takes over begins with an empty feed.
void Oracle::replaced(SimOffice const& before, SimCentre& centre) {
  auto const unit = before.identity().unit;
  turned_.insert(unit);
  lists_.forget(unit, ListKind::kFeed, Holder::kReader);
  roll_.replaced(before, centre);
}

void Oracle::exchanged_revoked(SimOffice const& office, Result<engine::ExchangeOutcome> const& outcome) {
  // What the centre says only to a node that it has let in.
  constexpr std::array<std::string_view, 6> kLetIn{"unknown_node", "bad_signature", "journal_gap",
                                                   "journal_fork", "unknown_epoch", "journal_superseded"};
  bool const let_in = !outcome && std::ranges::find(kLetIn, outcome.error().code) != kLetIn.end();
  if (!outcome && !let_in) return;
  findings_.add("I9", fmt::format("unit {}: the revoked node {} is served: {}", office.identity().unit.value,
                                  office.identity().node.value, outcome ? "all went well" : outcome.error().code));
}

void Oracle::put_back(SimCentre& centre, std::vector<UnitId> const& units) {
  for (auto const unit : units) {
    turned_.insert(unit);
    lists_.forget(unit, ListKind::kFeed, Holder::kWriter);
    roll_.recount(unit, centre);
  }
}

void Oracle::gave(AssignmentId id) {
  if (given_.insert(id).second) return;
  findings_.add("I2", fmt::format("the number {} was given to two assignments", id.value));
}

void Oracle::look_at_seals(SimOffice& original, SimOffice& copy) {
  constexpr std::size_t kNonceBytes = 24;  // of XChaCha20, in front
  std::map<std::pair<AssignmentId, Bytes>, Bytes> sealed;
  for (auto* const machine : {&original, &copy}) {
    if (!machine->runs()) return;
    auto rows = machine->connection().prepare("SELECT assignment, contact FROM entry WHERE length(contact) > 0");
    for (db::Row const row : rows) {
      auto const bytes = row.get<Bytes>(1);
      Bytes const nonce(bytes.begin(), bytes.begin() + kNonceBytes);
      auto const [found, is_new] = sealed.try_emplace({row.get<AssignmentId>(0), nonce}, bytes);
      if (is_new || found->second == bytes) continue;
      findings_.add("I8", fmt::format("unit {}: two contacts on assignment {} are sealed under one nonce",
                                      original.identity().unit.value, found->first.first.value));
    }
  }
}

}  // namespace fieldnode::sim
