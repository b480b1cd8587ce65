#include "node/office/time_row.h"

namespace fieldnode::office {

engine::TimeState load_time(db::Connection& connection) {
  auto rows = connection.prepare(
      "SELECT floor, floor_boot, floor_since_boot, anchor, anchor_earliest, anchor_latest, anchor_boot,"
      " anchor_since_boot FROM time_state");
  auto const row = rows.next();
  if (!row) return {};
  engine::TimeState state{row->get<UtcTime>(0), {row->get<std::string>(1), row->get<Milliseconds>(2)}, std::nullopt};
  if (auto const id = row->get<std::uint64_t>(3); id != 0) {
    state.anchor = engine::Anchor{
        id, row->get<UtcTime>(4), row->get<UtcTime>(5), {row->get<std::string>(6), row->get<Milliseconds>(7)}};
  }
  return state;
}

void keep_time(db::Connection& connection, engine::TimeState const& state) {
  auto const anchor = state.anchor.value_or(engine::Anchor{});
  connection
      .prepare(
          "INSERT INTO time_state (id, floor, floor_boot, floor_since_boot, anchor, anchor_earliest,"
          " anchor_latest, anchor_boot, anchor_since_boot) VALUES (1, :floor, :floor_boot, :floor_since_boot,"
          " :anchor, :anchor_earliest, :anchor_latest, :anchor_boot, :anchor_since_boot)"
          " ON CONFLICT (id) DO UPDATE SET floor = excluded.floor, floor_boot = excluded.floor_boot,"
          " floor_since_boot = excluded.floor_since_boot, anchor = excluded.anchor,"
          " anchor_earliest = excluded.anchor_earliest, anchor_latest = excluded.anchor_latest,"
          " anchor_boot = excluded.anchor_boot, anchor_since_boot = excluded.anchor_since_boot"
          " WHERE excluded.floor >= time_state.floor")
      .bind(":floor", state.floor)
      .bind(":floor_boot", state.floor_at.boot_id)
      .bind(":floor_since_boot", state.floor_at.since_boot)
      .bind(":anchor", anchor.id)
      .bind(":anchor_earliest", anchor.earliest)
      .bind(":anchor_latest", anchor.latest)
      .bind(":anchor_boot", anchor.bound_at.boot_id)
      .bind(":anchor_since_boot", anchor.bound_at.since_boot)
      .run();
}

}  // namespace fieldnode::office
