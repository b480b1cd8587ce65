#pragma once

#include <string>

#include "node/net/http.h"
#include "sync/base/bytes.h"

/// Files of evidence on their way out, the same at both ends. Source: EVIDENCE.md.
namespace fieldnode::web {

inline constexpr std::string_view kEvidenceMediaType = "application/x-fieldnode-evidence";

/// Evidence of one case. `number`: as printed.
struct EvidenceFile {
  std::string number;
  Bytes bytes;
};

/// A file for the disk, named by the case's number.
[[nodiscard]] net::HttpResponse evidence_answer(EvidenceFile const& file);

}  // namespace fieldnode::web
