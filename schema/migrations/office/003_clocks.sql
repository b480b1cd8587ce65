-- What the node must know of its clocks after a restart beside the anchor and the floor: the clocks as last read, to see
-- what they did meanwhile, and what has made the anchor less sharp since it was bound.
ALTER TABLE time_state ADD COLUMN floor_anchor INTEGER NOT NULL DEFAULT 0;   -- id of the receipt that the floor rests on
ALTER TABLE time_state ADD COLUMN anchor_unseen INTEGER NOT NULL DEFAULT 0;  -- milliseconds that may have passed while the boot clock stood still
ALTER TABLE time_state ADD COLUMN anchor_slack INTEGER NOT NULL DEFAULT 0;   -- milliseconds that the boot clock may be off for having slept
ALTER TABLE time_state ADD COLUMN drift_seen_ppm INTEGER NOT NULL DEFAULT 0; -- the largest drift that two anchors have proven
ALTER TABLE time_state ADD COLUMN read_boot TEXT NOT NULL DEFAULT '';        -- the clocks when last read: boot id, empty: never
ALTER TABLE time_state ADD COLUMN read_since_boot INTEGER NOT NULL DEFAULT 0; -- milliseconds, sleep included
ALTER TABLE time_state ADD COLUMN read_awake INTEGER NOT NULL DEFAULT 0;     -- milliseconds, without sleep
ALTER TABLE time_state ADD COLUMN read_wall INTEGER NOT NULL DEFAULT 0;      -- milliseconds UTC, as the machine's wall clock says
