import type { CatalogRow } from '../../model/catalog.js'
import { client, effect, instances, members, yields } from './build.js'

const fix = 'look for the object under a reference of your own first, and remember its id with the request\'s key'
const openai = instances('openai', 'default OpenAI AzureOpenAI')
const twitter = [...instances('twitter', 'default'), ...instances('twit', 'default'), ...instances('twitter-lite', 'default')]
const tweets = instances('twitter-api-v2', 'default TwitterApi TwitterApiReadWrite')
const graph = ['@microsoft/microsoft-graph-client#Client.init()', '@microsoft/microsoft-graph-client#Client.initWithMiddleware()']
const google = 'googleapis#google'

function creates(path: string[], by: string, data = '0'): CatalogRow {
  return effect(path, 'create-remote', by, { data, fix })
}

/** Services that hold objects of their own: each call of these makes another one there. */
export const rows: CatalogRow[] = [
  client([...twitter, ...tweets, ...instances('@notionhq/client', 'Client'), ...instances('@hubspot/api-client', 'Client'), ...instances('@linear/sdk', 'LinearClient')], 'sdk'),
  creates(members(openai, 'vectorStores.create beta.vectorStores.create vectorStores.files.create vectorStores.fileBatches.create beta.assistants.create beta.threads.messages.create beta.threads.runs.create beta.threads.createAndRun conversations.create containers.create uploads.create'), 'openai'),
  effect(members(twitter, 'post'), 'push', 'twitter', { model: '0', data: '1', fix }),
  effect(members(tweets, 'v2.tweet v1.tweet v2.reply v2.sendDmToParticipant'), 'push', 'twitter', { data: '0', fix }),
  effect(members(instances('slack-node', 'default'), 'webhook api'), 'push', 'slack', { data: '0', fix }),
  effect(members(instances('@slack/bolt', 'App'), 'client.chat.postMessage client.chat.postEphemeral client.files.uploadV2'), 'push', 'slack', { data: '0', fix }),
  creates(members(instances('@notionhq/client', 'Client'), 'pages.create databases.create comments.create blocks.children.append'), 'notion'),
  creates(members(instances('airtable', 'default').concat('airtable#base()'), 'base().create table().create'), 'airtable'),
  creates([...members('airtable#base()()', 'create'), ...members('airtable#default.new.base()()', 'create')], 'airtable'),
  creates(members([`${google}.sheets()`], 'spreadsheets.values.append spreadsheets.create spreadsheets.batchUpdate'), 'google sheets'),
  creates(members([`${google}.calendar()`], 'events.insert events.quickAdd'), 'google calendar'),
  effect(members([`${google}.gmail()`], 'users.messages.send users.drafts.send'), 'mail', 'gmail', { data: '0', fix }),
  creates(members([`${google}.gmail()`], 'users.drafts.create users.messages.insert users.messages.import'), 'gmail'),
  creates(members([`${google}.drive()`], 'files.create files.copy permissions.create'), 'google drive'),
  creates(members(instances('@hubspot/api-client', 'Client'), 'crm.contacts.basicApi.create crm.deals.basicApi.create crm.companies.basicApi.create crm.tickets.basicApi.create'), 'hubspot'),
  creates(members(instances('@linear/sdk', 'LinearClient'), 'createIssue createComment issueCreate commentCreate'), 'linear'),
  creates(members(instances('jira-client', 'default'), 'addNewIssue addComment'), 'jira'),
  creates(members(instances('jira.js', 'Version2Client Version3Client'), 'issues.createIssue issueComments.addComment'), 'jira'),
  creates(members(instances('@lob/lob-typescript-sdk', 'LettersApi PostcardsApi ChecksApi SelfMailersApi'), 'create'), 'lob'),
  creates(members(instances('easypost', 'default').concat('@easypost/api#default.new'), 'Shipment.create Shipment.buy'), 'easypost'),
  creates(members(['shippo#default()', ...instances('shippo', 'Shippo')], 'transaction.create transactions.create shipment.create shipments.create'), 'shippo'),
  yields(members(graph.map((path) => `${path}.api()`), 'version header headers query select expand filter top count'), 'this'),
  creates(members(graph.map((path) => `${path}.api()`), 'post create'), 'microsoft graph'),
  client(instances('svix', 'Svix'), 'sdk'),
  creates(members(instances('svix', 'Svix'), 'endpoint.create application.create integration.create'), 'svix', '1~0'),
  effect(members(instances('svix', 'Svix'), 'message.create'), 'publish', 'svix', { model: '0', data: '1', key: ['1.eventId', '2.idempotencyKey'], fix: 'give the message an `eventId`, or `idempotencyKey` among the options' }),
  yields('@sanity/client#createClient', '@sanity/client#SanityClient.new'),
  yields('next-sanity#createClient', '@sanity/client#SanityClient.new'),
  creates(members('@sanity/client#SanityClient.new', 'create'), 'sanity'),
  effect(members(instances('web3', 'default Web3'), 'eth.sendTransaction eth.sendSignedTransaction'), 'payment', 'web3', { data: '0', fix: 'keep the nonce with the request, so that a repeat replaces the transaction' }),
  creates(members(['@clerk/backend#createClerkClient()', '@clerk/nextjs/server#clerkClient', '@clerk/nextjs/server#clerkClient()', '@clerk/express#clerkClient'], 'users.createUser invitations.createInvitation organizations.createOrganization'), 'clerk'),
  creates(members(instances('auth0', 'ManagementClient'), 'users.create organizations.create tickets.changePassword createPasswordChangeTicket'), 'auth0'),
]
