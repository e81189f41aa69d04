import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

const KEY = 'camera-speech'

/** Says each instruction aloud if the student wants it; off until they do, and remembered. */
export function useSpeech(sentence: string) {
  const { i18n } = useTranslation()
  const [isOn, setIsOn] = useState(() => remembered(KEY) === 'on')
  const canSpeak = 'speechSynthesis' in globalThis

  useEffect(() => {
    if (!isOn || !canSpeak || sentence === '') return
    const utterance = new SpeechSynthesisUtterance(sentence)
    utterance.lang = i18n.language
    speechSynthesis.cancel()
    speechSynthesis.speak(utterance)
    return () => speechSynthesis.cancel()
  }, [isOn, canSpeak, sentence, i18n.language])

  return {
    canSpeak,
    isOn,
    toggle() {
      remember(KEY, isOn ? 'off' : 'on')
      setIsOn(!isOn)
    },
  }
}

/** Storage may be shut off; then the choice lasts as long as the page. */
export function remembered(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    // Nothing depends on it.
  }
}
