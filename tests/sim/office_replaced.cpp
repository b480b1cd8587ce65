/// A machine that is given up, and the node that takes over its unit while nobody switches the old one off.
#include <fmt/format.h>

#include "sync/wire/node_statement.h"
#include "tests/sim/office_life.h"

namespace fieldnode::sim {

using namespace std::chrono_literals;

/// From now on nothing befalls it but its line. Not while a copy of it runs: that would be a third machine.
void OfficeLife::give_up() {
  if (has_copy()) return;
  is_given_up_ = true;
  city_.timeline.after(between(60, 12 * 3600), [this] { enrol_successor(); });
}

/// A centre whose disk fails may have enrolled the node all the same: the same one is offered until it is said.
void OfficeLife::enrol_successor() {
  if (successor_) return;
  SeededRandom drawn(stream_of(seed_, 60));
  auto const keys = city_.ground.suite.make_keys(drawn);
  auto const identity = successor_identity(keys.public_key, Epoch{drawn.bits64() | 1});
  auto& centre = city_.centre;
  bool const enrolled =
      centre.runs() && centre.enrol(identity.unit, identity.node, keys.public_key, identity.journal_epoch).has_value();
  if (!enrolled) return city_.timeline.after(1h, [this] { enrol_successor(); });
  city_.faults.note(Fault::kNodeReplaced);
  say(fmt::format("node {} takes over", identity.node.value));
  city_.oracle.replaced(machine_, centre);
  successor_ = std::make_unique<OfficeLife>(city_, identity, keys, stream_of(seed_, 61), house_ + "n");
  successor_->begin();
  if (city_.faults.stopped()) retire();
}

office::OfficeIdentity OfficeLife::successor_identity(crypto::PublicKey const& key, Epoch journal) {
  constexpr std::uint64_t kNodesMost = 64;  // of a city when it begins
  auto identity = machine_.identity();
  identity.node = NodeId{identity.node.value + kNodesMost};
  identity.journal_epoch = journal;
  auto& word = *identity.city_word;
  word.node = identity.node;
  word.journal_epoch = journal;
  word.enrolled_at = city_.timeline.truth();
  word.key = key;
  wire::sign_statement(word, city_.ground.suite, city_.centre.key().keys.secret_key);
  return identity;
}

/// Whoever reads it on the page goes and looks, some time.
void OfficeLife::hear_of_revocation() {
  if (!successor_ || std::exchange(end_planned_, true)) return;
  city_.timeline.after(between(600, 24 * 3600), [this] { retire(); });
}

void OfficeLife::retire() {
  if (is_over_) return;
  say(fmt::format("the revoked node {} is switched off", machine_.identity().node.value));
  is_over_ = true;
  busy_ = true;
  ++program_number_;
  if (machine_.runs()) machine_.cut_power();
}

}  // namespace fieldnode::sim
