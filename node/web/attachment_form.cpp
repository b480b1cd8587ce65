#include "node/web/attachment_form.h"

#include <boost/json/object.hpp>

#include <algorithm>
#include <array>

#include "node/blobs/blob_name.h"
#include "node/blobs/blob_state.h"

namespace fieldnode::web {
namespace {

constexpr std::array<std::string_view, 3> kClasses{"identity", "contact", "handling"};
/// A policy allows 50 at most.
constexpr std::size_t kAttachmentsMost = 50;

std::optional<std::uint8_t> read_class(std::string_view word) {
  auto const found = std::ranges::find(kClasses, word);
  if (found == kClasses.end()) return std::nullopt;
  return static_cast<std::uint8_t>(found - kClasses.begin() + 1);
}

wire::BlobRef read_one(JsonForm& form) {
  wire::BlobRef blob;
  auto const address = blobs::read_address(form.text("address", 64));
  if (!address) form.fault("address", "is not 64 hexadecimal digits");
  blob.address = address.value_or(Hash{});
  blob.name = form.text("name", 4 * blobs::kBlobNameMaxBytes);
  blob.attachment_class = form.word<std::uint8_t>("class", read_class);
  return blob;
}

}  // namespace

std::string_view attachment_class_word(std::uint8_t attachment_class) {
  auto const known = attachment_class >= 1 && attachment_class <= kClasses.size();
  return known ? kClasses[attachment_class - 1U] : std::string_view();
}

std::vector<wire::BlobRef> read_attachments(JsonForm& form) {
  std::vector<wire::BlobRef> blobs;
  if (!form.has("attachments")) return blobs;
  for (auto& inner : form.list("attachments", kAttachmentsMost)) {
    blobs.push_back(read_one(inner));
    form.adopt(inner.finish());
  }
  return blobs;
}

boost::json::array attachments_view(std::vector<wire::BlobRef> const& blobs) {
  boost::json::array views;
  for (auto const& blob : blobs) {
    views.push_back(boost::json::object{{"address", to_hex(blob.address)},
                                        {"name", blobs::harmless_name(blob.name)},
                                        {"size", blob.size},
                                        {"class", attachment_class_word(blob.attachment_class)}});
  }
  return views;
}

}  // namespace fieldnode::web
