#pragma once

#include <optional>

#include "node/web/act_form.h"
#include "tests/sim/fault.h"
#include "tests/sim/sim_office.h"

namespace fieldnode::sim {

/// What somebody at an office wants to do.
struct WantedAct {
  AssignmentId assignment{};
  web::ActForm form;
  office::Clerk clerk;
};

/// The staff of one office: they mostly do what comes next, sometimes something else, and sometimes what is wrong.
class Clerks {
 public:
  /// `house`: what their acts are called by.
  Clerks(Random& chance, Faults& faults, std::string house)
      : chance_(chance), faults_(faults), house_(std::move(house)) {}

  /// Nothing when there is no work.
  [[nodiscard]] std::optional<WantedAct> draw(SimOffice& office);

 private:
  [[nodiscard]] web::ActForm draw_form(rules::AssignmentState const& state);
  [[nodiscard]] web::ActForm next_step(rules::AssignmentState const& state);
  [[nodiscard]] web::ActForm aside_step(rules::AssignmentState const& state);
  [[nodiscard]] web::ActForm say(rules::EntryKind kind, rules::Payload payload, wire::TextTag tag, std::string text);
  [[nodiscard]] web::ActForm contact(rules::ContactOutcome outcome);
  [[nodiscard]] web::ActForm resolution(bool unreachable);
  [[nodiscard]] web::ActForm correction(rules::AssignmentState const& state);
  [[nodiscard]] bool one_in(std::uint64_t many) { return chance_.below(many) == 0; }

  Random& chance_;
  Faults& faults_;
  std::string house_;
  std::uint64_t made_{0};
};

}  // namespace fieldnode::sim
