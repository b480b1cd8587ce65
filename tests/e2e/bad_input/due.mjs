// `fieldnode due` with nonsense, and with calendar files that cannot be.
import fs from 'node:fs';
import path from 'node:path';

import { run } from '../support/program.mjs';
import { assertTurnedAway } from '../support/refusals.mjs';

const from = ['--from', '2026-10-12T10:00'];
const fiveDays = [...from, '--limit', '5wd'];
const limit = (text) => [...from, '--limit', text];
const extended = (...texts) => [...fiveDays, ...texts.flatMap((text) => ['--extension', text])];
const paused = (text) => [...fiveDays, '--pause', text];

const nonsense = [
  ['a bare date', ['--from', '2026-10-10', '--limit', '5wd'], 'bad_moment', ['"2026-10-10"', 'time of day', 'write it like']],
  ['a day that no month has', ['--from', '2026-02-30T10:00', '--limit', '5wd'], 'bad_moment', ['"2026-02-30T10:00"', 'write it like']],
  ['an hour that no day has', ['--from', '2026-10-10T25:00', '--limit', '5wd'], 'bad_moment', ['"2026-10-10T25:00"', '23:59:59']],
  ['a word for a moment', ['--from', 'yesterday', '--limit', '5wd'], 'bad_moment', ['"yesterday"', 'write it like']],
  ['no beginning', ['--limit', '5wd'], 'bad_usage', ['--from', 'is missing', 'like --from']],
  ['no limit', from, 'bad_usage', ['--limit', 'is missing', 'like --limit 5wd']],
  ['no unit', limit('5'), 'bad_limit', ['"5"', 'unit is missing', 'write a whole number and h, wh, wd or cd']],
  ['an unknown unit', limit('5weeks'), 'bad_limit', ['"5weeks"', 'unit is unknown', 'like 5wd']],
  ['nothing to count', limit('0wd'), 'bad_limit', ['"0wd"', 'nothing to count', 'like 5wd']],
  ['a count below nothing', limit('-5wd'), 'bad_limit', ['"-5wd"', 'whole number', 'like 5wd']],
  ['a count beyond all bounds', limit('99999999999wd'), 'bad_limit', ['too large', 'like 5wd']],
  ['three extensions', extended('2wd', '2wd', '1wd'), 'extension_too_many', ['--extension 1wd', 'at most 2', 'leave']],
  ['an extension longer than its base', extended('6wd'), 'extension_too_long', ['--extension 6wd', '6 working days', '5wd', 'fewer days']],
  ['an extension of nothing', extended('0wd'), 'bad_limit', ['"0wd"', 'nothing to count']],
  ['an extension in hours', extended('2h'), 'bad_usage', ['--extension 2h', 'working days', 'write it like 5wd']],
  ['an extension of hours', [...limit('2h'), '--extension', '1wd'], 'bad_usage', ['--extension', 'in working days, like 5wd']],
  ['a pause backwards', paused('2026-10-13T10:00/2026-10-13T09:00'), 'bad_pause',
    ['2026-10-13T10:00/2026-10-13T09:00', 'does not end after it begins', 'FROM/TO']],
  ['half a pause', paused('2026-10-13T10:00'), 'bad_pause', ['"2026-10-13T10:00"', 'write two moments, FROM/TO']],
  ['a pause in words', paused('now/later'), 'bad_moment', ['"now"', 'write it like']],
  ['the year 2017', ['--from', '2017-10-10T10:00', '--limit', '5wd'], 'outside_calendar',
    ['2017-10-10', 'from 2018-01-01', 'correct the date']],
  ['the year 2031', ['--from', '2031-10-10T10:00', '--limit', '5wd'], 'outside_calendar',
    ['2031-10-10', 'to 2027-12-31', 'add the notices']],
  ['a count that leaves the calendar', limit('4000wd'), 'outside_calendar', ['to 2027-12-31', 'add the notices']],
  ['an unknown option', [...fiveDays, '--tomorrow'], 'bad_usage', ['--tomorrow', 'fieldnode due --help']],
  ['a stray word', [...fiveDays, 'please'], 'bad_usage', ['please', 'fieldnode due --help']],
  ['an unknown end of the day', [...fiveDays, '--day-end', 'noon'], 'bad_usage', ['--day-end "noon"', 'close or midnight']],
  ['an impossible publication day', [...fiveDays, '--as-of', '2026-13-01'], 'bad_date', ['"2026-13-01"', 'write it like']],
];

const notice = (fields) => JSON.stringify({ year: 2026, version: '2026-03-01', off: [], work: [], ...fields });

const calendars = [
  ['a day both off and working', notice({ off: ['2026-05-01'], work: ['2026-05-01'] }), ['work[0]', '2026-05-01', 'off[0]']],
  ['a day off twice', notice({ off: ['2026-05-01', '2026-05-02', '2026-05-01'] }), ['off[2]', '2026-05-01', 'off[0]']],
  ['30 February', notice({ off: ['2026-02-30'] }), ['off[0]', '"2026-02-30"', 'write it like']],
  ['month 13', notice({ work: ['2026-13-01'] }), ['work[0]', '"2026-13-01"', 'write it like']],
  ['a day of another year', notice({ off: ['2027-02-03'] }), ['off[0]', '2027-02-03', '2025-12-21', '2026-12-31']],
  ['a year out of range', notice({ year: 2050 }), ['year', 'from 2018 to 2049']],
  ['an unknown field', notice({ holidays: [] }), ['holidays', 'unknown']],
  ['a missing field', '{"year":2026,"version":"2026-03-01","off":[]}', ['work', 'missing']],
  ['broken JSON', '{"year":2026,\n"version":"2026-03-01",\n"off":[,],"work":[]}', ['line 3']],
  ['no JSON at all', 'off: 1 May', ['line 1']],
];

export async function tryDue(t, dir) {
  for (const [what, args, code, says] of nonsense) {
    await t.test(`due: ${what}`, () => assertTurnedAway(run('fieldnode', ['due', ...args]), { code, says }));
  }
  for (const [what, text, says] of calendars) {
    await t.test(`due: a calendar file with ${what}`, () => {
      const file = path.join(dir, 'notice.json');
      fs.writeFileSync(file, text);
      const done = run('fieldnode', ['due', ...fiveDays, '--calendar', file]);
      assertTurnedAway(done, { code: 'bad_calendar', says: [file, ...says] });
    });
  }
  await t.test('due: no calendar file', () => {
    const done = run('fieldnode', ['due', ...fiveDays, '--calendar', path.join(dir, 'nowhere.json')]);
    assertTurnedAway(done, { code: 'no_file', says: ['nowhere.json', 'check the path'] });
  });
}
