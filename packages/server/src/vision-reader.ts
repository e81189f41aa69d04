import { BadFrames, VisionBusy, type VisionPool } from '@app/vision'
import { type ReadFrames, type ReadPhoto, VisionProblem } from './platform/vision.ts'

/** Puts the vision package behind what the use cases ask for, its errors in their words. */
export function readWith(vision: VisionPool): ReadFrames {
  return async (request) => {
    try {
      return await vision.read(request)
    } catch (error) {
      if (error instanceof VisionBusy) throw new VisionProblem('busy', null)
      if (error instanceof BadFrames) throw new VisionProblem(error.code, error.frame)
      throw new VisionProblem('down', null, { cause: error })
    }
  }
}

/** The same for single photos. */
export function readPhotoWith(vision: VisionPool): ReadPhoto {
  return async (file) => {
    try {
      return await vision.readPhoto(file)
    } catch (error) {
      if (error instanceof VisionBusy) throw new VisionProblem('busy', null)
      throw new VisionProblem('down', null, { cause: error })
    }
  }
}
