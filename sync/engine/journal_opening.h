#pragma once

#include "sync/crypto/suite.h"
#include "sync/engine/ledger.h"

namespace fieldnode::engine {

/// Lets a request in whose journal is not the live one: a node that was restored, or chosen among copies, begins a new
/// journal with an opening that names where it goes on from, signed with the node's key. It is registered behind the
/// others, and the run of the live one ends there.
/// Errors: `journal_superseded` when it is an earlier journal (another copy of the node has gone on since),
/// `unknown_epoch` when nothing opens it, `bad_signature`.
[[nodiscard]] Result<void> admit_journal(Ledger& ledger, crypto::SignatureSuite const& suite, UnitHeads const& heads,
                                         wire::ExchangeRequest const& request);

}  // namespace fieldnode::engine
