#include "node/web/blob_download.h"

#include <fmt/format.h>

#include <algorithm>

#include "node/blobs/blob_name.h"
#include "node/net/byte_range.h"

namespace fieldnode::web {
namespace {

class BlobPart final : public net::BodySource {
 public:
  BlobPart(blobs::BlobStore& store, blobs::BlobRow row, net::ByteRange range)
      : store_(store), row_(std::move(row)), range_(range), next_(range.from) {}

  [[nodiscard]] std::uint64_t size() const override { return range_.count; }

  [[nodiscard]] std::string next() override {
    // To the end of a frame, so that none is opened twice.
    auto const in_frame = blobs::kFrameBytes - next_ % blobs::kFrameBytes;
    auto const left = range_.from + range_.count - next_;
    auto const bytes = store_.read(row_, next_, std::min(in_frame, left));
    if (!bytes) return {};
    next_ += bytes->size();
    return std::string(text_of(*bytes));
  }

 private:
  blobs::BlobStore& store_;
  blobs::BlobRow row_;
  net::ByteRange range_;
  std::uint64_t next_;
};

std::string tag_of(blobs::BlobRow const& row) { return '"' + to_hex(row.address.value_or(Hash{})) + '"'; }

net::AskedRange range_of(net::HttpRequest const& request, blobs::BlobRow const& row) {
  auto const only_if = request.header("If-Range");
  bool const same = only_if.empty() || only_if == tag_of(row);
  return net::read_range(same ? request.header("Range") : std::string_view(), row.size);
}

}  // namespace

net::HttpResponse blob_answer(net::HttpRequest const& request, blobs::BlobStore& store, blobs::BlobRow const& row,
                              std::string_view name) {
  auto const [asked, range] = range_of(request, row);
  if (asked == net::RangeAsked::kNone) {
    return net::error_response(416, "no_such_part",
                               {.zh = "该附件没有这一部分。", .en = "The attachment has no such part."})
        .with("Content-Range", fmt::format("bytes */{}", row.size));
  }
  auto response = net::download_response(std::string(blobs::media_type_of(row.media)), blobs::harmless_name(name),
                                         std::make_shared<BlobPart>(store, row, range))
                      .with("Accept-Ranges", "bytes")
                      .with("ETag", tag_of(row))
                      .with("Cache-Control", "private, no-store");
  if (asked == net::RangeAsked::kWhole) return response;
  response.status = 206;
  return std::move(response).with("Content-Range",
                                  fmt::format("bytes {}-{}/{}", range.from, range.from + range.count - 1, row.size));
}

}  // namespace fieldnode::web
