import type { FaceBox } from '../packages/vision/src/geometry/boxes.ts'
import type { Picture } from '../packages/vision/src/geometry/picture.ts'

/** The face whose middle is nearest to the middle of the picture: labelled sets centre the person they name. */
export function nearestTo(picture: Picture, boxes: readonly FaceBox[]): FaceBox | null {
  const off = (box: FaceBox) =>
    Math.hypot(box.x + box.width / 2 - picture.width / 2, box.y + box.height / 2 - picture.height / 2)
  return boxes.reduce<FaceBox | null>((best, each) => (best && off(best) <= off(each) ? best : each), null)
}
