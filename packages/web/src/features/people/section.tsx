import { type ReactNode, useId } from 'react'
import classes from './people.module.css'

/** A part of a person's page. */
export function Section({ title, isWide = false, children }: { title: string; isWide?: boolean; children: ReactNode }) {
  const id = useId()
  return (
    <section className={`${classes.section} ${isWide ? classes.wide : ''}`} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  )
}
