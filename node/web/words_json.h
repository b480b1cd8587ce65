#pragma once

#include <optional>
#include <string_view>

#include "sync/rules/assignment.h"
#include "sync/rules/clocks.h"
#include "sync/rules/verdict.h"
#include "sync/rules/words.h"
#include "sync/wire/entry.h"

/// The words by which the JSON API names the closed vocabularies; the same table in both directions.
namespace fieldnode::web {

/// Empty for a value of a newer version.
[[nodiscard]] std::string_view word_of(rules::EntryKind kind);
[[nodiscard]] std::string_view word_of(rules::Category category);
[[nodiscard]] std::string_view word_of(rules::CaseKind kind);
[[nodiscard]] std::string_view word_of(rules::ClockKind kind);
[[nodiscard]] std::string_view word_of(rules::Channel channel);
[[nodiscard]] std::string_view word_of(rules::ContactOutcome outcome);
[[nodiscard]] std::string_view word_of(rules::Degree degree);
[[nodiscard]] std::string_view word_of(rules::ReturnReason reason);
[[nodiscard]] std::string_view word_of(rules::ExtensionGround ground);
[[nodiscard]] std::string_view word_of(rules::SupervisionGround ground);
[[nodiscard]] std::string_view word_of(rules::ClockClass clock_class);
[[nodiscard]] std::string_view word_of(rules::AnomalyKind anomaly);
[[nodiscard]] std::string_view word_of(rules::StaffRole role);
[[nodiscard]] std::string_view word_of(rules::Stage stage);
[[nodiscard]] std::string_view word_of(rules::Standing standing);
[[nodiscard]] std::string_view word_of(rules::ClockState state);
[[nodiscard]] std::string_view word_of(rules::LimitSource source);
[[nodiscard]] std::string_view word_of(rules::Certainty certainty);
[[nodiscard]] std::string_view word_of(rules::Verdict verdict);
[[nodiscard]] std::string_view word_of(rules::OutageCause cause);
[[nodiscard]] std::string_view word_of(rules::OutageView view);
[[nodiscard]] std::string_view word_of(rules::VetoMove move);
[[nodiscard]] std::string_view word_of(rules::ClockTrust trust);
[[nodiscard]] std::string_view word_of(wire::TextTag tag);

/// Nothing for a word that is not in the table.
template <class Word>
[[nodiscard]] std::optional<Word> read_word(std::string_view word);

}  // namespace fieldnode::web
