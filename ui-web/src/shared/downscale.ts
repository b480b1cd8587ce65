/** A photo of today's telephone has 12 megapixels; to see what is on it, this is enough. */
const kLongestSide = 1600;
const kQuality = 0.85;
const kPhotos = ['image/jpeg', 'image/png', 'image/webp'];

/** The photo made smaller, or the file as it is: no photo, small enough, or this browser cannot read it. */
export async function downscaled(file: File): Promise<File> {
  if (!kPhotos.includes(file.type)) return file;
  try {
    const image = await createImageBitmap(file);
    const scale = kLongestSide / Math.max(image.width, image.height);
    if (scale >= 1) return file;
    const content = await drawn(image, Math.round(image.width * scale), Math.round(image.height * scale));
    if (content === null || content.size >= file.size) return file;
    return new File([content], `${file.name.replace(/\.[^.]*$/, '')}.jpg`, { type: 'image/jpeg' });
  } catch {
    return file;
  }
}

function drawn(image: ImageBitmap, width: number, height: number): Promise<Blob | null> {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const paper = canvas.getContext('2d');
  if (paper === null) return Promise.resolve(null);
  paper.fillStyle = '#fff';
  paper.fillRect(0, 0, width, height);
  paper.drawImage(image, 0, 0, width, height);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', kQuality));
}
