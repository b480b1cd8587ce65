#pragma once

#include <mutex>
#include <string_view>
#include <vector>

#include "node/office/node_time.h"
#include "node/office/office_store.h"
#include "node/office/phone_call_rows.h"
#include "sync/engine/exchange_client.h"

/// The office's side of a phone receipt: a challenge is typed, a code is shown, the centre's answer is typed.
/// Source: PROTOCOL, "Phone receipt".
namespace fieldnode::office {

/// What is known of one moment that was said by telephone.
struct PhoneProof {
  Position upto{};
  UtcTime at{};  ///< the centre's moment; until the feed brings it the minute that was told
  bool in_feed{};
  std::optional<bool> holds;     ///< the centre's word, once the journal was compared
  std::optional<bool> own_code;  ///< the code that it noted is the one that was shown here; nothing: not shown here
};

/// From one reading.
struct PhoneState {
  std::optional<PhoneCall> call;   ///< the present one
  std::vector<PhoneProof> proofs;  ///< the newest first
  std::uint64_t journal_seq{};
};

/// Everything that a call needs survives a restart between challenge and answer. Thread: any.
class PhoneDesk {
 public:
  struct World {
    OfficeStore& store;
    db::Writer& writer;
    db::ReadPool& readers;
    lists::ContactVault& vault;
    NodeTime& time;
    engine::NodeIdentity const& identity;
    Clock const& clock;
  };
  explicit PhoneDesk(World world) : world_(world) {}

  /// Makes the code of the journal as it is now. Takes a second. The same challenge again gives the same code, of the
  /// same act. Errors: `bad_digits`, `phone_challenge_used`, `phone_tries_over`.
  [[nodiscard]] Result<PhoneCall> begin(std::string_view challenge);

  /// Right: the moment becomes an anchor of the node's clock, in the commit that keeps it. Wrong three times: the
  /// challenge is spent. The right answer again changes nothing.
  /// Errors: `no_phone_call`, `bad_digits` (which is no try), `phone_answer_wrong`, `phone_tries_over`.
  [[nodiscard]] Result<PhoneCall> answer(std::string_view answer);

  [[nodiscard]] PhoneState state();

 private:
  [[nodiscard]] std::optional<PhoneCall> last_call();
  [[nodiscard]] Result<PhoneCall> make_call(std::uint64_t challenge);
  [[nodiscard]] Result<PhoneCall> take_wrong(PhoneCall call);
  [[nodiscard]] Result<PhoneCall> take_right(PhoneCall call, UtcTime minute);

  World world_;
  std::mutex calling_;  ///< one step of one call at a time
};

}  // namespace fieldnode::office
