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
/// An office that was away is told of what is pressing first.
[[nodiscard]] CrashTale tale_of_previews(CrashCity const& city);
/// What a stick carries, at either end. Shape: a city whose keys agree, one that signs with Ed25519.
[[nodiscard]] CrashTale tale_of_bundle_at_office(CrashCity const& city);
[[nodiscard]] CrashTale tale_of_bundle_at_centre(CrashCity const& city);
/// A file that an entry names comes in parts, from the centre or from the office.
[[nodiscard]] CrashTale tale_of_attachment_at_office(CrashCity const& city);
[[nodiscard]] CrashTale tale_of_attachment_at_centre(CrashCity const& city);
/// A running office is copied into a file beside it.
[[nodiscard]] CrashTale tale_of_backup(CrashCity const& city);
/// A data directory is made out of a sealed backup.
[[nodiscard]] CrashTale tale_of_restore(CrashCity const& city);

}  // namespace fieldnode::sim
