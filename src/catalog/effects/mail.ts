import type { CatalogRow, EffectModel } from '../../model/catalog.js'
import { client, effect, exported, instances, members, property, yields } from './build.js'

const outbox = 'send from an outbox: write "to send" in the same transaction as the change, mark it sent, and check the mark first'
const resend = instances('resend', 'Resend')

function mail(path: string[], by: string, more: Partial<EffectModel> = {}): CatalogRow {
  return effect(path, 'mail', by, { data: '0', fix: outbox, ...more })
}

/** Mail providers. Most of them know no key: the sender has to remember. */
export const rows: CatalogRow[] = [
  client([...instances('nodemailer', 'Transporter Mail'), ...resend, ...instances('postmark', 'ServerClient'), ...instances('@mailchimp/mailchimp_transactional', 'ApiClient')], 'sdk'),
  // It keeps a token for the user and tells the listener that mails it.
  mail(members('@adonisjs/persona#Persona.new', 'forgotPassword'), 'adonis persona'),
  property(['@adonisjs/mail/services/main#default', '@ioc:Adonis/Addons/Mail#default'], '@adonisjs/mail#Mailer.new'),
  yields('@adonisjs/mail#Mailer.new.use', 'this'),
  { path: '@ioc:Adonis/Addons/Mail#BaseMailer.new', returns: '@adonisjs/mail#Mailer.new' },
  mail(members('@adonisjs/mail#Mailer.new', 'send sendLater'), 'adonis mail'),
  yields(exported('nodemailer', 'createTransport createTestAccount'), 'nodemailer#Transporter.new'),
  mail([...members(instances('nodemailer', 'Transporter Mail'), 'sendMail'), ...members(instances('nodemailer/lib/mailer', 'default'), 'sendMail')], 'nodemailer'),
  mail(members(instances(['nodemailer/lib/smtp-connection', 'nodemailer/lib/smtp-connection/index.js', 'smtp-connection'], 'default'), 'send'), 'nodemailer'),
  mail(members(instances(['@nestjs-modules/mailer', '@nest-modules/mailer'], 'MailerService'), 'sendMail'), 'nodemailer'),
  mail(members(resend, 'emails.send emails.create batch.send batch.create'), 'resend', { key: ['1.idempotencyKey'], fix: 'pass `{ idempotencyKey }` as the second argument' }),
  mail(members(resend, 'broadcasts.send'), 'resend'),
  mail([...members(['@sendgrid/mail#MailService.new'], 'send sendMultiple'), ...exported('@sendgrid/mail', 'send sendMultiple')], 'sendgrid'),
  mail(members('@ntegral/nestjs-sendgrid#SendGridService.new', 'send sendMultiple'), 'sendgrid'),
  client('@sendgrid/mail#MailService.new', 'sdk'),
  mail(members(instances('postmark', 'ServerClient Client'), 'sendEmail sendEmailWithTemplate sendEmailBatch sendEmailBatchWithTemplates'), 'postmark'),
  yields(members(instances('mailgun.js', 'default'), 'client'), 'mailgun.js#Client.new'),
  mail(members('mailgun.js#Client.new', 'messages.create'), 'mailgun', { model: '0', data: '1' }),
  yields(['mailgun-js#default', 'mailgun-js#default.new'], 'mailgun-js#Mailgun.new'),
  yields(members('mailgun-js#Mailgun.new', 'messages'), 'mailgun-js#Messages.new'),
  mail(members('mailgun-js#Messages.new', 'send'), 'mailgun'),
  yields('@mailchimp/mailchimp_transactional#default', '@mailchimp/mailchimp_transactional#ApiClient.new'),
  mail(members('@mailchimp/mailchimp_transactional#ApiClient.new', 'messages.send messages.sendTemplate'), 'mandrill'),
  mail(members(instances('mailersend', 'MailerSend'), 'email.send email.sendBulk'), 'mailersend'),
  mail(members(instances('sparkpost', 'default'), 'transmissions.send'), 'sparkpost'),
  mail(members(instances('node-mailjet', 'Client default'), 'post'), 'mailjet'),
  mail(members(instances(['@getbrevo/brevo', 'sib-api-v3-sdk'], 'TransactionalEmailsApi'), 'sendTransacEmail'), 'brevo'),
  mail([...instances('@aws-sdk/client-ses', 'SendEmailCommand SendRawEmailCommand SendTemplatedEmailCommand SendBulkTemplatedEmailCommand'), ...instances('@aws-sdk/client-sesv2', 'SendEmailCommand SendBulkEmailCommand')], 'ses'),
  mail(members([...instances('aws-sdk', 'SES SESV2'), ...instances('@aws-sdk/client-ses', 'SES'), ...instances('@aws-sdk/client-sesv2', 'SESv2')], 'sendEmail sendRawEmail sendTemplatedEmail sendBulkTemplatedEmail'), 'ses'),
  client([...instances('@aws-sdk/client-ses', 'SESClient SES'), ...instances('@aws-sdk/client-sesv2', 'SESv2Client SESv2'), ...instances('aws-sdk', 'SES SESV2')], 'sdk'),
  mail(members(instances('@azure/communication-email', 'EmailClient'), 'beginSend'), 'azure email', { key: ['1.operationId'] }),
  mail(members(instances('loops', 'LoopsClient'), 'sendTransactionalEmail sendEvent'), 'loops', { key: ['0.headers.Idempotency-Key'] }),
  mail(members(instances('email-templates', 'default'), 'send'), 'email-templates'),
  mail(members(instances('customerio-node', 'APIClient'), 'sendEmail'), 'customer.io'),
  mail(members(instances('auth0', 'AuthenticationClient'), 'database.changePassword passwordless.sendEmail requestChangePasswordEmail requestMagicLink requestEmailCode'), 'auth0'),
]
