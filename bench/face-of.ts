import type { Picture, Rect } from '../packages/vision/src/geometry/picture.ts'

/** The face whose middle is nearest to the middle of the picture: labelled sets centre the person they name. */
export function nearestTo<Face extends Rect>(picture: Picture, faces: readonly Face[]): Face | null {
  const off = (box: Rect) =>
    Math.hypot(box.x + box.width / 2 - picture.width / 2, box.y + box.height / 2 - picture.height / 2)
  return faces.reduce<Face | null>((best, each) => (best && off(best) <= off(each) ? best : each), null)
}
