#pragma once

#include <condition_variable>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "node/db/connection.h"

namespace fieldnode::db {

/// A few reading connections, handed out one per reader. They see what is committed and nothing else. Thread: any.
class ReadPool {
 public:
  /// A connection for as long as the lease lives. Must not outlive its pool.
  class Lease {
   public:
    Lease(Lease&& other) noexcept : pool_(std::exchange(other.pool_, nullptr)), connection_(other.connection_) {}
    Lease& operator=(Lease&&) = delete;
    ~Lease();

    [[nodiscard]] Connection& operator*() const { return *connection_; }
    [[nodiscard]] Connection* operator->() const { return connection_; }

   private:
    friend class ReadPool;
    Lease(ReadPool* pool, Connection* connection) : pool_(pool), connection_(connection) {}

    ReadPool* pool_;
    Connection* connection_;
  };

  /// Opens `count` readers of the file. Errors: those of Connection::open_reader.
  [[nodiscard]] static Result<std::unique_ptr<ReadPool>> open(std::filesystem::path const& path, std::size_t count,
                                                              OpenOptions const& options = {});
  /// A pool for programs of one thread, whose readers are all the given connection: the InlineWriter's, in memory or
  /// opened exclusively. It never waits. Do not take a lease inside a job: it would see what is not committed.
  [[nodiscard]] static std::unique_ptr<ReadPool> sharing(Connection& connection);

  ReadPool(ReadPool const&) = delete;
  ReadPool& operator=(ReadPool const&) = delete;
  /// Every lease must have ended.
  ~ReadPool();

  /// Waits until a connection is free. A thread takes one lease at a time: two could wait for each other.
  [[nodiscard]] Lease lease();

  /// Ends statements that run now with DatabaseError, so that a long read does not delay the stop of the program.
  void interrupt();

 private:
  explicit ReadPool(std::vector<Connection> owned);
  explicit ReadPool(Connection& shared) : shared_(&shared) {}

  void give_back(Connection& connection);

  std::vector<Connection> owned_;
  Connection* shared_{};
  std::mutex mutex_;
  std::condition_variable freed_;
  std::vector<Connection*> free_;  // guarded by mutex_
};

}  // namespace fieldnode::db
