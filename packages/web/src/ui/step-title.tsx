import { Title } from '@mantine/core'
import { useEffect, useRef } from 'react'

/** The heading of a step that took another's place: it takes the focus, which would else be lost with the button. */
export function StepTitle({ children }: { children: string }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  return (
    <Title order={2} ref={heading} tabIndex={-1}>
      {children}
    </Title>
  )
}
