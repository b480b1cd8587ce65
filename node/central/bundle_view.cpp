#include "node/central/bundle_view.h"

#include <boost/json/array.hpp>

#include "node/central/store/bundle_rows.h"
#include "node/db/transaction.h"
#include "node/web/views.h"

namespace fieldnode::central {

namespace json = boost::json;

json::object bundles_view(db::ReadPool& readers) {
  auto const reader = readers.lease();
  db::Snapshot const one_view(*reader);
  BundleRows rows(*reader);
  json::array sent;
  for (auto const& [unit, bundle] : rows.under_way()) {
    sent.push_back(json::object{{"unit", unit},
                                {"number", bundle.number},
                                {"answers", bundle.answers},
                                {"created_at", web::moment(bundle.created_at)},
                                {"feed_seq", bundle.upto.seq}});
  }
  json::array taken;
  for (auto const& [unit, bundle] : rows.arrived()) {
    taken.push_back(json::object{{"unit", unit},
                                 {"number", bundle.number},
                                 {"created_on", web::moment(bundle.created_on)},
                                 {"taken_at", web::moment(bundle.taken_at)}});
  }
  return {{"sent", std::move(sent)}, {"taken", std::move(taken)}};
}

}  // namespace fieldnode::central
