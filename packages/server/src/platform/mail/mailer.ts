import { createTransport } from 'nodemailer'

export type Mail = { to: string; subject: string; text: string }

/** Sends one mail or throws; null in the configuration when no SMTP server is set. */
export type Mailer = {
  send(mail: Mail): Promise<void>
  /** Whether the server answers and takes the sign-in; sends nothing. */
  check(): Promise<boolean>
  close(): void
}

/** What people have typed, for a mail: a line end in a name would otherwise write into its header. */
export const oneLine = (text: string): string => text.replaceAll(/\p{Cc}+/gu, ' ')

/** A mail server that says nothing more: well before the queue takes a handful of mails for lost and sends them again. */
const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 10_000 }

/**
 * @param options.url `smtp://user:password@host:587` or `smtps://…`
 * @param options.from e.g. `Smart Attendance <no-reply@college.example>`
 */
export function createMailer(options: { url: string; from: string }): Mailer {
  const transport = createTransport({ url: options.url, pool: true, maxConnections: 2, ...TIMEOUTS })
  return {
    async send(mail) {
      await transport.sendMail({ from: options.from, to: mail.to, subject: mail.subject, text: mail.text })
    },
    check: () => transport.verify(),
    close: () => transport.close(),
  }
}
