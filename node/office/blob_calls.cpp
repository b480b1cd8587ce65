#include "node/office/blob_calls.h"

#include <fmt/format.h>

#include "node/office/https_transport.h"

namespace fieldnode::office {
namespace {

/// With the last part the centre reads the whole file from its disk before it answers.
constexpr Milliseconds kJudgingMost = std::chrono::minutes(2);

Refusal refusal_of(net::CallFailure const& failure) {
  if (auto said = refusal_within(failure)) return *std::move(said);
  return {failure.code, failure.sentence};
}

net::CallOptions options_for(std::string_view answer_type) {
  net::CallOptions options;
  options.answer_type = answer_type;
  options.body_type = blobs::kBlobPartType;
  options.wait = kJudgingMost;
  return options;
}

}  // namespace

std::shared_ptr<net::HttpsClient> BlobCalls::client() const {
  std::lock_guard const lock(mutex_);
  return client_;
}

void BlobCalls::use(std::shared_ptr<net::HttpsClient> client) {
  std::lock_guard const lock(mutex_);
  if (is_shut_) client->shut();
  client_ = std::move(client);
}

void BlobCalls::shut() {
  std::lock_guard const lock(mutex_);
  is_shut_ = true;
  client_->shut();
}

Result<blobs::BlobState> BlobCalls::state(blobs::BlobKey const& key) {
  auto const answer = client()->get(blobs::blob_path(key) + "/state", options_for(blobs::kBlobStateType));
  if (!answer) return refusal_of(answer.error());
  return blobs::unpack_blob_state(answer->body);
}

Result<blobs::BlobState> BlobCalls::send(blobs::BlobKey const& key, std::uint64_t offset, BytesView part) {
  auto const path = fmt::format("{}?offset={}", blobs::blob_path(key), offset);
  auto const answer = client()->post(path, part, options_for(blobs::kBlobStateType));
  if (!answer) return refusal_of(answer.error());
  return blobs::unpack_blob_state(answer->body);
}

Result<Bytes> BlobCalls::fetch(blobs::BlobKey const& key, std::uint64_t offset, std::uint64_t most) {
  auto const path = fmt::format("{}?offset={}&most={}", blobs::blob_path(key), offset, most);
  auto answer = client()->get(path, options_for(blobs::kBlobPartType));
  if (!answer) return refusal_of(answer.error());
  if (answer->body.size() > most || answer->body.empty()) {
    return refuse("malformed_message", "The centre sent another part of a file than was asked for; nothing was kept.");
  }
  return std::move(answer->body);
}

}  // namespace fieldnode::office
