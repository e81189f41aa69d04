import { type RefObject, useEffect, useRef, useState } from 'react'
import { CameraFailure, type CameraProblem, openCamera } from '../../ui/camera/camera.ts'
import { type ReadCode, readCode } from './read-code.ts'

export type ScannerState =
  | { kind: 'opening' }
  | { kind: 'looking'; sawOther: boolean }
  | { kind: 'no-camera'; problem: CameraProblem }
  | { kind: 'broken' }

/** Five looks a second find a code at once and leave the phone cool. */
const LOOK_EVERY_MS = 200
const READER_URL = '/vendor/zxing/zxing_reader.wasm'

/** Looks for an attendance code with the camera that faces the room, until one is found. */
export function useCodeScanner(video: RefObject<HTMLVideoElement | null>, onRead: (read: ReadCode) => void) {
  const [state, setState] = useState<ScannerState>({ kind: 'opening' })
  const [turn, setTurn] = useState(0)
  const latest = useRef(onRead)
  useEffect(() => {
    latest.current = onRead
  })

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn starts the scanner anew
  useEffect(() => {
    const leaving = new AbortController()
    scan(video, leaving.signal, setState).then(
      (read) => {
        if (read !== null) latest.current(read)
      },
      (error: unknown) => {
        if (leaving.signal.aborted) return
        setState(error instanceof CameraFailure ? { kind: 'no-camera', problem: error.problem } : { kind: 'broken' })
      },
    )
    return () => leaving.abort()
  }, [video, turn])

  return {
    state,
    again() {
      setState({ kind: 'opening' })
      setTurn((last) => last + 1)
    },
  }
}

async function scan(
  video: RefObject<HTMLVideoElement | null>,
  signal: AbortSignal,
  tell: (state: ScannerState) => void,
): Promise<ReadCode | null> {
  const camera = await openCamera('environment', signal)
  try {
    const element = video.current
    if (element === null) return null
    element.srcObject = camera.stream
    const [detector] = await Promise.all([createDetector(), element.play()])
    let sawOther = false
    while (!signal.aborted) {
      tell({ kind: 'looking', sawOther })
      const found = await detector.detect(element)
      const read = found.map(({ rawValue }) => readCode(rawValue)).find((each) => each?.sessionId != null)
      if (read) return signal.aborted ? null : read
      if (found.length > 0) sawOther = true
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
    }
    return null
  } finally {
    camera.stop()
  }
}

/** Fetched only now: most students never scan from inside the page. */
async function createDetector() {
  const { BarcodeDetector, prepareZXingModule } = await import('barcode-detector/ponyfill')
  await prepareZXingModule({ overrides: { locateFile: () => READER_URL }, fireImmediately: true })
  return new BarcodeDetector({ formats: ['qr_code'] })
}
