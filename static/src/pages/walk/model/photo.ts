/** Makes a photo small on the phone, before it is kept. Drawing it anew leaves its metadata behind. */
const LONGEST_PX = 1600;

/** A JPEG whose longer side has at most 1,600 pixels. */
export async function shrink(file: Blob): Promise<ArrayBuffer> {
  const image = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST_PX / Math.max(image.width, image.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(image.width * scale);
  canvas.height = Math.round(image.height * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  image.close();
  const blob = await new Promise<Blob | null>((done) => {
    canvas.toBlob(done, 'image/jpeg', 0.8);
  });
  if (!blob) throw new Error('the photo cannot be drawn');
  return blob.arrayBuffer();
}
