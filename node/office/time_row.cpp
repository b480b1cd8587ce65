#include "node/office/time_row.h"

namespace fieldnode::office {

engine::TimeState load_time(db::Connection& connection) {
  auto rows = connection.prepare(
      "SELECT floor, floor_boot, floor_since_boot, floor_anchor, drift_seen_ppm, read_boot, read_since_boot, "
      "read_awake,"
      " read_wall, anchor, anchor_earliest, anchor_latest, anchor_boot, anchor_since_boot, anchor_unseen, anchor_slack"
      " FROM time_state");
  auto const row = rows.next();
  if (!row) return {};
  engine::TimeState state{
      .floor = row->get<UtcTime>(0),
      .floor_at = {row->get<std::string>(1), row->get<Milliseconds>(2)},
      .anchor = {},
      .floor_anchor = row->get<std::uint64_t>(3),
      .drift_seen_ppm = row->get<std::uint32_t>(4),
      .read = {row->get<std::string>(5), row->get<Milliseconds>(6), row->get<Milliseconds>(7), row->get<UtcTime>(8)}};
  if (auto const id = row->get<std::uint64_t>(9); id != 0) {
    state.anchor = engine::Anchor{id,
                                  row->get<UtcTime>(10),
                                  row->get<UtcTime>(11),
                                  {row->get<std::string>(12), row->get<Milliseconds>(13)},
                                  row->get<Milliseconds>(14),
                                  row->get<Milliseconds>(15)};
  }
  return state;
}

void replace_time(db::Connection& connection, engine::TimeState const& state) {
  auto const anchor = state.anchor.value_or(engine::Anchor{});
  connection
      .prepare(
          "INSERT OR REPLACE INTO time_state (id, floor, floor_boot, floor_since_boot, floor_anchor, drift_seen_ppm,"
          " read_boot, read_since_boot, read_awake, read_wall, anchor, anchor_earliest, anchor_latest, anchor_boot,"
          " anchor_since_boot, anchor_unseen, anchor_slack) VALUES (1, :floor, :floor_boot, :floor_since_boot,"
          " :floor_anchor, :drift_seen_ppm, :read_boot, :read_since_boot, :read_awake, :read_wall, :anchor,"
          " :anchor_earliest, :anchor_latest, :anchor_boot, :anchor_since_boot, :anchor_unseen, :anchor_slack)")
      .bind(":floor", state.floor)
      .bind(":floor_boot", state.floor_at.boot_id)
      .bind(":floor_since_boot", state.floor_at.since_boot)
      .bind(":floor_anchor", state.floor_anchor)
      .bind(":drift_seen_ppm", state.drift_seen_ppm)
      .bind(":read_boot", state.read.boot_id)
      .bind(":read_since_boot", state.read.since_boot)
      .bind(":read_awake", state.read.awake)
      .bind(":read_wall", state.read.wall)
      .bind(":anchor", anchor.id)
      .bind(":anchor_earliest", anchor.earliest)
      .bind(":anchor_latest", anchor.latest)
      .bind(":anchor_boot", anchor.bound_at.boot_id)
      .bind(":anchor_since_boot", anchor.bound_at.since_boot)
      .bind(":anchor_unseen", anchor.unseen)
      .bind(":anchor_slack", anchor.slack)
      .run();
}

void keep_time(db::Connection& connection, engine::TimeState const& state) {
  auto kept = connection.prepare("SELECT floor FROM time_state");
  auto const floor = kept.maybe<UtcTime>();
  if (floor && *floor > state.floor) return;
  replace_time(connection, state);
}

}  // namespace fieldnode::office
