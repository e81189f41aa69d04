import { Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'

/** What is in a sheet, in a few words, and the buttons that save it. */
export function SheetRow({ text, children }: { text: string; children: ReactNode }) {
  return (
    <Group justify="space-between" mb="md">
      <Text c="dimmed" flex="1 1 240px">
        {text}
      </Text>
      <Group gap="xs" className="no-print">
        {children}
      </Group>
    </Group>
  )
}
