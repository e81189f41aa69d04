import { getFlashSetting, setFlashSetting } from '@app/contract'
import { Checkbox, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRead, useSend } from '../../api/use-api.tsx'
import '../checkbox-styles.ts'
import { ErrorNotice } from '../states.tsx'

/** Where a student turns the colours off, or on again; not shown where nobody is asked to see any. */
export function FlashSetting() {
  const setting = useRead(getFlashSetting)
  if (!setting.data || !(setting.data.asked || setting.data.avoids)) return null
  return <Setting avoids={setting.data.avoids} />
}

function Setting({ avoids }: { avoids: boolean }) {
  const { t } = useTranslation('check-in')
  const change = useSend(setFlashSetting, { changes: [getFlashSetting] })
  const [wished, setWished] = useState(avoids)
  const wish = (next: boolean) => {
    setWished(next)
    change.mutate({ body: { avoids: next } }, { onError: () => setWished(!next) })
  }
  return (
    <section>
      <Title order={2} size="h4">
        {t('colours.setting.title')}
      </Title>
      <Text mt={4} mb="sm">
        {t('colours.setting.text')}
      </Text>
      <ErrorNotice error={change.error} />
      <Checkbox
        label={t('colours.setting.label')}
        checked={wished}
        disabled={change.isPending}
        onChange={({ currentTarget }) => wish(currentTarget.checked)}
      />
    </section>
  )
}
