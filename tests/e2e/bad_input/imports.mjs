// Import files and mappings that are wrong: said before anything is written, with file, line and key.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';

import { must, run } from '../support/program.mjs';
import { assertTurnedAway } from '../support/refusals.mjs';
import { header, requestRow } from '../support/requests_311.mjs';
import { rowsIn } from '../support/stored_rows.mjs';

const row = (id) =>
  requestRow(id, { case_id: id, closed_at: '', status: 'Open', closure_code: '', opened_at: '2015-08-10T09:15:30', department: 'PARK' });
const good = `${[header, row(1), row(2), row(3)].join('\n')}\n`;

const lineOf = (text, part) => text.slice(0, text.indexOf(part)).split('\n').length;

/// Each row: what, the mapping's text made wrong, the code, what is said besides the mapping's name.
function wrongMappings(right) {
  const change = (from, to) => {
    assert.ok(right.includes(from), `the mapping has no ${from}`);
    return right.replace(from, to);
  };
  const line = (part) => `line ${lineOf(right, part)}`;
  return [
    ['a wrong column', change('opened_at = "opened_at"', 'opened_at = "open_dt"'), 'missing_column',
      [line('opened_at = "opened_at"'), 'columns.opened_at', '"open_dt"', 'it has: case_id, opened_at']],
    ['a wrong column among the required', change('"type", "department"]', '"type", "agency"]'), 'missing_column', ['required', '"agency"']],
    ['a wrong TZ', change('EST5EDT,M3.2.0,M11.1.0', 'America/New_York'), 'bad_time_zone',
      [line('timezone'), '"America/New_York"', 'write the POSIX form', 'EST5EDT,M3.2.0,M11.1.0']],
    ['a TZ with an impossible rule', change('M3.2.0', 'M13.2.0'), 'bad_time_zone', [line('timezone'), 'character', '1 to 12']],
    ['a TZ without its rule', change('EST5EDT,M3.2.0,M11.1.0', 'EST5EDT'), 'bad_time_zone', [line('timezone'), '"EST5EDT"']],
    ['no source', change('source = "boston311"\n', ''), 'missing_key', ['"source"']],
    ['no column for the id', change('external_id = "case_id"\n', ''), 'missing_key', ['"columns.external_id"', line('[columns]')]],
    ['no column for the unit', change('column = "department"\n', ''), 'missing_key', ['"unit.column"', 'line']],
    ['a key with a typing error', change('encoding =', 'encodnig ='), 'unknown_key', [line('encoding ='), '"encodnig"', 'known here are']],
    ['a category that is none', change('default = "A2"', 'default = "B9"'), 'bad_value', [line('default = "A2"'), 'category.default']],
    ['a time format that is none', change('%Y-%m-%dT%H:%M:%S', '%Y-%m-%dT%Q'), 'bad_time_format', [line('time_formats'), '%Q']],
    ['an encoding that is none', change('encoding = "utf-8"', 'encoding = "latin-9"'), 'bad_encoding_name', [line('encoding ='), 'latin-9']],
    ['broken TOML', change('[columns]', '[columns'), 'bad_toml', [line('[columns]')]],
  ];
}

/// Each row: what, the file's bytes, the code, what is said besides the file's name.
const wrongFiles = [
  ['half a line at the end', good + row(4).slice(0, 60), 'cut_file', ['line 5', 'nothing was imported', 'copy or export it again']],
  ['a quotation mark that nothing closes', `${good}"${row(4)}`, 'cut_file', ['line 5', 'nothing was imported']],
  ['no CSV at all', Buffer.from('\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0', 'latin1'), 'not_csv', ['no CSV', 'give the CSV file']],
  ['a PDF', '%PDF-1.7\n', 'not_csv', ['PDF', 'export']],
  ['an Excel workbook or a zip archive', Buffer.from('PK\x03\x04rest', 'latin1'), 'spreadsheet_file', ['Excel', 'zip', 'CSV UTF-8']],
  ['an old Excel workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'spreadsheet_file', ['Excel', 'CSV UTF-8']],
  ['a web page', '<!DOCTYPE html>\n<html><body>Please sign in, or register</body></html>\n', 'not_csv', ['web page', 'sign in there', 'export']],
  ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]), 'not_csv', ['no CSV', 'give the CSV file']],
  ['a gz file', zlib.gzipSync(good), 'gzip_file', ['gzip', 'unpack it first']],
  ['UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(good, 'utf16le')]), 'utf16_file', ['UTF-16', 'CSV UTF-8']],
  ['nothing', '', 'empty_file', ['empty', 'nothing was imported']],
  ['a header with a column twice', good.replace('queue', 'type'), 'duplicate_column', ['"type"', 'twice', 'rename']],
  ['a text without the columns', 'Dear centre,\nhere is my report.\n', 'missing_column', ['"case_id"', 'it has: Dear centre']],
];

