// Plays one chapter of the demo city's life through the pages of its running programs, as staff with accounts of their
// own: node live.mjs CITY_DIR CHAPTER PLACE=PAGE...
import { chapters } from './chapters.mjs';
import { City } from './city.mjs';

const [dir, name, ...places] = process.argv.slice(2);
const chapter = chapters[name];
if (!chapter) {
  console.error(`live.mjs: '${name}' is no chapter; there are ${Object.keys(chapters).join(', ')}.`);
  process.exit(2);
}

try {
  const city = await City.enter(dir, Object.fromEntries(places.map((pair) => pair.split('='))));
  await chapter(city);
} catch (error) {
  const why = error.cause ? ` (${error.cause.message})` : '';
  console.error(`live.mjs: chapter '${name}' broke off: ${error.message}${why}`);
  console.error('  Nothing is lost or doubled: start again, and it goes on.');
  process.exit(1);
}
