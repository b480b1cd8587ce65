#pragma once

#include <boost/json/value.hpp>

#include "sync/rules/verdict.h"

namespace fieldnode::web {

/// {"verdict","due","bracket":{"earliest"|null,"latest"|null},"trust","forgiven","ruled":{"in_time"}|null,
/// "act":{"epoch","seq"}|null}; null while nothing is judged. A bracket's end that nothing proves is null.
[[nodiscard]] boost::json::value verdict_view(rules::ClockVerdict const& verdict);

}  // namespace fieldnode::web
