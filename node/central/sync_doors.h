#pragma once

#include "node/central/enrolment_desk.h"
#include "node/central/exchange_service.h"
#include "node/net/router.h"

namespace fieldnode::central {

/// The doors of the sync port beside those of attachments: POST /sync/v1/exchange (a node's certificate),
/// POST /sync/v1/enrol (a one-time code).
/// Everything handed in must outlive the server. Source: PROTOCOL, "Doors".
void add_sync_doors(net::Router& router, ExchangeService& exchanges, EnrolmentDesk& enrolments,
                    CityIdentity const& city, Clock const& clock);

}  // namespace fieldnode::central
