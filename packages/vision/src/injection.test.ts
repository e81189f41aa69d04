import { expect, test } from 'vitest'
import type { Frame } from './evidence.ts'
import { isLooped } from './injection.ts'

/** Frames whose bytes are the numbers given. */
const frames = (numbers: number[]): Frame[] =>
  numbers.map((n, i) => ({ kind: 'small', atMs: i * 66, jpeg: Uint8Array.of(n & 255, n >> 8) }))
const count = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i)

test('a stretch of film shown twice is a loop, with or without a frozen frame between', () => {
  expect(isLooped(frames([...count(0, 40), ...count(0, 40)]))).toBe(true)
  expect(isLooped(frames([...count(0, 50), 49, 49, 7, ...count(10, 45)]))).toBe(true)
})

test('what honest cameras do is no loop: frozen frames, every frame twice, a still scene, playing to and fro', () => {
  expect(isLooped(frames(count(0, 300)))).toBe(false)
  expect(isLooped(frames(count(0, 150).flatMap((n) => [n, n])))).toBe(false)
  expect(isLooped(frames(Array.from({ length: 200 }, () => 5)))).toBe(false)
  expect(isLooped(frames([...count(0, 60), ...count(0, 60).reverse()]))).toBe(false)
})
