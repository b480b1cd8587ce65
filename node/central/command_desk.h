#pragma once

#include <boost/json/object.hpp>
#include <memory>
#include <string_view>

#include "node/central/bundle_desk.h"
#include "node/central/centre.h"
#include "node/net/router.h"

/// The commands that change or read a city, once: the service carries them out for the command line over the control
/// socket, and the command line itself when no service runs.
namespace fieldnode::central {

/// Thread: any.
class CommandDesk {
 public:
  /// `guard`: of the service that runs; null where none does.
  explicit CommandDesk(Centre& centre, ClockGuard* guard = nullptr);

  /// `command`: `unit-add` {code, name}, `unit-list`, `enrol-code` {unit}, `enrol-file` {request}, `node-list`,
  /// `node-confirm` {fingerprint}, `node-refuse` {fingerprint}, `node-revoke` {node, unit, why}, `aside-list` {unit,
  /// after}, `aside-show` {act}, `aside-adopt` {act, why}, `user-add` {name, role}, `user-list`, `user-reset` {name},
  /// `user-disable` {name}, `rules-preview` and `rules-publish` {kind, document, name}, `status`, `clock-confirm`,
  /// `verify`. Gives what --json prints. Errors: `unknown_command`, `bad_field`, those of the desks.
  [[nodiscard]] Result<boost::json::object> run(std::string_view command, boost::json::object const& arguments);

  [[nodiscard]] BundleDesk& bundles() { return bundles_; }

  /// POST /control/{command} and /control/bundle/{step}, for a server on the control socket only.
  void add_doors(net::Router& router);

 private:
  using Arguments = boost::json::object;
  [[nodiscard]] Result<boost::json::object> unit_add(Arguments const& arguments);
  [[nodiscard]] Result<boost::json::object> unit_list(Arguments const& arguments);
  [[nodiscard]] Result<boost::json::object> enrol_code(Arguments const& arguments);
  [[nodiscard]] Result<boost::json::object> enrol_file(Arguments const& arguments);
  [[nodiscard]] Result<boost::json::object> node_list(Arguments const& arguments);
  [[nodiscard]] Result<boost::json::object> node_confirm(Arguments const& arguments);
  [[nodiscard]] Result<boost::json::object> node_refuse(Arguments const& arguments);
  [[nodiscard]] Result<boost::json::object> node_revoke(Arguments const& arguments);
  [[nodiscard]] Result<boost::json::object> aside_list(Arguments const& arguments);
  [[nodiscard]] Result<boost::json::object> aside_show(Arguments const& arguments);
  [[nodiscard]] Result<boost::json::object> aside_adopt(Arguments const& arguments);
  [[nodiscard]] Result<boost::json::object> user_add(Arguments const& arguments);
  [[nodiscard]] Result<boost::json::object> user_list(Arguments const& arguments);
  [[nodiscard]] Result<boost::json::object> user_reset(Arguments const& arguments);
  [[nodiscard]] Result<boost::json::object> user_disable(Arguments const& arguments);
  [[nodiscard]] Result<boost::json::object> status(Arguments const& arguments);
  [[nodiscard]] Result<boost::json::object> clock_confirm(Arguments const& arguments);
  [[nodiscard]] Result<boost::json::object> verify(Arguments const& arguments);

  [[nodiscard]] Result<boost::json::object> rules_preview(Arguments const& arguments);
  [[nodiscard]] Result<boost::json::object> rules_publish(Arguments const& arguments);

  [[nodiscard]] Result<boost::json::object> told(Result<UnitNode> const& node);
  [[nodiscard]] Result<boost::json::object> told(Result<AsideAct> const& act);

  struct Row;
  [[nodiscard]] static std::span<Row const> table();

  Centre& centre_;
  ClockGuard* guard_;
  std::unique_ptr<crypto::SignatureSuite> const suite_ = crypto::ed25519_suite();
  BundleDesk bundles_;
};

}  // namespace fieldnode::central
