#include "node/central/node_desk.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "sync/base/check.h"
#include "sync/wire/fingerprint.h"

namespace fieldnode::central {
namespace {

Refusal unknown_fingerprint(std::string_view fingerprint) {
  return refuse("unknown_fingerprint",
                fmt::format("No program that asked to be enrolled has the fingerprint {}. If the office reads it out "
                            "like this from its own screen, its request has not come; if another one waits for the "
                            "same unit, that is NOT the office's: refuse it, and issue a new code.",
                            fingerprint));
}

Refusal refused_before() {
  return refuse("node_refused", "This program was refused; enrol it with a new code if that was a mistake.");
}

Refusal revoked_before() {
  return refuse("node_revoked", "This node was revoked or replaced; enrol it again with a new code.");
}

}  // namespace

std::vector<UnitNode> NodeDesk::list() {
  std::map<UnitId, UnitRecord> units;
  for (auto& overview : store_.units()) units.emplace(overview.unit.id, std::move(overview.unit));
  std::vector<UnitNode> nodes;
  for (auto& node : store_.nodes()) {
    auto const unit = units.find(node.unit);
    if (unit == units.end()) continue;  // added between both readings; the next look shows it
    auto fingerprint = wire::node_fingerprint(node.public_key);
    nodes.push_back({unit->second, std::move(node), std::move(fingerprint)});
  }
  return nodes;
}

Result<UnitNode> NodeDesk::confirm(StaffId who, std::string_view fingerprint, UtcTime now) {
  auto const found = with_fingerprint(fingerprint);
  if (!found) return found.error();
  return with_node(*found, [&](UnitWork& work, NodeRecord const& node) -> Result<void> {
    switch (node.standing()) {
      case NodeStanding::kServing:
        return {};
      case NodeStanding::kRefused:
        return refused_before();
      case NodeStanding::kRevoked:
        return revoked_before();
      case NodeStanding::kWaiting:
        break;
    }
    auto const before = work.find_node(work.unit().node);
    if (before && before->standing() == NodeStanding::kServing) {
      if (auto const noted = kept_.note_revoked({before->public_key, now}); !noted) return noted;
    }
    work.confirm_node(node, now, who);
    return {};
  });
}

Result<UnitNode> NodeDesk::refuse_node(StaffId who, std::string_view fingerprint, UtcTime now) {
  auto const found = with_fingerprint(fingerprint);
  if (!found) return found.error();
  return with_node(*found, [&](UnitWork& work, NodeRecord const& node) -> Result<void> {
    if (node.standing() == NodeStanding::kRefused) return {};
    if (node.standing() != NodeStanding::kWaiting) {
      return refuse("node_in_service", "This node was confirmed already; to end its service, revoke it.");
    }
    work.end_node(node.id, {now, who, "not the office's own program"});
    return {};
  });
}

Result<UnitNode> NodeDesk::revoke(StaffId who, NodeId node, std::string_view unit_code, std::string_view why,
                                  UtcTime now) {
  auto const all = list();
  auto const found = std::ranges::find_if(all, [&](UnitNode const& one) { return one.node.id == node; });
  if (found == all.end()) {
    return refuse("no_such_node",
                  fmt::format("There is no node {}; `fieldnode-central node list` shows them all.", node.value));
  }
  if (found->unit.code != unit_code) {
    return refuse("wrong_unit", fmt::format("Node {} is the one of unit {}, not of {}: nothing was revoked. Type the "
                                            "code of the unit that loses its node.",
                                            node.value, found->unit.code, unit_code));
  }
  return with_node(*found, [&](UnitWork& work, NodeRecord const& record) -> Result<void> {
    if (record.standing() != NodeStanding::kServing) {
      return refuse("node_not_in_service", fmt::format("Node {} is not in service.", record.id.value));
    }
    if (auto const noted = kept_.note_revoked({record.public_key, now}); !noted) return noted;
    work.end_node(record.id, {now, who, std::string(why)});
    return {};
  });
}

/// A node that was enrolled with the same key afterwards was confirmed by a person who knew.
Result<void> NodeDesk::reapply() {
  auto const revoked = kept_.revoked();
  if (!revoked) return revoked.error();
  for (auto const& node : store_.nodes()) {
    if (node.revoked_at) continue;
    auto const said = std::ranges::find_if(
        *revoked, [&](RevokedKey const& one) { return one.key == node.public_key && one.at >= node.enrolled_at; });
    if (said == revoked->end()) continue;
    auto const done = store_.with_unit(node.unit, [&](UnitWork& work) -> Result<void> {
      work.end_node(node.id, {said->at, StaffId{}, "revoked before the centre was restored from a backup"});
      return {};
    });
    if (!done) return done;
  }
  return {};
}

Result<UnitNode> NodeDesk::with_node(UnitNode const& found, Step const& step) {
  UnitNode after = found;
  auto const done = store_.with_unit(found.unit.id, [&](UnitWork& work) -> Result<void> {
    auto const node = work.find_node(found.node.id);
    check(node.has_value(), "a node does not vanish");
    if (auto const stepped = step(work, *node); !stepped) return stepped;
    after.node = work.find_node(node->id).value_or(*node);
    return {};
  });
  if (!done) return done.error();
  return after;
}

/// Of several the last: a machine that was enrolled anew without its old key file has another fingerprint anyway.
Result<UnitNode> NodeDesk::with_fingerprint(std::string_view typed) {
  auto const fingerprint = wire::read_fingerprint(typed);
  if (!fingerprint) return fingerprint.error();
  auto all = list();
  for (auto node = all.rbegin(); node != all.rend(); ++node) {
    if (node->fingerprint == *fingerprint) return std::move(*node);
  }
  return unknown_fingerprint(*fingerprint);
}

}  // namespace fieldnode::central
