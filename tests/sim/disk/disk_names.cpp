#include "tests/sim/disk/disk_names.h"

#include <algorithm>

#include "sync/base/check.h"

namespace fieldnode::sim {
namespace {

/// Every name that begins with `from` begins with `to` afterwards.
void move_all(std::string const& from, std::string const& to, DiskNames::Names& names) {
  DiskNames::Names moved;
  for (auto const& [name, file] : names) {
    moved.emplace(name.starts_with(from) ? to + name.substr(from.size()) : name, file);
  }
  names = std::move(moved);
}

}  // namespace

std::string directory_of(std::string_view name) {
  if (name.ends_with('/')) name.remove_suffix(1);
  auto const slash = name.rfind('/');
  return std::string(slash == std::string_view::npos ? std::string_view() : name.substr(0, slash));
}

DiskNames::File DiskNames::find(std::string const& name) const {
  auto const found = seen_.find(name);
  return found == seen_.end() ? nullptr : found->second;
}

void DiskNames::put(std::string const& name, File file) {
  make({.directory = directory_of(name), .entries = {{name, std::move(file)}}});
}

void DiskNames::erase(std::string const& name) {
  make({.directory = directory_of(name), .entries = {{name, nullptr}}});
}

void DiskNames::move(std::string const& from, std::string const& to) {
  check(directory_of(from) == directory_of(to), "a name moves to another directory");
  if (auto const file = find(from)) {
    make({.directory = directory_of(from), .entries = {{to, file}, {from, nullptr}}});
    return;
  }
  // What was done within it is still to become durable, and will under the new name.
  for (auto& change : changes_) {
    if (change.directory == from || change.directory.starts_with(from + "/")) {
      change.directory = to + change.directory.substr(from.size());
      for (auto& [name, file] : change.entries) name = to + name.substr(from.size());
    }
  }
  make({.directory = directory_of(from), .entries = {}, .moved_from = from + "/", .moved_to = to + "/"});
}

void DiskNames::sync(std::string_view directory) {
  std::erase_if(changes_, [&](Change const& change) {
    if (change.directory != directory) return false;
    apply(change, durable_);
    return true;
  });
}

void DiskNames::sync_all() {
  durable_ = seen_;
  changes_.clear();
}

void DiskNames::replace(Names names) {
  seen_ = std::move(names);
  sync_all();
}

bool DiskNames::lose_power(LossMode mode, Random& random) {
  auto const before = seen_;
  if (mode != LossMode::kKeepAll) {
    seen_ = durable_;
    for (auto const& change : changes_) {
      if (mode == LossMode::kTear && random.below(2) == 0) apply(change, seen_);
    }
    drop_what_hangs_in_the_air(seen_);
  }
  sync_all();
  return seen_ != before;
}

void DiskNames::make(Change change) {
  apply(change, seen_);
  changes_.push_back(std::move(change));
}

void DiskNames::apply(Change const& change, Names& names) {
  for (auto const& [name, file] : change.entries) {
    if (file == nullptr) {
      names.erase(name);
    } else {
      names[name] = file;
    }
  }
  if (!change.moved_from.empty()) move_all(change.moved_from, change.moved_to, names);
}

void DiskNames::drop_what_hangs_in_the_air(Names& names) {
  // In their order a directory stands before what is in it.
  std::erase_if(names, [&](auto const& entry) {
    auto const directory = directory_of(entry.first);
    return !directory.empty() && !names.contains(directory + "/");
  });
}

}  // namespace fieldnode::sim
