import type { CatalogRow, EffectKind, EffectModel } from '../../model/catalog.js'
import { client, effect, exported, instances, members, property, yields } from './build.js'

const remember = 'remember what was sent under a unique key, in the same transaction as the change that causes it'

function message(kind: EffectKind, path: string[], by: string, more: Partial<EffectModel> = {}): CatalogRow {
  return effect(path, kind, by, { data: '0', fix: remember, ...more })
}

const twilio = 'twilio#Twilio.new'
const sms = [
  client([twilio, ...instances('@vonage/server-sdk', 'Vonage'), ...instances('plivo', 'Client')], 'sdk'),
  yields('twilio#default', twilio),
  message('sms', members([twilio, 'twilio#default.new'], 'messages.create calls.create verify.v2.services().verifications.create verify.services().verifications.create'), 'twilio'),
  message('sms', members(instances('@vonage/server-sdk', 'Vonage'), 'sms.send messages.send verify.start'), 'vonage'),
  message('sms', members(instances('plivo', 'Client'), 'messages.create calls.create'), 'plivo'),
  message('sms', members(['messagebird#default()', 'messagebird#initClient()'], 'messages.create'), 'messagebird'),
  message('sms', members(instances('telnyx', 'default').concat('telnyx#default()'), 'messages.create messages.send'), 'telnyx'),
  message('sms', members(['africastalking#default()'], 'SMS.send'), 'africastalking'),
]

const messaging = 'firebase-admin/messaging#Messaging.new'
const push = [
  yields(['firebase-admin#messaging', 'firebase-admin/messaging#getMessaging'], messaging),
  message('push', members(messaging, 'send sendEach sendEachForMulticast sendMulticast sendAll sendToDevice sendToTopic'), 'fcm'),
  message('push', exported('web-push', 'sendNotification'), 'web-push', { data: '1' }),
  message('push', members(instances('expo-server-sdk', 'Expo default'), 'sendPushNotificationsAsync'), 'expo'),
  message('push', members(instances(['apn', '@parse/node-apn'], 'Provider'), 'send'), 'apns'),
  message('push', members(instances(['@onesignal/node-onesignal', 'onesignal-node'], 'DefaultApi Client'), 'createNotification'), 'onesignal', { key: ['0.idempotency_key', '0.external_id'] }),
  message('push', members(instances('@novu/node', 'Novu').concat(instances('@novu/api', 'Novu')), 'trigger'), 'novu', { key: ['1.transactionId', '0.transactionId'], fix: 'pass `transactionId`' }),
  message('push', members(instances('@knocklabs/node', 'Knock default'), 'workflows.trigger notify'), 'knock', { key: ['2.idempotencyKey', '1.cancellation_key'], fix: 'pass `{ idempotencyKey }`' }),
  message('push', members(instances('@trycourier/courier', 'CourierClient default'), 'send send.message'), 'courier', { key: ['1.idempotencyKey'], fix: 'pass `{ idempotencyKey }`' }),
  client([messaging, ...instances('expo-server-sdk', 'Expo')], 'sdk'),
]

/** Sessions of WhatsApp. */
const whatsapp = [
  '@wppconnect-team/wppconnect#create()', ...instances('@wppconnect-team/wppconnect', 'Whatsapp'), 'venom-bot#create()', ...instances('venom-bot', 'Whatsapp'), '@open-wa/wa-automate#create()', ...instances('@open-wa/wa-automate', 'Client'),
  ...instances('whatsapp-web.js', 'Client'), ...['@whiskeysockets/baileys', '@adiwajshing/baileys', 'baileys'].flatMap((name) => [`${name}#default()`, `${name}#makeWASocket()`, `${name}#WASocket.new`]),
]

