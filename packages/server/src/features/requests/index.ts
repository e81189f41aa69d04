export { startAnswerMails } from './answer-mails.ts'
