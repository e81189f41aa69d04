import { useEffect, useRef } from 'react'

/** A soft tick whenever the number of marks grows; only while it is wanted. */
export function useMarkSound(marked: number, isWanted: boolean) {
  const before = useRef(marked)
  useEffect(() => {
    const hasGrown = marked > before.current
    before.current = marked
    if (hasGrown && isWanted) tick()
  }, [marked, isWanted])
}

const TICK = { frequency: 880, seconds: 0.09, volume: 0.08 }

function tick() {
  const audio = new AudioContext()
  const tone = audio.createOscillator()
  const volume = audio.createGain()
  tone.frequency.value = TICK.frequency
  volume.gain.setValueAtTime(TICK.volume, audio.currentTime)
  volume.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + TICK.seconds)
  tone.connect(volume).connect(audio.destination)
  tone.onended = () => void audio.close()
  tone.start()
  tone.stop(audio.currentTime + TICK.seconds)
}
