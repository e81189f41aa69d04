import { ActionIcon, localStorageColorSchemeManager, useMantineColorScheme } from '@mantine/core'
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

/** The key is read by public/colour-scheme.js too. */
export const colourSchemeManager = localStorageColorSchemeManager({ key: 'colour-scheme' })

const NEXT = { auto: 'light', light: 'dark', dark: 'auto' } as const
const ICON = { auto: IconDeviceDesktop, light: IconSun, dark: IconMoon } as const

/** One button that goes round: as the device, light, dark. */
export function ColourSchemeToggle() {
  const { t } = useTranslation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const label = t('theme.switchTo', { now: t(`theme.${colorScheme}`), next: t(`theme.${NEXT[colorScheme]}`) })
  const Icon = ICON[colorScheme]
  return (
    <ActionIcon color="gray" aria-label={label} title={label} onClick={() => setColorScheme(NEXT[colorScheme])}>
      <Icon aria-hidden size={22} stroke={1.75} />
    </ActionIcon>
  )
}
