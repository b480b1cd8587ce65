#pragma once

#include "tests/sim/crash/crash_story.h"

namespace fieldnode::sim {

/// Three acts of a clerk.
[[nodiscard]] CrashTale tale_of_acts(CrashCity const& city);
/// The office takes in what an exchange brought; the centre has power.
[[nodiscard]] CrashTale tale_of_settling(CrashCity const& city);
/// The centre judges acts, its feed grows, it keeps its receipt; the office has power.
[[nodiscard]] CrashTale tale_of_admission(CrashCity const& city);
/// A case is taken in and dispatched, and operators decide.
[[nodiscard]] CrashTale tale_of_desks(CrashCity const& city);
/// A database of the first released program is opened by this one.
[[nodiscard]] CrashTale tale_of_old_office(CrashCity const& city);
[[nodiscard]] CrashTale tale_of_old_centre(CrashCity const& city);
/// A running office is copied into a file beside it.
[[nodiscard]] CrashTale tale_of_backup(CrashCity const& city);

}  // namespace fieldnode::sim
