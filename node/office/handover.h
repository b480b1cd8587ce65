#pragma once

#include <atomic>
#include <mutex>

#include "node/office/node_time.h"
#include "node/office/office_store.h"
#include "sync/base/random.h"
#include "sync/engine/aside_client.h"
#include "sync/engine/exchange_client.h"

namespace fieldnode::office {

/// What is left to a node that was revoked: it hands over what it did and had not delivered, and asks for nothing. The
/// centre keeps that aside; nothing of it is delivered or in force. Source: PROTOCOL, "A revoked node".
/// Thread: any, one delivery at a time.
class Handover {
 public:
  struct World {
    db::Writer& writer;
    db::ReadPool& readers;
    OfficeStore& store;
    NodeTime& time;
    engine::NodeIdentity const& identity;
    crypto::SignatureSuite const& suite;
    Random& random;
    engine::Transport& transport;  ///< to the door for revoked nodes
  };
  explicit Handover(World const& world);

  /// The centre has said that it serves this node no more.
  [[nodiscard]] bool is_revoked() const { return is_revoked_; }
  /// What an exchange failed with. True: the centre has just said so.
  [[nodiscard]] Result<bool> hear(Refusal const& failure);
  /// Hands over the next acts; an exchange that carries none leaves it to the other one, since each of them would find
  /// that the other has left it nothing. Errors: those of the transport and of `read_aside_receipt`, the store's;
  /// `node_revoked` once nothing is left to hand over: then nobody is called.
  [[nodiscard]] Result<engine::ExchangeOutcome> once(engine::ExchangeOptions const& options);

 private:
  [[nodiscard]] std::uint64_t first_left(engine::JournalSnapshot const& held);
  [[nodiscard]] Result<void> keep(wire::Receipt const& receipt);

  World world_;
  std::atomic<bool> is_revoked_{false};
  std::mutex mutex_;
  std::optional<std::uint64_t> centre_has_;  // guarded by mutex_; as its last answer said, or 0 after `journal_gap`
};

}  // namespace fieldnode::office
