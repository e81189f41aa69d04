import { Button, Group, Text } from '@mantine/core'
import { IconVolume, IconVolumeOff } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNow } from '../../ui/time.tsx'
import { type Board, paceOf, unmarkedOf } from './board-state.ts'
import { BulkDialog } from './bulk-dialog.tsx'
import { SpotCheckDialog } from './spot-check-dialog.tsx'
import { useMarkSound } from './use-mark-sound.ts'

/** What a teacher does with the class as a whole; and how quickly it fills. */
export function BoardActions({ board, canChange }: { board: Board; canChange: boolean }) {
  const { t } = useTranslation('live-board')
  const [asking, setAsking] = useState<'rest' | 'spot' | null>(null)
  const { session, tiles } = board
  const unmarked = unmarkedOf(tiles).length
  const close = () => setAsking(null)
  return (
    <Group gap="xs">
      {canChange && unmarked > 0 && (
        <Button variant="default" onClick={() => setAsking('rest')}>
          {t('bulk.rest', { count: unmarked })}
        </Button>
      )}
      {canChange && session.isOpen && tiles.length > unmarked && (
        <Button variant="default" onClick={() => setAsking('spot')}>
          {t('spot.open')}
        </Button>
      )}
      {session.isOpen && <Pace board={board} />}
      {asking === 'rest' && (
        <BulkDialog sessionId={session.id} students="unmarked" count={unmarked} onClose={close} onDone={close} />
      )}
      {asking === 'spot' && <SpotCheckDialog sessionId={session.id} onClose={close} />}
    </Group>
  )
}

function Pace({ board }: { board: Board }) {
  const { t } = useTranslation('live-board')
  const now = useNow(5000)
  const [hasSound, setHasSound] = useState(false)
  useMarkSound(board.tiles.length - unmarkedOf(board.tiles).length, hasSound)
  return (
    <>
      <Button
        variant="subtle"
        aria-pressed={hasSound}
        leftSection={hasSound ? <IconVolume aria-hidden size={20} /> : <IconVolumeOff aria-hidden size={20} />}
        onClick={() => setHasSound(!hasSound)}
      >
        {t('pace.sound')}
      </Button>
      <Text c="dimmed">{t('pace.lastMinute', { count: paceOf(board.tiles, now) })}</Text>
    </>
  )
}
