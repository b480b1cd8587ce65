#pragma once

#include <boost/json/fwd.hpp>
#include <filesystem>
#include <string_view>

#include "node/net/local_client.h"
#include "sync/base/bytes.h"
#include "sync/base/result.h"

namespace fieldnode::cli {

/// The program that runs on a data directory, asked by its own command line over its control socket: JSON there and
/// back. Errors of each call: `not_running`; what was refused, with its code and English sentence; `control_failed` for
/// an answer that is none; those of net::LocalClient.
class RunningProgram {
 public:
  RunningProgram(std::filesystem::path const& control_socket, Milliseconds answer_max)
      : client_(control_socket.native(), answer_max) {}

  [[nodiscard]] Result<boost::json::object> get(std::string_view path);
  [[nodiscard]] Result<boost::json::object> post(std::string_view path, boost::json::object const& form);
  /// What the program hands out as a file. Errors: as above.
  [[nodiscard]] Result<Bytes> fetch_file(std::string_view path, boost::json::object const& form,
                                         std::string_view media_type);

 private:
  net::LocalClient client_;
};

}  // namespace fieldnode::cli
