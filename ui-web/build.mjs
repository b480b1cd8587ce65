// Builds the pages into dist/<page>: index.html, app.js, app.css, icon.svg, en.json (the English words, which come when they are
// wanted), and each file once more as .gz beside it.
// The same sources give the same bytes.
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { constants, gzipSync } from 'node:zlib';

const root = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(root, 'dist');

/** Each page becomes a folder of its own in dist, with the English words of these files. */
const pages = { office: ['en.json'], central: ['en.json', 'central.en.json'] };

/** What a first visit may load over a thin office network, packed. */
const firstLoadMaxBytes = 100 * 1024;
const laterFile = 'en.json';

function stop(sentence) {
  process.stderr.write(`ui-web: ${sentence}\n`);
  process.exit(1);
}

async function loadEsbuild() {
  if (!existsSync(path.join(root, 'node_modules', 'esbuild'))) {
    stop('the node modules are missing. Run packaging/install, or `npm ci` in ui-web, and build again.');
  }
  return import('esbuild');
}

async function bundle(esbuild, page, folder) {
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: { app: `src/${page}/main.tsx` },
    outdir: folder,
    bundle: true,
    format: 'iife',
    target: 'chrome86',
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
}

/** One file of the words of several, the page's own last. */
async function english(names, folder) {
  const words = {};
  for (const name of names) Object.assign(words, JSON.parse(await readFile(path.join(root, 'messages', name), 'utf8')));
  await writeFile(path.join(folder, laterFile), JSON.stringify(words));
}

async function pack(folder) {
  const sizes = { first: 0, later: 0 };
  for (const name of (await readdir(folder)).sort()) {
    const packed = gzipSync(await readFile(path.join(folder, name)), { level: constants.Z_BEST_COMPRESSION });
    packed[9] = 255; // the header's "operating system": the same bytes wherever it is built
    await writeFile(path.join(folder, `${name}.gz`), packed);
    sizes[name === laterFile ? 'later' : 'first'] += packed.length;
  }
  return sizes;
}

async function build(esbuild, page, words) {
  const folder = path.join(dist, page);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await bundle(esbuild, page, folder);
  await english(words, folder);
  await copyFile(path.join(root, 'src', page, 'index.html'), path.join(folder, 'index.html'));
  await copyFile(path.join(root, 'src', 'shared', 'icon.svg'), path.join(folder, 'icon.svg'));
  const { first, later } = await pack(folder);
  if (first > firstLoadMaxBytes) stop(`page ${page} loads ${first} bytes at first; at most ${firstLoadMaxBytes} are allowed.`);
  process.stdout.write(`ui-web: ${page} ${first} bytes packed at first, ${later} later\n`);
}

const esbuild = await loadEsbuild();
for (const [page, words] of Object.entries(pages)) await build(esbuild, page, words);