const octokit = instances(['@octokit/rest', 'octokit', '@octokit/core'], 'Octokit').concat('@octokit/rest#default()', '@octokit/rest#default.new')
const slack = instances('@slack/web-api', 'WebClient')
const chat = [
  client([...slack, ...instances('discord.js', 'Client REST WebhookClient'), ...instances(['telegraf', 'grammy'], 'Telegram Api')], 'sdk'),
  message('push', members(slack, 'chat.postMessage chat.postEphemeral chat.scheduleMessage files.upload files.uploadV2 conversations.create'), 'slack'),
  message('push', members(instances('@slack/webhook', 'IncomingWebhook'), 'send'), 'slack'),
  message('push', members(instances('discord.js', 'WebhookClient TextChannel DMChannel User'), 'send'), 'discord', { key: ['0.nonce'], fix: 'pass `nonce` with `enforceNonce: true`' }),
  message('push', members([...instances('telegraf', 'Telegram'), 'telegraf#Telegraf.new.telegram', ...instances('grammy', 'Api'), 'grammy#Bot.new.api', 'node-telegram-bot-api#default.new'], 'sendMessage sendPhoto sendDocument'), 'telegram'),
  message('sms', members(whatsapp, 'sendText sendMessage sendImage sendImageFromBase64 sendFile sendFileFromBase64 sendPtt sendPttFromBase64 sendVoice sendLocation sendContactVcard sendContactVcardList sendContact sendLinkPreview sendListMessage sendButtons sendPollMessage sendOrderMessage sendVideoAsGif sendSticker sendImageAsSticker reply forwardMessages sendTextStatus relayMessage'), 'whatsapp', { data: '1' }),
  // What a client finds sends, too.
  yields(members(instances('whatsapp-web.js', 'Client'), 'getChatById').concat(members('whatsapp-web.js#Message.new', 'getChat')), 'whatsapp-web.js#Chat.new'),
  yields(members(instances('whatsapp-web.js', 'Client'), 'getMessageById'), 'whatsapp-web.js#Message.new'),
  message('sms', members('whatsapp-web.js#Message.new', 'reply forward').concat(members('whatsapp-web.js#Chat.new', 'sendMessage')), 'whatsapp'),
  message('create-remote', members(instances('whatsapp-web.js', 'Client'), 'createGroup createChannel').concat(members('whatsapp-web.js#Chat.new', 'revokeInvite')), 'whatsapp'),
  message('publish', members(['pusher#default.new'], 'trigger triggerBatch'), 'pusher', { model: '0', data: '2' }),
  message('publish', [...instances('@aws-sdk/client-apigatewaymanagementapi', 'PostToConnectionCommand'), ...members([...instances('aws-sdk', 'ApiGatewayManagementApi'), ...instances('@aws-sdk/client-apigatewaymanagementapi', 'ApiGatewayManagementApi')], 'postToConnection')], 'websockets of API Gateway', { data: '0.Data' }),
  message('publish', [...instances('@aws-sdk/client-iot-data-plane', 'PublishCommand'), ...members([...instances('aws-sdk', 'IotData'), ...instances('@aws-sdk/client-iot-data-plane', 'IoTDataPlane')], 'publish')], 'AWS IoT', { model: '0.topic', data: '0.payload' }),
  message('publish', ['sst/aws/bus#bus.publish'], 'EventBridge', { data: '2' }),
  message('publish', members([...instances('ably', 'Rest Realtime')], 'channels.get().publish'), 'ably'),
  // What an app of GitHub is told comes with a client for where it happened. A second pull request for the same branch is refused.
  property(['octokit#Event.new.octokit'], '@octokit/rest#Octokit.new'),
  message('create-remote', members(octokit,
    ['issues.create', 'issues.createComment', 'pulls.createReview', 'pulls.createReviewComment', 'repos.createInOrg', 'repos.createCommitComment', 'checks.create', 'gists.create'].flatMap(name => [name, `rest.${name}`]).join(' ')), 'github'),
  message('update', members(octokit,
    ['repos.acceptInvitation', 'repos.acceptInvitationForAuthenticatedUser', 'repos.declineInvitation', 'repos.declineInvitationForAuthenticatedUser', 'repos.update', 'repos.addCollaborator', 'repos.createOrUpdateFile', 'repos.createOrUpdateFileContents',
      'issues.update', 'issues.addLabels', 'issues.setLabels', 'issues.addAssignees', 'issues.lock', 'pulls.update', 'pulls.merge', 'git.updateRef', 'orgs.setMembershipForUser', 'activity.starRepoForAuthenticatedUser']
      .flatMap((name) => [name, `rest.${name}`]).join(' ')), 'github'),
  message('create-remote', members(instances('openai', 'default OpenAI'), 'files.create fineTuning.jobs.create batches.create beta.threads.create'), 'openai'),
]

/** SMS and calls, push notifications, chat and other messages to people. */
export const rows: CatalogRow[] = [...sms, ...push, ...chat]
