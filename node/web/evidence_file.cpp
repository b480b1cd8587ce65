#include "node/web/evidence_file.h"

#include <algorithm>

namespace fieldnode::web {
namespace {

/// A number as printed may have a slash in it.
std::string file_name(std::string number) {
  std::ranges::replace(number, '/', '-');
  return "evidence-" + number + ".fnev";
}

}  // namespace

net::HttpResponse evidence_answer(EvidenceFile const& file) {
  return net::download_response(std::string(kEvidenceMediaType), file_name(file.number),
                                std::string(text_of(file.bytes)));
}

}  // namespace fieldnode::web
