#include "node/lists/sealed_backup.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>

#include "node/db/data_file.h"
#include "node/lists/new_directory.h"
#include "sync/crypto/agree.h"
#include "sync/crypto/hash.h"
#include "sync/crypto/seal.h"

namespace fieldnode::lists {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::uint8_t, 4> kMagic{'F', 'N', 'B', 'K'};
constexpr std::uint8_t kVersion = 2;
constexpr std::size_t kHeadBytes = kMagic.size() + 2 + sizeof(crypto::PublicKey);
constexpr std::size_t kPieceBytes = 1024 * 1024;
constexpr std::string_view kDomain = "fieldnode/backup/1";

void put_number(Bytes& out, std::uint64_t value, std::size_t bytes) {
  for (auto i = bytes; i > 0; --i) out.push_back(static_cast<std::uint8_t>(value >> (8 * (i - 1))));
}

std::uint64_t number_in(BytesView bytes) {
  std::uint64_t value = 0;
  for (auto const byte : bytes) value = value << 8U | byte;
  return value;
}

Bytes context_of(std::uint64_t piece, bool is_last) {
  Bytes context(kDomain.begin(), kDomain.end());
  put_number(context, piece, 8);
  context.push_back(is_last ? 1 : 0);
  return context;
}

Refusal backup_failed(fs::path const& path, std::string_view why) {
  return refuse("backup_failed", fmt::format("The backup {} was not made ({}): check the disk or stick and its free "
                                             "space, then back up again.",
                                             path.native(), why));
}

Refusal damaged(fs::path const& path) {
  return refuse("backup_damaged", fmt::format("{} is cut short or was changed: nothing was restored from it. Use "
                                              "another backup.",
                                              path.native()));
}

char const* raw(std::uint8_t const* bytes) { return reinterpret_cast<char const*>(bytes); }
char* raw(std::uint8_t* bytes) { return reinterpret_cast<char*>(bytes); }

/// Collects what is written and seals it piece by piece.
class PieceWriter {
 public:
  PieceWriter(std::ofstream& out, crypto::SealKey const& key, Random& random) : out_(out), key_(key), random_(random) {}

  void put(BytesView bytes) {
    while (!bytes.empty()) {
      if (piece_.size() == kPieceBytes) flush(false);
      auto const take = std::min(bytes.size(), kPieceBytes - piece_.size());
      piece_.insert(piece_.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(take));
      bytes = bytes.subspan(take);
    }
  }
  void finish() { flush(true); }

 private:
  void flush(bool is_last) {
    auto const sealed = crypto::seal(key_, piece_, context_of(number_++, is_last), random_);
    Bytes length;
    put_number(length, sealed.size(), 4);
    out_.write(raw(length.data()), static_cast<std::streamsize>(length.size()));
    out_.write(raw(sealed.data()), static_cast<std::streamsize>(sealed.size()));
    piece_.clear();
  }

  std::ofstream& out_;
  crypto::SealKey const& key_;
  Random& random_;
  Bytes piece_;
  std::uint64_t number_{};
};

/// Gives what was written, piece by piece.
class PieceReader {
 public:
  PieceReader(std::istream& in, crypto::SealKey const& key) : in_(in), key_(key) {}

  /// False: it does not open, or ends too early.
  bool take(std::span<std::uint8_t> out) {
    while (!out.empty()) {
      if (at_ == piece_.size() && !next()) return false;
      auto const size = std::min(out.size(), piece_.size() - at_);
      std::copy_n(piece_.begin() + static_cast<std::ptrdiff_t>(at_), size, out.begin());
      at_ += size;
      out = out.subspan(size);
    }
    return true;
  }
  bool first_opens() { return next(); }
  bool is_done() { return was_last_ && at_ == piece_.size() && in_.peek() == std::istream::traits_type::eof(); }

 private:
  bool next() {
    if (was_last_) return false;
    std::array<std::uint8_t, 4> length{};
    if (!in_.read(raw(length.data()), length.size())) return false;
    auto const size = number_in(length);
    if (size > kPieceBytes + crypto::kSealOverheadBytes) return false;
    Bytes sealed(size);
    if (!in_.read(raw(sealed.data()), static_cast<std::streamsize>(size))) return false;
    for (bool const is_last : {false, true}) {
      auto opened = crypto::open(key_, sealed, context_of(number_, is_last));
      if (!opened) continue;
      piece_ = *std::move(opened);
      at_ = 0;
      was_last_ = is_last;
      ++number_;
      return true;
    }
    return false;
  }

