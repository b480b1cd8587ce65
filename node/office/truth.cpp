#include "node/office/truth.h"

#include "sync/base/check.h"

namespace fieldnode::office {
namespace {

Truth reached(Delivery delivery) {
  switch (delivery) {
    case Delivery::kSaved:
      return Truth::kSaved;
    case Delivery::kDelivered:
      return Truth::kDelivered;
    case Delivery::kSettled:
      return Truth::kInForce;
    case Delivery::kAside:
      return Truth::kHandedOver;
  }
  return Truth::kSaved;
}

}  // namespace

Truth truth_of(rules::ActRecord const& act, Delivery delivery) {
  using rules::Standing;
  switch (act.standing) {
    case Standing::kRefused:
      return Truth::kRefused;
    case Standing::kConflict:
    case Standing::kSetAside:
      return delivery == Delivery::kSettled ? Truth::kAwaitingRuling : reached(delivery);
    case Standing::kVoid:
      // Void by the centre's word, or because the office itself corrected the contact that it rested on.
      return act.ruled_by.seq != 0 ? Truth::kRefused : reached(delivery);
    default:
      return reached(delivery);
  }
}

std::optional<Truth> truth_of(AssignmentRow const& row, Progress const& progress) {
  if (row.trouble == Trouble::kAwaitsRuling) return Truth::kAwaitingRuling;
  if (row.trouble == Trouble::kRefused) return Truth::kRefused;
  if (row.last_act == 0) return std::nullopt;
  if (row.last_act <= progress.settled) return Truth::kInForce;
  if (row.last_act <= progress.covered) return Truth::kDelivered;
  return row.last_act <= progress.aside ? Truth::kHandedOver : Truth::kSaved;
}

std::string_view word_of(Truth truth) {
  switch (truth) {
    case Truth::kSaved:
      return "saved";
    case Truth::kDelivered:
      return "delivered";
    case Truth::kInForce:
      return "in_force";
    case Truth::kRefused:
      return "refused";
    case Truth::kAwaitingRuling:
      return "awaiting_ruling";
    case Truth::kHandedOver:
      return "handed_over";
  }
  check(false, "a truth without a word");
  return {};
}

}  // namespace fieldnode::office
