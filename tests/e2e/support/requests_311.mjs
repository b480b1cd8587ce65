// Service requests to import: the real ones where the file is at hand, else a made set of the same shape.
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';

export const header =
  'case_id,opened_at,sla_target_at,closed_at,on_time,status,closure_code,title,subject,reason,type,queue,department,' +
  'street,neighborhood,ward,zip,lat,lon,source';

function findReal(root) {
  for (const up of ['../shared', '../../shared']) {
    const file = path.resolve(root, up, 'data/boston311-2015-08-09.csv.gz');
    if (fs.existsSync(file)) return file;
  }
  return null;
}

const departments = ['PWDx', 'BTDT', 'ISD', 'PARK', 'ANML', 'INFO'];
const reasons = ['Sanitation', 'Street Cleaning', 'Highway Maintenance', 'Trees', 'Housing', 'Animal Issues'];

/// One made request. `more`: other values for some of the columns.
export function requestRow(number, more = {}) {
  const department = departments[(number * 7 + (number >> 3)) % departments.length];
  const reason = reasons[number % reasons.length];
  const day = String(1 + (number % 28)).padStart(2, '0');
  const hour = String((number * 5) % 24).padStart(2, '0');
  const isOpen = number % 6 === 0;
  const columns = {
    case_id: 201000000000 + number,
    opened_at: `2015-08-${day}T${hour}:15:30`,
    sla_target_at: '2015-09-20T08:30:00',
    closed_at: isOpen ? '' : `2015-09-${day}T${hour}:45:00`,
    on_time: 'ONTIME',
    status: isOpen ? 'Open' : 'Closed',
    closure_code: isOpen ? '' : 'Resolved',
    title: `Request ${number}`,
    subject: 'Public Works',
    reason,
    type: `${reason} request`,
    queue: `${department}_Queue ${number % 9}`,
    department,
    street: `${number % 400} Made St`,
    neighborhood: 'Roxbury',
    ward: `Ward ${number % 22}`,
    zip: '02121',
    lat: `42.3${number % 90}`,
    lon: `-71.0${number % 90}`,
    source: 'Self Service',
    ...more,
  };
  return header.split(',').map((name) => columns[name]).join(',');
}

/// Deterministic rows: `count` requests over the same departments, some closed, some open.
function made(count) {
  return [header, ...Array.from({ length: count }, (_, number) => requestRow(number))];
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
