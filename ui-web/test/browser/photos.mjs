// Photos as telephones make them, drawn by the browser of the walk: twelve megapixels with grain.

/** Chooses such a photo in the file input `testid`. `turned`: as a camera held upright stores it, to be shown a quarter turn to the right. */
export function choosePhoto(page, testid, { name, type, turned = false }) {
  return page.evaluate(drawAndChoose, { testid, name, type, turned });
}

/** Runs in the page. Returns the size in bytes of what was chosen. */
async function drawAndChoose({ testid, name, type, turned }) {
  const canvas = Object.assign(document.createElement('canvas'), { width: 4000, height: 3000 });
  const paper = canvas.getContext('2d');
  const light = paper.createLinearGradient(0, 0, 4000, 3000);
  light.addColorStop(0, '#0b3');
  light.addColorStop(1, '#d40');
  paper.fillStyle = light;
  paper.fillRect(0, 0, 4000, 3000);
  const grain = paper.createImageData(500, 500);
  let state = 1;
  for (let i = 0; i < grain.data.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    grain.data[i] = i % 4 === 3 ? 40 : state >>> 24;
  }
  const tile = Object.assign(document.createElement('canvas'), { width: 500, height: 500 });
  tile.getContext('2d').putImageData(grain, 0, 0);
  for (let x = 0; x < 4000; x += 500) for (let y = 0; y < 3000; y += 500) paper.drawImage(tile, x, y);
  const drawn = await new Promise((resolve) => canvas.toBlob(resolve, type, 0.95));
  // Exif with one field: orientation 6.
  const exif = [0xff, 0xe1, 0, 34, 69, 120, 105, 102, 0, 0, 77, 77, 0, 42, 0, 0, 0, 8, 0, 1, 1, 18, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
  const parts = turned ? [drawn.slice(0, 2), new Uint8Array(exif), drawn.slice(2)] : [drawn];
  const photo = new File(parts, name, { type });
  const chosen = new DataTransfer();
  chosen.items.add(photo);
  const input = document.querySelector(`[data-testid=${testid}]`);
  input.files = chosen.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
  return photo.size;
}

/** Width and height as the JPEG says them itself. */
export function sizeOfJpeg(bytes) {
  let at = 2;
  while (bytes[at] === 0xff) {
    const marker = bytes[at + 1];
    if (marker >= 0xc0 && marker <= 0xc3) return [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)];
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  throw new Error('no JPEG');
}