/// An import of one case into a stopped centre: everything there, and everything in the folder, stays as it was.
class Imports {
  constructor(city, folder, mapping) {
    this.city = city;
    this.folder = folder;
    this.mapping = mapping;
    fs.mkdirSync(folder);
  }

  write(name, bytes) {
    const file = path.join(this.folder, name);
    fs.writeFileSync(file, bytes);
    return file;
  }

  run(file, mapping = this.mapping) {
    return run('fieldnode-central', ['import', '--dir', this.city.centreDir, '--mapping', mapping, '--as-open', file]);
  }

  counts() {
    return JSON.parse(must('fieldnode-central', ['status', '--dir', this.city.centreDir, '--json']));
  }

  stored() {
    return rowsIn(path.join(this.city.centreDir, 'central.db'));
  }

  fails(file, mapping, expected) {
    const before = { rows: this.stored(), counts: this.counts(), files: fs.readdirSync(this.folder) };
    assertTurnedAway(this.run(file, mapping), expected);
    const after = { rows: this.stored(), counts: this.counts(), files: fs.readdirSync(this.folder) };
    assert.deepEqual(after, before, 'nothing was changed');
  }
}

/// The centre is stopped.
export async function tryImports(t, city, mapping) {
  const imports = new Imports(city, path.join(city.dir, 'imports'), mapping);
  const right = imports.write('good.csv', good);
  for (const [what, text, code, says] of wrongMappings(fs.readFileSync(mapping, 'utf8'))) {
    await t.test(`import: a mapping with ${what}`, () => {
      const wrong = imports.write('wrong.toml', text);
      imports.fails(right, wrong, { code, says: [wrong, ...says] });
    });
  }
  for (const [what, bytes, code, says] of wrongFiles) {
    await t.test(`import: a file with ${what}`, () => {
      const wrong = imports.write('wrong.csv', bytes);
      imports.fails(wrong, mapping, { code, says: [wrong, ...says] });
    });
  }
  await t.test('import: no file, no mapping, a folder', () => {
    const nowhere = path.join(imports.folder, 'nowhere');
    imports.fails(`${nowhere}.csv`, mapping, { code: 'no_import_file', says: [`${nowhere}.csv`, 'name the CSV file'] });
    imports.fails(imports.folder, mapping, { code: 'no_import_file', says: [imports.folder, 'folder'] });
    imports.fails(right, `${nowhere}.toml`, { code: 'no_mapping', says: [`${nowhere}.toml`, 'see that it exists'] });
  });
  await t.test('import: bad rows are listed with line, code and reason; the good ones come in once', () => tryRows(imports));
}

function tryRows(imports) {
  const before = imports.counts().cases.dispatched;
  const rows = [header, row(1), row(2).replace('2015-08-10T', '10 August '), row(3).replace(',PARK,', ',,'), row(4)];
  const file = imports.write('mixed.csv', `${rows.join('\n')}\n`);
  for (const time of ['first', 'second']) {
    const done = imports.run(file);
    assert.equal(done.code, 0, done.err);
    assert.equal(imports.counts().cases.dispatched, before + 2, `${time} time`);
    const listed = fs.readFileSync(`${file}.rejects.csv`, 'utf8');
    assert.match(listed, /^3,bad_time,.*opened_at.*10 August/m);
    assert.match(listed, /^4,missing_value,.*department.*fill it in/m);
  }
}

/// The centre serves, and holds its database.
export async function tryImportBesideService(t, city, mapping) {
  await t.test('import: while the centre serves nothing is done, and it goes on serving', async () => {
    const folder = path.join(city.dir, 'imports-beside');
    const imports = new Imports(city, folder, mapping);
    const right = imports.write('good.csv', good);
    imports.fails(right, mapping, { code: 'database_in_use', says: ['stop `fieldnode-central serve`', 'start it again', 'go on working'] });
    assert.equal((await city.visitor.get('/api/cases?limit=1')).items.length, 1, 'the centre goes on');
  });
}
