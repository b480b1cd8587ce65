#include "node/web/bundle_parcel.h"

#include <boost/json/array.hpp>

#include "sync/base/check.h"

namespace fieldnode::web {

namespace json = boost::json;

json::object key_view(blobs::BlobKey const& key) {
  return {{"assignment", std::to_string(key.assignment.value)}, {"address", to_hex(key.address)}};
}

PartAsked part_in(JsonForm& form) {
  PartAsked asked{.key = {AssignmentId{form.id("assignment")}, {}}, .offset = 0, .most = 0};
  auto const address = blobs::read_address(form.text("address", 64));
  if (!address) form.fault("address", "must be 64 hexadecimal digits");
  asked.key.address = address.value_or(Hash{});
  asked.offset = count_in(form, "offset");
  asked.most = static_cast<std::uint64_t>(form.whole("most", 1, wire::kBundlePartMaxBytes));
  return asked;
}

Result<json::object> part_view(blobs::BlobStore& store, std::optional<blobs::BlobRow> const& row,
                               PartAsked const& asked) {
  auto content = row ? store.read(*row, asked.offset, asked.most) : Result<Bytes>(Bytes());
  if (!content) return content.error();
  if (content->empty()) return refuse("attachment_not_here", "The file is here no more.");
  wire::BundleFilePart const part{asked.key.assignment, asked.key.address, asked.offset, *std::move(content)};
  return json::object{{"part", to_hex(wire::encode_file_part(part))}};
}

json::object parcel_view(wire::BundleFileStates const& states, blobs::Parcel const& parcel) {
  json::array pieces;
  for (auto const& piece : parcel.pieces) {
    auto view = key_view(piece.key);
    view["from"] = piece.from;
    view["upto"] = piece.upto;
    pieces.push_back(std::move(view));
  }
  return {{"states", to_hex(wire::encode_file_states(states))}, {"pieces", std::move(pieces)}, {"left", parcel.left}};
}

std::vector<blobs::FilePiece> pieces_at(json::object const& answer) {
  std::vector<blobs::FilePiece> pieces;
  for (auto const& value : answer.at("pieces").as_array()) {
    auto const& piece = value.as_object();
    auto const address = blobs::read_address(std::string_view(piece.at("address").as_string()));
    check(address.has_value(), "a desk gives whole addresses");
    pieces.push_back(
        {{AssignmentId{id_at(piece, "assignment")}, *address}, count_at(piece, "from"), count_at(piece, "upto")});
  }
  return pieces;
}

Result<json::object> taken_view(blobs::BlobKey const& key, Result<blobs::TakenPart> const& taken) {
  if (!taken && !blobs::is_of_the_file(taken.error())) return taken.error();
  auto view = key_view(key);
  view["added"] = taken ? taken->added : 0;
  view["arrived"] = taken && taken->arrived;
  view["refused"] = nullptr;
  if (!taken) view["refused"] = json::object{{"code", taken.error().code}, {"sentence", taken.error().sentence}};
  return view;
}

std::vector<blobs::ToldFile> told_files(wire::BundleFileStates const& states) {
  std::vector<blobs::ToldFile> files;
  for (auto const& state : states.files) {
    files.push_back({.key = {state.assignment, state.address}, .size = 0, .held = state.held, .here = state.here});
  }
  return files;
}

}  // namespace fieldnode::web
