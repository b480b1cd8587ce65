#include "sync/engine/evidence_counts.h"

#include <fmt/format.h>

#include <algorithm>
#include <ranges>

namespace fieldnode::engine {
namespace {

BothLanguages subject_of(AssignmentId id) {
  if (!id) return {"整个单位", "the unit as a whole"};
  return {fmt::format("交办 {}", id.value), fmt::format("assignment {}", id.value)};
}

class UnitCounts {
 public:
  UnitCounts(UnitInFile const& unit, EvidenceFile const& file, EvidenceFaults& faults)
      : unit_(unit), file_(file), faults_(faults) {}

  void run() {
    for (auto const* const lists : {&unit_.feeds, &unit_.journals}) {
      for (auto const& list : *lists) {
        for (auto const& entry : list.shown) check_subject(list, entry);
      }
      check_numbers(*lists, AssignmentId{});
      for (auto const id : unit_.front->assignments) check_numbers(*lists, id);
    }
    for (auto const id : unit_.front->assignments) check_export(id);
  }

 private:
  using Lists = std::vector<ListInFile>;

  void check_subject(ListInFile const& list, ShownEntry const& entry) {
    auto const id = entry.skeleton.assignment;
    bool const ours = !id || std::ranges::find(unit_.front->assignments, id) != unit_.front->assignments.end();
    auto const at = name_of(list.name(), entry.seq);
    if (!ours) {
      return faults_.add("foreign_entry", entry.part,
                         {fmt::format("{}属于交办 {}，不是本件的。", at.zh, id.value),
                          fmt::format("{} is about assignment {}, which is none of this case.", at.en, id.value)});
    }
    auto const* const dispatch = std::get_if<rules::Dispatch>(&entry.skeleton.payload);
    if (dispatch == nullptr || dispatch->case_id == file_.front->case_id) return;
    faults_.add("other_case", entry.part,
                {fmt::format("{}交办的是诉求 {}，不是本件。", at.zh, dispatch->case_id.value),
                 fmt::format("{} dispatches case {}, not this one.", at.en, dispatch->case_id.value)});
  }

  /// A later list goes on where its parent ended, which need not be where an earlier one ends, or begins anew.
  void check_numbers(Lists const& lists, AssignmentId id) {
    std::uint64_t last = 0;
    std::uint64_t last_in_run = 0;
    for (auto const& list : lists) {
      bool first = true;
      for (auto const& entry : list.shown) {
        if (entry.skeleton.assignment != id) continue;
        auto const number = entry.skeleton.number;
        bool const fits = first ? number == 1 || number == last + 1 || number == last_in_run + 1 : number == last + 1;
        if (!fits) tell_gap(list, entry, last);
        first = false;
        last = number;
        if (!list.front->run_end || entry.seq <= *list.front->run_end) last_in_run = number;
      }
    }
  }

  void tell_gap(ListInFile const& list, ShownEntry const& entry, std::uint64_t last) {
    auto const at = name_of(list.name(), entry.seq);
    auto const of = subject_of(entry.skeleton.assignment);
    faults_.add("number_gap", entry.part,
                {fmt::format("{}是{}的第 {} 条，但前一条是第 {} 条：中间有条目未出示。", at.zh, of.zh,
                             entry.skeleton.number, last),
                 fmt::format("{} is number {} of {}, but the one before is number {}: entries between are not shown.",
                             at.en, entry.skeleton.number, of.en, last)});
  }

  /// The maker's own entry on the assignment in the newest list that it writes.
  void check_export(AssignmentId id) {
    bool const office = file_.front->side == wire::EvidenceSide::kOffice;
    auto const& own = office ? unit_.journals : unit_.feeds;
    auto const* const left = own.empty() ? nullptr : last_export(own.back(), id);
    if (left == nullptr) {
      auto const of = subject_of(id);
      return faults_.add("export_missing", unit_.part,
                         {"缺少导出时为" + of.zh + "留下的条目，不能确认条目是否齐全。",
                          "The entry that an export leaves on " + of.en +
                              " is missing: nobody can tell whether all is "
                              "there."});
    }
    auto const& said = std::get<rules::EvidenceExport>(left->skeleton.payload);
    compare(own.back(), *left, id, said.counts);
    compare(own.back(), *left, {}, said.of_unit);
  }

  static ShownEntry const* last_export(ListInFile const& list, AssignmentId id) {
    for (auto const& entry : list.shown | std::views::reverse) {
      bool const is_export = std::holds_alternative<rules::EvidenceExport>(entry.skeleton.payload);
      if (is_export && entry.skeleton.assignment == id) return &entry;
    }
    return nullptr;
  }

  /// In the maker's own list as far as its entry, in all others to their ends in the file.
  void compare(ListInFile const& own, ShownEntry const& left, AssignmentId id,
               std::vector<rules::ListCount> const& said) {
    std::uint64_t in_lists = 0;
    for (auto const* const lists : {&unit_.feeds, &unit_.journals}) {
      for (auto const& list : *lists) {
        auto const before = &list == &own ? left.seq : list.seq() + 1;
        auto const found = static_cast<std::uint64_t>(std::ranges::count_if(
            list.shown, [&](auto const& entry) { return entry.skeleton.assignment == id && entry.seq < before; }));
        auto const told = count_in(said, list.name());
        if (told > 0) ++in_lists;
        if (found != told) tell_count(list, left, id, told, found);
      }
    }
    if (in_lists != said.size()) tell_other_list(own, left, id);
  }

  static std::uint64_t count_in(std::vector<rules::ListCount> const& said, wire::ListName const& list) {
    bool const journal = list.kind == wire::ListKind::kJournal;
    auto const found = std::ranges::find_if(
        said, [&](auto const& count) { return count.journal == journal && count.epoch == list.epoch; });
    return found == said.end() ? 0 : found->entries;
  }

  void tell_count(ListInFile const& list, ShownEntry const& left, AssignmentId id, std::uint64_t told,
                  std::uint64_t found) {
    auto const name = name_of(list.name());
    auto const of = subject_of(id);
    faults_.add("count_differs", left.part,
                {fmt::format("导出时{}中关于{}有 {} 条，文件出示了 {} 条。", name.zh, of.zh, told, found),
                 fmt::format("When it was exported, {} had {} entries on {}; the file shows {}.", name.en, told, of.en,
                             found)});
  }

  void tell_other_list(ListInFile const& own, ShownEntry const& left, AssignmentId id) {
    auto const at = name_of(own.name(), left.seq);
    auto const of = subject_of(id);
    faults_.add("count_differs", left.part,
                {at.zh + "提到了关于" + of.zh + "的另一份列表，文件中没有。",
                 at.en + " counts entries on " + of.en + " in a list that the file does not have."});
  }

  UnitInFile const& unit_;
  EvidenceFile const& file_;
  EvidenceFaults& faults_;
};

}  // namespace

void check_counts(UnitInFile const& unit, EvidenceFile const& file, EvidenceFaults& faults) {
  UnitCounts(unit, file, faults).run();
}

}  // namespace fieldnode::engine
