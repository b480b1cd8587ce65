// Service requests to import: the real ones where the file is at hand, else a made set of the same shape.
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';

const header =
  'case_id,opened_at,sla_target_at,closed_at,on_time,status,closure_code,title,subject,reason,type,queue,department,' +
  'street,neighborhood,ward,zip,lat,lon,source';

function findReal(root) {
  for (const up of ['../shared', '../../shared']) {
    const file = path.resolve(root, up, 'data/boston311-2015-08-09.csv.gz');
    if (fs.existsSync(file)) return file;
  }
  return null;
}

/// Deterministic rows: `count` requests over the same departments, some closed, some open.
function made(count) {
  const departments = ['PWDx', 'BTDT', 'ISD', 'PARK', 'ANML', 'INFO'];
  const reasons = ['Sanitation', 'Street Cleaning', 'Highway Maintenance', 'Trees', 'Housing', 'Animal Issues'];
  const rows = [header];
  for (let i = 0; i < count; i += 1) {
    const department = departments[(i * 7 + (i >> 3)) % departments.length];
    const day = String(1 + (i % 28)).padStart(2, '0');
    const hour = String((i * 5) % 24).padStart(2, '0');
    const opened = `2015-08-${day}T${hour}:15:30`;
    const closed = i % 6 === 0 ? '' : `2015-09-${day}T${hour}:45:00`;
    rows.push(
      `${201000000000 + i},${opened},2015-09-20T08:30:00,${closed},ONTIME,${closed ? 'Closed' : 'Open'},` +
        `${closed ? 'Resolved' : ''},Request ${i},Public Works,${reasons[i % reasons.length]},` +
        `${reasons[i % reasons.length]} request,${department}_Queue ${i % 9},${department},` +
        `${i % 400} Made St,Roxbury,Ward ${i % 22},02121,42.3${i % 90},-71.0${i % 90},Self Service`,
    );
  }
  return rows;
}

/// Writes the first `count` requests to `file`. Returns which set it was and the rows per department.
export function writeRequests(root, file, count) {
  const real = findReal(root);
  const lines = real
    ? zlib.gunzipSync(fs.readFileSync(real)).toString('utf8').trimEnd().split('\n').slice(0, count + 1)
    : made(count);
  fs.writeFileSync(file, `${lines.join('\n')}\n`);
  return { set: real ? 'real requests of 2015-08/09' : 'made requests (the real file is absent)', rows: lines.length - 1 };
}
