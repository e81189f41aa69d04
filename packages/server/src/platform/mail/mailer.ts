import { createTransport } from 'nodemailer'

export type Mail = { to: string; subject: string; text: string }

/** Sends one mail or throws; null in the configuration when no SMTP server is set. */
export type Mailer = { send(mail: Mail): Promise<void>; close(): void }

/**
 * @param options.url `smtp://user:password@host:587` or `smtps://…`
 * @param options.from e.g. `Smart Attendance <no-reply@college.example>`
 */
export function createMailer(options: { url: string; from: string }): Mailer {
  const transport = createTransport({ url: options.url, pool: true, maxConnections: 2, connectionTimeout: 10_000 })
  return {
    async send(mail) {
      await transport.sendMail({ from: options.from, to: mail.to, subject: mail.subject, text: mail.text })
    },
    close: () => transport.close(),
  }
}
