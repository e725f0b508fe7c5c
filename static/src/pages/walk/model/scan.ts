/** Reading QR codes with the camera, where the browser can. Elsewhere the phone's own camera follows a poster's link. */

interface Detector {
  detect(image: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
type DetectorClass = new (options: { formats: string[] }) => Detector;

const detectorClass = (): DetectorClass | undefined =>
  (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;

/** Whether this browser can. */
export const canScan = (): boolean =>
  detectorClass() !== undefined &&
  (navigator as { mediaDevices?: MediaDevices }).mediaDevices !== undefined;

/** So often a picture is looked at, in milliseconds. */
const EVERY_MS = 200;

/** Shows the camera in `video` and gives the first code in sight; null when `signal` ends it. Throws without a camera. */
export async function scan(video: HTMLVideoElement, signal: AbortSignal): Promise<string | null> {
  const Class = detectorClass();
  if (!Class) return null;
  const detector = new Class({ formats: ['qr_code'] });
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { facingMode: 'environment' },
  });
  try {
    video.srcObject = stream;
    await video.play();
    while (!signal.aborted) {
      const [found] = await detector.detect(video);
      if (found) return found.rawValue;
      await new Promise((done) => setTimeout(done, EVERY_MS));
    }
    return null;
  } finally {
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  }
}
