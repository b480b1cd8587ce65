#include "node/central/figures_view.h"

#include "node/central/case_views.h"
#include "node/web/words_json.h"

namespace fieldnode::central {
namespace {

using boost::json::object;

template <class Word>
std::uint64_t count_of(std::map<Word, std::uint64_t> const& counts, Word word) {
  auto const found = counts.find(word);
  return found == counts.end() ? 0 : found->second;
}

}  // namespace

object figures_view(CityCounts const& counts) {
  object cases;
  for (auto const state : {CaseState::kNew, CaseState::kIncomplete, CaseState::kDispatched, CaseState::kClosed,
                           CaseState::kRefused, CaseState::kMerged}) {
    cases[word_of(state)] = count_of(counts.cases, state);
  }
  object refusals;
  for (auto code = rules::ReturnReason::kN1; code <= rules::ReturnReason::kN9;
       code = static_cast<rules::ReturnReason>(static_cast<int>(code) + 1)) {
    refusals[web::word_of(code)] = count_of(counts.refusals, code);
  }
  return {{"units", counts.units},
          {"cases", std::move(cases)},
          {"assignments", object{{"open", counts.assignments.open}, {"awaiting", counts.assignments.awaiting}}},
          {"refusals", std::move(refusals)}};
}

}  // namespace fieldnode::central
