// The written part of the demo city: what stands in its files, before anything runs.
import assert from 'node:assert/strict';
import fs from 'node:fs';

const categories = ['A1', 'A2', 'A3', 'A4', 'A5'];
const kinds = ['complaint', 'consultation', 'help', 'opinion', 'report'];

const different = (values) => new Set(values).size;
const sorted = (values) => [...new Set(values)].sort();

/// No field of this file holds a comma or a quote, so no reader of CSV is needed here.
function readOrders(file) {
  const [header, ...lines] = fs.readFileSync(file, 'utf8').trimEnd().split('\n');
  assert.ok(!header.includes('"') && lines.every((line) => !line.includes('"')), 'a quoted field');
  const names = header.split(',');
  return lines.map((line) => {
    const values = line.split(',');
    assert.equal(values.length, names.length, line);
    return Object.fromEntries(names.map((name, index) => [name, values[index]]));
  });
}

/// Nobody in the city can be rung up: there is no area code 0380, and no subscriber's number begins with 0.
const cannotRing = (telephone) => /^03800\d{6}$/.test(telephone);

/// Returns the orders of cases.csv.
export function checkOrders(folder) {
  const orders = readOrders(`${folder}/cases.csv`);
  const calls = JSON.parse(fs.readFileSync(`${folder}/calls.json`, 'utf8'));
  assert.ok(orders.length >= 320, `${orders.length} orders`);
  assert.ok(different(orders.map((one) => one['事项'])) >= 64, 'distinct matters');

  const texts = [...orders.map((one) => one['诉求内容']), ...calls.map((call) => call.text)];
  const titles = [...orders.map((one) => one['标题']), ...calls.map((call) => call.title)];
  assert.equal(different(texts), texts.length, 'no two texts are equal');
  assert.equal(different(titles), titles.length, 'no two titles are equal');
  for (const text of texts) assert.ok(text.length >= 60 && text.length <= 400, `${text.length} characters: ${text}`);

  assert.deepEqual(sorted(orders.map((one) => one['类别'])), categories);
  assert.deepEqual(sorted(orders.map((one) => one['类型'])), kinds);
  assert.deepEqual(sorted(calls.map((call) => call.category)), categories);
  assert.ok(different(orders.map((one) => one['承办单位'])) >= 5, 'units');
  for (const one of orders) assert.ok(cannotRing(one['联系电话']), one['联系电话']);
  for (const call of calls) assert.ok(cannotRing(call.contact[1]), call.contact[1]);
  return orders;
}
