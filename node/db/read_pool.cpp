#include "node/db/read_pool.h"

#include "sync/base/check.h"

namespace fieldnode::db {

Result<std::unique_ptr<ReadPool>> ReadPool::open(std::filesystem::path const& path, std::size_t count,
                                                 OpenOptions const& options) {
  check(count > 0, "a read pool without readers");
  std::vector<Connection> readers;
  readers.reserve(count);
  while (readers.size() < count) {
    auto reader = Connection::open_reader(path, options);
    if (!reader) return reader.error();
    readers.push_back(std::move(*reader));
  }
  return std::unique_ptr<ReadPool>(new ReadPool(std::move(readers)));
}

std::unique_ptr<ReadPool> ReadPool::sharing(Connection& connection) {
  return std::unique_ptr<ReadPool>(new ReadPool(connection));
}

ReadPool::ReadPool(std::vector<Connection> owned) : owned_(std::move(owned)) {
  for (auto& connection : owned_) free_.push_back(&connection);
}

ReadPool::~ReadPool() { check(free_.size() == owned_.size(), "a lease outlives its read pool"); }

ReadPool::Lease ReadPool::lease() {
  if (shared_ != nullptr) return {this, shared_};
  std::unique_lock lock(mutex_);
  freed_.wait(lock, [this] { return !free_.empty(); });
  auto* const connection = free_.back();
  free_.pop_back();
  return {this, connection};
}

void ReadPool::give_back(Connection& connection) {
  if (&connection == shared_) return;
  check(!connection.in_transaction(), "a lease ended inside a snapshot");
  {
    std::lock_guard const lock(mutex_);
    free_.push_back(&connection);
  }
  freed_.notify_one();
}

void ReadPool::interrupt() {
  for (auto& connection : owned_) connection.interrupt();
}

ReadPool::Lease::~Lease() {
  if (pool_ != nullptr) pool_->give_back(*connection_);
}

}  // namespace fieldnode::db
