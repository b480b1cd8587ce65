#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "sync/engine/evidence_check.h"

/// What a checked file of evidence is said to be, to people and to programs.
namespace fieldnode::office {

/// {"ok","case","made_by","made_at","program","city","units","assignments","notes","faults"}; a clock's verdict is that
/// of the API. Faults name part, offset and size in bytes, and say what is wrong in both languages.
[[nodiscard]] boost::json::object view_of(engine::EvidenceReport const& report);
[[nodiscard]] std::string text_of(engine::EvidenceReport const& report, bool chinese);

}  // namespace fieldnode::office
