#include "node/web/bundle_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>

#include "node/web/answers.h"

namespace fieldnode::web {
namespace {

namespace json = boost::json;

void add(json::object& arguments, json::object const& more) {
  for (auto const& [name, value] : more) arguments[name] = value;
}

/// One part of a file as a record; nothing where the file has gone.
Result<std::optional<Bytes>> part_of(BundleAsk const& ask, json::object const& about, blobs::FilePiece const& piece) {
  auto arguments = about;
  add(arguments, key_view(piece.key));
  arguments["offset"] = piece.from;
  arguments["most"] = std::min<std::uint64_t>(piece.upto - piece.from, wire::kBundlePartMaxBytes);
  auto const part = ask("part", arguments);
  if (part) return std::optional(bytes_at(*part, "part"));
  if (part.error().code == "attachment_not_here" || blobs::is_of_the_file(part.error())) return std::optional<Bytes>();
  return part.error();
}

/// Gives how many bytes of it went.
Result<std::uint64_t> put_piece(BundleAsk const& ask, json::object const& about, blobs::FilePiece piece,
                                engine::BundleWriter& writer) {
  auto const begin = piece.from;
  while (piece.from < piece.upto) {
    auto const part = part_of(ask, about, piece);
    if (!part) return part.error();
    bool const fits = *part && (*part)->size() <= writer.room();
    if (!fits) break;
    if (auto const added = writer.add(wire::BundleRecord::kFilePart, **part); !added) return added.error();
    piece.from += std::min<std::uint64_t>(piece.upto - piece.from, wire::kBundlePartMaxBytes);
  }
  return piece.from - begin;
}

}  // namespace

Result<FilesPut> put_files(BundleAsk const& ask, json::object const& about, json::object const& from_where,
                           std::uint64_t most_bytes, engine::BundleWriter& writer) {
  auto arguments = about;
  add(arguments, from_where);
  arguments["most"] = most_bytes;
  auto const chosen = ask("files", arguments);
  if (!chosen) return chosen.error();
  if (auto const said = writer.add(wire::BundleRecord::kFileStates, bytes_at(*chosen, "states")); !said) {
    return said.error();
  }
  FilesPut put{.files = 0, .bytes = 0, .left = count_at(*chosen, "left")};
  for (auto const& piece : pieces_at(*chosen)) {
    auto const went = put_piece(ask, about, piece, writer);
    if (!went) return went.error();
    put.files += *went > 0 ? 1 : 0;
    put.bytes += *went;
    put.left += *went < piece.upto - piece.from ? 1 : 0;
  }
  return put;
}

Result<void> FileIntake::take(engine::BundleItem const& item) {
  return item.kind == wire::BundleRecord::kFileStates ? hear(item.content) : take_part(item.content);
}

Result<void> FileIntake::hear(Bytes const& states) {
  auto const read = wire::decode_file_states(states);
  if (!read) return read.error();
  feed_ = read->feed;
  auto arguments = about_;
  arguments["states"] = to_hex(states);
  auto const heard = ask_("told", arguments);
  if (!heard) return heard.error();
  taken_.delivered += count_at(*heard, "delivered");
  return {};
}

/// What follows of a file that was refused would be refused as well.
Result<void> FileIntake::take_part(Bytes const& part) {
  auto const read = wire::decode_file_part(part);
  if (!read) return read.error();
  blobs::BlobKey const key{read->assignment, read->address};
  if (given_up_.contains(key)) return {};
  auto arguments = about_;
  arguments["part"] = to_hex(part);
  arguments["feed"] = std::to_string(feed_.value);
  auto const step = ask_("keep", arguments);
  if (!step) return step.error();
  taken_.bytes += count_at(*step, "added");
  taken_.arrived += step->at("arrived").as_bool() ? 1 : 0;
  if (auto const* why = step->at("refused").if_object()) {
    given_up_.insert(key);
    taken_.refused.push_back(
        {key, {std::string(why->at("code").as_string()), std::string(why->at("sentence").as_string())}});
  }
  return {};
}

json::object files_view(FilesPut const& files) {
  return {{"files", files.files}, {"bytes", files.bytes}, {"left", files.left}};
}

json::object files_view(FilesTaken const& files) {
  json::array refused;
  for (auto const& file : files.refused) {
    auto view = key_view(file.key);
    view["code"] = file.why.code;
    view["sentence"] = sentence_of(file.why);
    refused.push_back(std::move(view));
  }
  return {{"arrived", files.arrived},
          {"bytes", files.bytes},
          {"delivered", files.delivered},
          {"refused", std::move(refused)}};
}

std::string files_text(FilesPut const& files) {
  if (files.files == 0 && files.left == 0) return {};
  auto text = fmt::format("attachments: {} bytes of {} files go along", files.bytes, files.files);
  if (files.left > 0) {
    text += fmt::format("; {} not or not to the end: they wait for the next bundle, or a larger --attachments-mib",
                        files.left);
  }
  return text + "\n";
}

std::string files_text(FilesTaken const& files) {
  std::string text;
  if (files.bytes > 0) {
    text += fmt::format("attachments: {} bytes came, {} files are whole by them\n", files.bytes, files.arrived);
  }
  if (files.delivered > 0) text += fmt::format("attachments: {} files arrived at the other end\n", files.delivered);
  for (auto const& file : files.refused) {
    text += fmt::format("attachment {} of assignment {} was not taken: {}\n", to_hex(file.key.address),
                        file.key.assignment.value, file.why.sentence);
  }
  return text;
}

}  // namespace fieldnode::web
