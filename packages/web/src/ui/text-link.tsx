import { createLink, type LinkComponent } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, Ref } from 'react'
import classes from './text-link.module.css'

const Styled = ({
  className,
  ...props
}: AnchorHTMLAttributes<HTMLAnchorElement> & { ref?: Ref<HTMLAnchorElement> }) => (
  <a className={className === undefined ? classes.link : `${classes.link} ${className}`} {...props} />
)

const Routed = createLink(Styled)

/** A link within the app that stands by itself: as tall as a finger. */
export const TextLink: LinkComponent<typeof Styled> = (props) => <Routed preload="intent" {...props} />
