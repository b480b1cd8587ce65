#include "tests/sim/fault.h"

#include <algorithm>
#include <vector>

namespace fieldnode::sim {
namespace {

constexpr std::array<std::string_view, kFaultCount> kNames{"request_lost",
                                                           "reply_lost",
                                                           "request_doubled",
                                                           "old_request_replayed",
                                                           "old_reply_replayed",
                                                           "reply_overtaken",
                                                           "request_cut",
                                                           "reply_cut",
                                                           "request_changed",
                                                           "reply_changed",
                                                           "half_open",
                                                           "thin_link",
                                                           "long_round_trip",
                                                           "held_by_centre",
                                                           "captive_portal",
                                                           "login_redirect",
                                                           "rogue_ca",
                                                           "certificate_expired",
                                                           "server_error",
                                                           "too_many_requests",
                                                           "too_large",
                                                           "unauthorized",
                                                           "centre_busy",
                                                           "paused_in_exchange",
                                                           "slept_in_exchange",
                                                           "link_down",
                                                           "long_offline",
                                                           "urgent_preview",
                                                           "wall_forward",
                                                           "wall_back",
                                                           "wall_years",
                                                           "dead_rtc_1970",
                                                           "dead_rtc_build_date",
                                                           "jump_while_off",
                                                           "power_off_gap",
                                                           "drift",
                                                           "suspend",
                                                           "machine_paused",
                                                           "year_end",
                                                           "centre_clock_unvouched",
                                                           "centre_clock_jump",
                                                           "centre_clock_wrong",
                                                           "rules_published_late",
                                                           "process_killed",
                                                           "power_cut",
                                                           "power_flickers",
                                                           "crash_at_disk_call",
                                                           "writes_lost",
                                                           "writes_torn",
                                                           "writes_reordered",
                                                           "disk_full",
                                                           "disk_freed",
                                                           "sync_fails",
                                                           "read_fails",
                                                           "centre_killed",
                                                           "centre_power_cut",
                                                           "centre_disk_fails",
                                                           "centre_down",
                                                           "node_restored",
                                                           "node_copied",
                                                           "node_replaced",
                                                           "centre_restored",
                                                           "double_click",
                                                           "browser_killed",
                                                           "second_station",
                                                           "act_id_reused",
                                                           "operator_double_click",
                                                           "taken_back_meanwhile",
                                                           "return_and_extension",
                                                           "resolved_during_return",
                                                           "redacted"};

}  // namespace

std::string_view name_of(Fault fault) { return kNames[static_cast<std::size_t>(fault)]; }

std::optional<Fault> fault_named(std::string_view name) {
  auto const found = std::ranges::find(kNames, name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<Fault>(found - kNames.begin());
}

FaultSet every_fault() { return FaultSet().set(); }

FaultSet drawn_faults(FaultSet const& from, Random& random) {
  FaultSet drawn;
  for (std::size_t i = 0; i < kFaultCount; ++i) drawn.set(i, from.test(i) && random.below(2) == 0);
  return drawn;
}

bool Faults::strikes(Fault fault, Random& chance, std::uint64_t one_in) {
  if (!is_on(fault) || chance.below(one_in) != 0) return false;
  note(fault);
  return true;
}

std::optional<Fault> Faults::draw(std::span<Fault const> among, Random& chance) const {
  std::vector<Fault> on;
  for (auto const fault : among) {
    if (is_on(fault)) on.push_back(fault);
  }
  if (on.empty()) return std::nullopt;
  return on[chance.below(on.size())];
}

}  // namespace fieldnode::sim
