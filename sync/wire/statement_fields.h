#pragma once

#include "sync/wire/archive.h"
#include "sync/wire/node_statement.h"

namespace fieldnode::wire {

/// The packed fields, one list for both directions. Private to this room.
template <class Archive>
void serialize(Archive& archive, NodeStatement& statement) {
  archive(statement.suite);
  archive.fixed(statement.key_id);
  archive(statement.unit, statement.node, statement.journal_epoch, statement.enrolled_at, statement.key,
          statement.signature);
}

}  // namespace fieldnode::wire
