// What a clerk sees come in: node watch_page.mjs ADDRESS NAME PASSWORD COUNT prints `ready`, then a line of JSON whenever
// the first COUNT open assignments by deadline are others: the machine's monotonic clock in seconds, their ids. It stands
// beside the office, behind the line. Ends with its input.
import { Page } from './page.mjs';

const [address, name, password, count] = process.argv.slice(2);
const page = await new Page(address).signIn(name, password);
console.log('ready');
process.stdin.on('end', () => process.exit(0)).resume();
let before = '';
for (;;) {
  const { items } = await page.get(`/api/assignments?view=open&limit=${count}`);
  const now = Number(process.hrtime.bigint()) / 1e9;
  const ids = items.map((item) => item.id);
  if (ids.join() !== before) console.log(JSON.stringify({ now, ids }));
  before = ids.join();
  await new Promise((resolve) => setTimeout(resolve, 50));
}
