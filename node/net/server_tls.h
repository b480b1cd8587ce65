#pragma once

#include <boost/asio/ssl/context.hpp>
#include <optional>

#include "node/net/http.h"
#include "node/net/http_server.h"
#include "sync/base/result.h"

namespace fieldnode::net {

/// The TLS 1.3 side of one endpoint.
/// Errors: `bad_certificate` when chain, key or CA is not PEM or they do not belong together; `bad_ticket_keys`.
[[nodiscard]] Result<boost::asio::ssl::context> make_server_tls(TlsServerIdentity const& identity);

/// The client's certificate if it showed one; the handshake has verified it.
[[nodiscard]] std::optional<PeerCertificate> peer_certificate(SSL* connection);

}  // namespace fieldnode::net