  std::istream& in_;
  crypto::SealKey const& key_;
  Bytes piece_;
  std::size_t at_{};
  std::uint64_t number_{};
  bool was_last_{};
};

bool put_part(PieceWriter& pieces, BackupPart const& part) {
  std::ifstream in(part.file, std::ios::binary);
  std::error_code failed;
  auto left = fs::file_size(part.file, failed);
  if (!in || failed) return false;
  Bytes front;
  put_number(front, part.name.size(), 2);
  front.insert(front.end(), part.name.begin(), part.name.end());
  put_number(front, left, 8);
  pieces.put(front);
  Bytes buffer(kPieceBytes);
  while (left > 0) {
    auto const size = std::min<std::uintmax_t>(left, buffer.size());
    if (!in.read(raw(buffer.data()), static_cast<std::streamsize>(size))) return false;
    pieces.put(BytesView(buffer).first(size));
    left -= size;
  }
  return true;
}

bool is_plain(std::string_view name) {
  return !name.empty() && name.front() != '.' && name.find('/') == std::string_view::npos;
}

/// A name is that of a file in the directory itself, or in one folder of it, and of nothing else.
bool stays_within(std::string_view name) {
  auto const slash = name.find('/');
  if (slash == std::string_view::npos) return is_plain(name);
  return is_plain(name.substr(0, slash)) && is_plain(name.substr(slash + 1));
}

enum class Took { kPart, kEnd, kDamaged, kNotWritten };

Took take_part(PieceReader& pieces, fs::path const& directory, db::Folder& folder) {
  std::array<std::uint8_t, 2> length{};
  if (!pieces.take(length)) return Took::kDamaged;
  if (number_in(length) == 0) return Took::kEnd;
  std::string name(number_in(length), '\0');
  std::array<std::uint8_t, 8> size{};
  if (!pieces.take({reinterpret_cast<std::uint8_t*>(name.data()), name.size()}) || !pieces.take(size))
    return Took::kDamaged;
  if (!stays_within(name)) return Took::kDamaged;
  auto const path = directory / name;
  bool const made = folder.make_directory(path.parent_path()) && folder.create(path);
  if (!made) return Took::kNotWritten;
  auto const out = folder.open(path, db::Folder::Use::kWrite);
  Bytes buffer(kPieceBytes);
  auto const end = number_in(size);
  for (std::uint64_t at = 0; at < end;) {
    auto const part = std::span(buffer).first(std::min<std::uint64_t>(end - at, buffer.size()));
    if (!pieces.take(part)) return Took::kDamaged;
    if (!out->write(at, part)) return Took::kNotWritten;
    at += part.size();
  }
  return out->flush() ? Took::kPart : Took::kNotWritten;
}

Result<void> seal_into(fs::path const& path, BackupOf whose, std::vector<BackupPart> const& parts,
                       crypto::PublicKey const& recovery, Random& random) {
  auto const ephemeral = crypto::ed25519_suite()->make_keys(random);
  auto const key = crypto::agreed_key(kDomain, ephemeral, recovery);
  if (!key) return key.error();
  if (auto const made = db::create_private_file(path); !made) return made;
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  Bytes head(kMagic.begin(), kMagic.end());
  head.push_back(kVersion);
  head.push_back(static_cast<std::uint8_t>(whose));
  head.insert(head.end(), ephemeral.public_key.begin(), ephemeral.public_key.end());
  out.write(raw(head.data()), static_cast<std::streamsize>(head.size()));
  PieceWriter pieces(out, *key, random);
  for (auto const& part : parts) {
    if (fs::exists(part.file) && !put_part(pieces, part)) {
      return backup_failed(path, fmt::format("{} cannot be read", part.file.native()));
    }
  }
  pieces.put(Bytes(2));  // no further name
  pieces.finish();
  out.close();
  if (!out) return backup_failed(path, "it cannot be written");
  return db::sync_file(path);
}

}  // namespace

Result<void> write_sealed_backup(fs::path const& target, BackupOf whose, std::vector<BackupPart> const& parts,
                                 crypto::PublicKey const& recovery, Random& random) {
  if (fs::exists(target)) {
    return refuse("backup_exists",
                  fmt::format("{} exists already: choose another name, or move it away.", target.native()));
  }
  auto const part = fs::path(target) += ".part";
  std::error_code ignored;
  auto const sealed = seal_into(part, whose, parts, recovery, random);
  if (!sealed) {
    fs::remove(part, ignored);
    return sealed;
  }
  std::error_code failed;
  fs::rename(part, target, failed);
  if (failed) return backup_failed(target, failed.message());
  db::sync_directory(db::directory_of(target));
  return {};
}

Result<void> open_sealed_backup(BackupSource const& backup, crypto::KeyPair const& recovery, fs::path const& directory,
                                db::Folder& folder) {
  auto const& [in, source, whose] = backup;
  std::array<std::uint8_t, kHeadBytes> head{};
  bool const read = in && in.read(raw(head.data()), head.size());
  if (!read || !std::equal(kMagic.begin(), kMagic.end(), head.begin()) ||
      head[kMagic.size() + 1] != static_cast<std::uint8_t>(whose)) {
    return refuse("not_a_backup", fmt::format("{} is no backup that this program made.", source.native()));
  }
  if (head[kMagic.size()] > kVersion) {
    return refuse("newer_backup",
                  fmt::format("{} was made by a newer program: restore it with that one.", source.native()));
  }
  crypto::PublicKey ephemeral{};
  std::copy_n(head.end() - static_cast<std::ptrdiff_t>(ephemeral.size()), ephemeral.size(), ephemeral.begin());
  auto const key = crypto::agreed_key(kDomain, recovery, ephemeral);
  if (!key) return damaged(source);
  PieceReader pieces(in, *key);
  if (!pieces.first_opens()) {
    return refuse("wrong_recovery_key",
                  fmt::format("The recovery key does not open {}: it is another machine's, or the file was changed.",
                              source.native()));
  }
  for (auto took = Took::kPart; took == Took::kPart;) {
    took = take_part(pieces, directory, folder);
    if (took == Took::kDamaged) return damaged(source);
    if (took == Took::kNotWritten) {
      return refuse("file_not_written", fmt::format("{} cannot be written: check the free space.", directory.native()));
    }
  }
  if (!pieces.is_done()) return damaged(source);
  return {};
}

Result<void> restore_directory(BackupSource const& source, crypto::KeyPair const& recovery, fs::path const& target,
                               BringUp const& bring_up, db::Folder& folder) {
  NewDirectory made(target, folder);
  if (auto const there = made.make(); !there) return there;
  if (auto const opened = open_sealed_backup(source, recovery, made.path(), folder); !opened) return opened;
  if (auto const ready = bring_up(made.path()); !ready) return ready;
  made.give_name();
  return {};
}

}  // namespace fieldnode::lists
