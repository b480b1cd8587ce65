#include "sync/engine/evidence_verdicts.h"

#include <algorithm>
#include <limits>

#include "sync/engine/evidence_witness.h"
#include "sync/wire/carried_act.h"

namespace fieldnode::engine {
namespace {

rules::EpochOrder order_of(std::vector<ListInFile> const& lists) {
  std::vector<rules::EpochOrder::Run> runs;
  for (auto const& list : lists) {
    runs.push_back({list.name().epoch, list.front->run_end.value_or(std::numeric_limits<std::uint64_t>::max())});
  }
  return rules::EpochOrder(std::move(runs));
}

std::vector<rules::Placed> placed_in(std::vector<ListInFile> const& lists) {
  std::vector<rules::Placed> placed;
  for (auto const& list : lists) {
    for (auto const& entry : list.shown) placed.push_back({{list.name().epoch, entry.seq}, entry.skeleton});
  }
  return placed;
}

std::string text_in(ShownEntry const& entry, wire::TextTag tag) {
  if (entry.entry->body.form != wire::PartForm::kSalted) return {};
  auto const body = wire::decode_body(entry.entry->body.bytes);
  return body ? body->text(tag) : std::string();
}

std::string number_of(UnitInFile const& unit, rules::AssignmentState const& state) {
  auto const* const feed = unit.find(wire::ListKind::kFeed, state.dispatched_by.epoch);
  if (feed == nullptr) return {};
  auto const dispatch = std::ranges::find(feed->shown, state.dispatched_by.seq, &ShownEntry::seq);
  return dispatch == feed->shown.end() ? std::string() : text_in(*dispatch, wire::TextTag::kNumber);
}

bool brings_rules(rules::EntryKind kind) {
  return kind == rules::EntryKind::kPolicy || kind == rules::EntryKind::kCalendar;
}

/// By which rules the unit counted, as the ends themselves lay them over one another.
rules::RuleShelf shelf_of(UnitInFile const& unit, rules::EpochOrder const& feeds, rules::RuleBook const& built_in,
                          EvidenceFaults& faults) {
  rules::RuleShelf shelf(std::make_shared<rules::RuleBook const>(built_in), feeds);
  for (auto const& list : unit.feeds) {
    for (auto const& entry : list.shown) {
      Position const at{list.name().epoch, entry.seq};
      if (!brings_rules(entry.skeleton.kind) || !feeds.holds(at)) continue;
      auto const name = name_of(list.name(), entry.seq);
      auto const edition = rules::read_edition(entry.skeleton.kind, text_in(entry, wire::TextTag::kDocument), name.en);
      if (edition) {
        shelf.add(at, std::make_shared<rules::RuleBook const>(rules::revised(*shelf.current(), *edition)));
      } else {
        // The ends themselves pass over a text that they cannot read; a newer program may judge otherwise.
        faults.note("rules_unreadable",
                    {name.zh + "的政策或日历本程序不能读取，未予采用。",
                     name.en + " brings rules that this program cannot read: " + edition.error().sentence});
      }
    }
  }
  return shelf;
}

}  // namespace

std::vector<EvidenceFinding> judge_case(UnitInFile const& unit, rules::RuleBook const& built_in,
                                        EvidenceFaults& faults) {
  auto const feeds = order_of(unit.feeds);
  auto feed = placed_in(unit.feeds);
  std::erase_if(feed, [&](rules::Placed const& entry) { return !feeds.holds(entry.at); });
  auto acts = placed_in(unit.journals);
  wire::add_carried(feed, acts);
  auto state = rules::replay(feed, acts, order_of(unit.journals));
  auto const shelf = shelf_of(unit, feeds, built_in, faults);
  EvidenceWitness witness(unit);
  std::vector<EvidenceFinding> findings;
  for (auto const id : unit.front->assignments) {
    auto const found = state.assignments.find(id);
    if (found == state.assignments.end()) {
      faults.add("assignment_missing", unit.part,
                 {"交办 " + std::to_string(id.value) + " 没有任何条目。",
                  "There is no entry on assignment " + std::to_string(id.value) + "."});
      continue;
    }
    auto verdicts = rules::verdicts_of(found->second, state, shelf, witness);
    auto number = number_of(unit, found->second);
    findings.push_back({unit.front->id, std::move(number), std::move(found->second), std::move(verdicts)});
  }
  return findings;
}

}  // namespace fieldnode::engine
