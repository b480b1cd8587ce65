// Builds the pages into dist/<page>: index.html, app.js, app.css, icon.svg, and each file once more as .gz beside it.
// The same sources give the same bytes.
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { constants, gzipSync } from 'node:zlib';

const root = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(root, 'dist');

/** Each page becomes a folder of its own in dist. */
const pages = ['office', 'central'];

/** What a first visit may load over a thin office network, packed. */
const firstLoadMaxBytes = 100 * 1024;

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

async function pack(folder) {
  let total = 0;
  for (const name of (await readdir(folder)).sort()) {
    const packed = gzipSync(await readFile(path.join(folder, name)), { level: constants.Z_BEST_COMPRESSION });
    packed[9] = 255; // the header's "operating system": the same bytes wherever it is built
    await writeFile(path.join(folder, `${name}.gz`), packed);
    total += packed.length;
  }
  return total;
}

async function build(esbuild, page) {
  const folder = path.join(dist, page);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await bundle(esbuild, page, folder);
  await copyFile(path.join(root, 'src', page, 'index.html'), path.join(folder, 'index.html'));
  await copyFile(path.join(root, 'src', 'shared', 'icon.svg'), path.join(folder, 'icon.svg'));
  const bytes = await pack(folder);
  if (bytes > firstLoadMaxBytes) stop(`page ${page} loads ${bytes} bytes at first; at most ${firstLoadMaxBytes} are allowed.`);
  process.stdout.write(`ui-web: ${page} ${bytes} bytes packed\n`);
}

const esbuild = await loadEsbuild();
for (const page of pages) await build(esbuild, page);
