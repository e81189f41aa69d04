import { z } from 'zod'
import { defineRoute } from './define-route.ts'

// What a page needs in order to show what a challenge asks for.
export { FLASH_STEP_MS, type FlashColour, paintOf, shownFor } from '@app/domain'

/** The colours a challenge may show on the screen. */
export const FlashColourName = z.enum(['amber', 'green', 'blue', 'pink'])

/** When the page showed the neutral light and then each of the challenge's colours. */
export const FlashTimes = z.object({
  shownAtMs: z.array(z.number().min(0).max(180_000)).min(2).max(9),
  endedAtMs: z.number().min(0).max(180_000),
})

/** `asked`: whether the institution's face check shows colours on the screen at all. */
export const FlashSettingView = z.object({ asked: z.boolean(), avoids: z.boolean() })
export type FlashSettingView = z.infer<typeof FlashSettingView>

export const getFlashSetting = defineRoute({
  method: 'GET',
  path: '/api/me/flashes',
  summary: 'Whether the face check shows colours on the screen, and whether one has asked not to see them',
  access: ['student'],
  response: FlashSettingView,
  errors: [],
})

export const setFlashSetting = defineRoute({
  method: 'PUT',
  path: '/api/me/flashes',
  summary: 'Ask not to see colours on the screen, or take that back; nobody has to agree',
  access: ['student'],
  body: z.object({ avoids: z.boolean() }),
  response: FlashSettingView,
  errors: [],
})
