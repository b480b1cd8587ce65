#include "sync/wire/carried_act.h"

#include <algorithm>

#include "sync/rules/adoption.h"
#include "sync/wire/entry.h"

namespace fieldnode::wire {

std::optional<rules::Placed> carried_act(rules::Skeleton const& entry) {
  auto const* const adopt = std::get_if<rules::Adopt>(&entry.payload);
  if (adopt == nullptr || adopt->carried.empty()) return std::nullopt;
  auto skeleton = decode_skeleton(adopt->carried);
  bool const is_readable = skeleton && rules::is_act(skeleton->kind) &&
                           !std::holds_alternative<rules::UnknownPayload>(skeleton->payload) && skeleton->assignment &&
                           skeleton->assignment == entry.assignment;
  if (!is_readable) return std::nullopt;
  skeleton->time = rules::adopted_time(skeleton->time, adopt->held_at);
  return rules::Placed{adopt->act, *std::move(skeleton)};
}

void add_carried(std::span<rules::Placed const> feed, std::vector<rules::Placed>& acts) {
  for (auto const& entry : feed) {
    auto act = carried_act(entry.skeleton);
    if (!act) continue;
    bool const is_there = std::ranges::find(acts, act->at, &rules::Placed::at) != acts.end();
    if (!is_there) acts.push_back(*std::move(act));
  }
}

}  // namespace fieldnode::wire
