import { Button, type ButtonProps } from '@mantine/core'
import { createLink, type LinkComponent } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, Ref } from 'react'

type AnchorProps = ButtonProps &
  Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof ButtonProps> & { ref?: Ref<HTMLAnchorElement> }

const Styled = (props: AnchorProps) => <Button component="a" {...props} />

const Routed = createLink(Styled)

/** A link that looks like a button: it goes somewhere, it does nothing. */
export const ButtonLink: LinkComponent<typeof Styled> = (props) => <Routed preload="intent" {...props} />
