#include "sync/engine/journal_opening.h"

#include <fmt/format.h>

#include <algorithm>
#include <variant>

#include "sync/wire/signing.h"

namespace fieldnode::engine {
namespace {

bool begins_with_an_opening(wire::ExchangeRequest const& request) {
  if (request.first_act != 1 || request.acts.empty()) return false;
  auto const first = wire::decode_skeleton(request.acts.front().skeleton);
  if (!first) return false;
  auto const* const opening = std::get_if<rules::Opening>(&first->payload);
  return first->kind == rules::EntryKind::kJournalOpening && opening != nullptr && opening->parent.epoch;
}

}  // namespace

Result<void> admit_journal(Ledger& ledger, crypto::SignatureSuite const& suite, UnitHeads const& heads,
                           wire::ExchangeRequest const& request) {
  if (request.journal_epoch == heads.journal.list.epoch) return {};
  auto& epochs = ledger.epochs();
  auto const journals = epochs.journals();
  bool const earlier =
      std::ranges::any_of(journals, [&](EpochRun const& run) { return run.head.list.epoch == request.journal_epoch; });
  if (earlier) {
    return refuse("journal_superseded",
                  "Another copy of this node has begun a new journal and is the one that counts now; this one sends "
                  "nothing more until an operator chooses it (fieldnode epoch new).");
  }
  if (!begins_with_an_opening(request)) {
    return refuse("unknown_epoch",
                  fmt::format("The journal {:016x} is not registered at the centre: send it from its opening on.",
                              request.journal_epoch.value));
  }
  wire::ListName const journal{wire::ListKind::kJournal, heads.unit, heads.node, request.journal_epoch};
  bool const ours = request.head && request.head->list == journal &&
                    wire::verify_head(*request.head, suite, heads.node_key).has_value();
  if (!ours) return refuse("bad_signature", "The new journal is not signed by this unit's node; it was not begun.");
  epochs.register_journal(journal);
  return {};
}

}  // namespace fieldnode::engine
