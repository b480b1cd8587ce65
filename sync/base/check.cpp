#include "sync/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace fieldnode {

void fail_check(std::string_view why, std::source_location where) {
  std::fprintf(stderr, "fieldnode: broken program: %.*s (%s:%u)\n", static_cast<int>(why.size()), why.data(),
               where.file_name(), static_cast<unsigned>(where.line()));
  std::abort();
}

}  // namespace fieldnode
