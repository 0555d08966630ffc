import type { CatalogRow } from '../../model/catalog.js'
import { client, effect, exported, instances, members, yields } from './build.js'

const v2 = instances('aws-sdk', 'DynamoDB DynamoDB.DocumentClient').concat('aws-sdk/clients/dynamodb#default.new', 'aws-sdk/clients/dynamodb#DocumentClient.new')
const documents = ['@aws-sdk/lib-dynamodb#DynamoDBDocument.new', '@aws-sdk/client-dynamodb#DynamoDB.new']
const modules = ['@aws-sdk/lib-dynamodb', '@aws-sdk/client-dynamodb']
const condition = { arg: '0.ConditionExpression' }
const putFix = 'add `ConditionExpression: \'attribute_not_exists(pk)\'`, with a pk that the caller decides'
const updateFix = 'add a `ConditionExpression` on a version or on the set of keys already applied'
const put = { model: '0.TableName', data: '0.Item', clearedBy: [condition], fix: putFix }
const update = { model: '0.TableName', where: '0.Key', data: '0.UpdateExpression', expression: '0.UpdateExpression', clearedBy: [condition], fix: updateFix }
const remove = { model: '0.TableName', where: '0.Key' }
const transact = {
  model: '0.TransactItems[].Put.TableName~0.TransactItems[].Update.TableName', data: '0.TransactItems[].Put.Item', expression: '0.TransactItems[].Update.UpdateExpression',
  clearedBy: ['Put', 'Update', 'ConditionCheck'].map((name) => ({ arg: `0.TransactItems[].${name}.ConditionExpression` })), key: ['0.ClientRequestToken'], fix: 'pass `ClientRequestToken` with a value that outlives the attempt (10 minutes), or conditions',
}

/** DynamoDB: SDK 2 and 3 (a command is an effect where it is made), ElectroDB, Dynamoose, DynamoDB Toolbox. */
export const rows: CatalogRow[] = [
  client([...v2, ...documents, ...instances(modules, 'DynamoDBClient DynamoDBDocumentClient')], 'sdk'),
  yields(members('@aws-sdk/lib-dynamodb#DynamoDBDocumentClient', 'from'), '@aws-sdk/lib-dynamodb#DynamoDBDocumentClient.new'),
  yields(members('@aws-sdk/lib-dynamodb#DynamoDBDocument', 'from'), '@aws-sdk/lib-dynamodb#DynamoDBDocument.new'),
  { path: [...instances(modules, 'QueryCommand ScanCommand'), ...members([...v2, ...documents], 'query scan')], guard: { kind: 'rows', key: '0.TableName' } },
  { path: [...instances(modules, 'GetCommand GetItemCommand'), ...members([...v2, ...documents], 'get getItem')], guard: { kind: 'rows', key: '0.TableName', by: '0.Key' } },
  effect([...instances(modules, 'PutCommand PutItemCommand'), ...members([...v2, ...documents], 'put putItem')], 'upsert', 'dynamodb', put),
  effect([...instances(modules, 'UpdateCommand UpdateItemCommand'), ...members([...v2, ...documents], 'update updateItem')], 'update', 'dynamodb', update),
  effect([...instances(modules, 'DeleteCommand DeleteItemCommand'), ...members([...v2, ...documents], 'delete deleteItem')], 'delete', 'dynamodb', remove),
  effect([...instances(modules, 'BatchWriteCommand BatchWriteItemCommand'), ...members([...v2, ...documents], 'batchWrite batchWriteItem')], 'upsert', 'dynamodb', { data: '0.RequestItems{}[].PutRequest.Item', fix: putFix }),
  effect([...instances(modules, 'TransactWriteCommand TransactWriteItemsCommand'), ...members([...v2, ...documents], 'transactWrite transactWriteItems')], 'upsert', 'dynamodb', transact),
  effect(instances(modules, 'ExecuteStatementCommand'), 'sql', 'dynamodb', { sql: '0.Statement', data: '0.Parameters' }),
  // Tables of Architect, each a member by its name.
  effect(['@architect/functions#tables().*.put'], 'upsert', 'dynamodb', { model: 'member:-1', data: '0', fix: 'make the key from what the caller decides' }),
  effect(['@architect/functions#tables().*.update'], 'update', 'dynamodb', { model: 'member:-1', where: '0.Key', data: '0.UpdateExpression', expression: '0.UpdateExpression', clearedBy: [condition], fix: updateFix }),
  effect(['@architect/functions#tables().*.delete'], 'delete', 'dynamodb', { model: 'member:-1', where: '0' }),
  yields(exported('dynamoose', 'model'), 'dynamoose#Model'),
  effect(members('dynamoose#Model', 'create'), 'insert', 'dynamoose', { model: 'receiver', data: '0' }),
  effect(members('dynamoose#Model', 'batchPut'), 'upsert', 'dynamoose', { model: 'receiver', data: '0' }),
  effect(members('dynamoose#Model', 'update'), 'update', 'dynamoose', { model: 'receiver', where: '0', data: '1' }),
  effect(members('dynamoose#Model', 'delete batchDelete'), 'delete', 'dynamoose', { model: 'receiver', where: '0' }),
  effect(members('dynamoose#Model.new', 'save'), 'upsert', 'dynamoose', { model: 'receiver', data: 'this' }),
  effect(members('electrodb#Entity.new', 'create'), 'insert', 'electrodb', { model: 'receiver', data: '0', lazy: true }),
  effect(members('electrodb#Entity.new', 'put upsert'), 'upsert', 'electrodb', { model: 'receiver', data: '0', lazy: true }),
  effect(members('electrodb#Entity.new', 'update patch'), 'update', 'electrodb', { model: 'receiver', where: '0', lazy: true, chain: { data: ['set:0', 'add:0', 'append:0'] }, clearedBy: [{ call: 'where' }] }),
  effect(members(['electrodb#Entity.new.update()', 'electrodb#Entity.new.patch()'].flatMap((path) => [path, `${path}.set()`]), 'add subtract append'), 'relative-update', 'electrodb', { data: '0', lazy: true, clearedBy: [{ call: 'where' }] }),
  effect(members('electrodb#Entity.new', 'delete remove'), 'delete', 'electrodb', { model: 'receiver', where: '0', lazy: true }),
  effect(instances('dynamodb-toolbox', 'PutItemCommand'), 'upsert', 'dynamodb-toolbox', { data: '1', clearedBy: [{ arg: '2.condition' }] }),
  effect(instances('dynamodb-toolbox', 'UpdateItemCommand'), 'update', 'dynamodb-toolbox', { data: '1', clearedBy: [{ arg: '2.condition' }] }),
  effect(instances('dynamodb-toolbox', 'DeleteItemCommand'), 'delete', 'dynamodb-toolbox', { where: '1' }),
]
