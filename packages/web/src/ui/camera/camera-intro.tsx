import { IconClock, IconLock, IconScan } from '@tabler/icons-react'
import classes from './camera-intro.module.css'

type Point = { title: string; text: string }

/** Three pictures before the first time: what will happen, what is kept, and for how long. */
export function CameraIntro({
  title,
  happens,
  kept,
  howLong,
}: {
  title: string
  happens: Point
  kept: Point
  howLong: Point
}) {
  const points = [
    { ...happens, Icon: IconScan },
    { ...kept, Icon: IconLock },
    { ...howLong, Icon: IconClock },
  ]
  return (
    <div className={classes.intro}>
      <h2 className={classes.title}>{title}</h2>
      <ol className={classes.points}>
        {points.map(({ title: heading, text, Icon }) => (
          <li key={heading} className={classes.point}>
            <span className={classes.picture}>
              <Icon aria-hidden size={36} stroke={1.5} />
            </span>
            <div>
              <h3 className={classes.heading}>{heading}</h3>
              <p className={classes.text}>{text}</p>
            </div>
          </li>
        ))}
      </ol>
    </div>
  )
}
