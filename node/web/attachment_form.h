#pragma once

#include <boost/json/array.hpp>

#include "node/web/json_form.h"
#include "sync/wire/entry.h"

/// Attachments as forms name them and pages show them.
namespace fieldnode::web {

/// R2: "identity", "contact", "handling"; empty for a class of a newer program.
[[nodiscard]] std::string_view attachment_class_word(std::uint8_t attachment_class);

/// [{"address","name","class"}] under "attachments"; nothing where the form has none. Sizes are not asked: whoever
/// holds the content knows them. Faults are the form's.
[[nodiscard]] std::vector<wire::BlobRef> read_attachments(JsonForm& form);

/// [{"address","name","size","class"}].
[[nodiscard]] boost::json::array attachments_view(std::vector<wire::BlobRef> const& blobs);

}  // namespace fieldnode::web
