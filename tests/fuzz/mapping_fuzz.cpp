#include "node/central/import/mapping.h"
#include "sync/base/bytes.h"
#include "sync/base/check.h"

using namespace fieldnode;

/// What is read as a mapping says who the source is and when a case began, and finds its columns in a file that has
/// them.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const mapping = central::parse_mapping(text_of({data, size}), "fuzz.toml");
  if (!mapping) {
    check(!mapping.error().sentence.empty(), "a refusal without a sentence");
    return 0;
  }
  check(!mapping->source.empty() && mapping->external_id.is_mapped() && mapping->opened_at.is_mapped(),
        "a mapping without source, id or time was read");
  check(!mapping->time_formats.empty(), "a mapping without a time format was read");
  auto const bound = central::bind_columns(*mapping, {mapping->external_id.name});
  if (bound) check(bound->external_id.index == 0, "a column stands where it does not");
  return 0;
}
