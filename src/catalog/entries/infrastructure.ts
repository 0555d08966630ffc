import type { AccessPath, CatalogRow, EntryModel } from '../../model/catalog.js'

/** The modules of a service in both major versions of the AWS CDK, and as members of the whole. */
const cdk = (service: string, names: string[]): AccessPath[] =>
  [`aws-cdk-lib/aws-${service}#`, `@aws-cdk/aws-${service}#`, `@aws-cdk/aws-${service}-alpha#`, `aws-cdk-lib#aws_${service.replaceAll('-', '_')}.`, `monocdk/aws-${service}#`]
    .flatMap(module => names.map(name => module + name))

const trigger = (path: AccessPath[], entry: Omit<EntryModel, 'deployed'>): CatalogRow => ({ path, entry: { ...entry, deployed: true } })
const carrier = (path: AccessPath[], ...carries: string[]): CatalogRow => ({ path, handles: true, carries })

const functions: CatalogRow[] = [
  { path: ['aws-cdk-lib#Stack.new', 'aws-cdk-lib#NestedStack.new', 'aws-cdk-lib#Stage.new', 'constructs#Construct.new', '@aws-cdk/core#Stack.new', '@aws-cdk/core#Construct.new', 'monocdk#Stack.new'], component: { scope: 'singleton' } },
  { path: cdk('lambda-nodejs', ['NodejsFunction.new']), handles: true, deploys: { entry: '2.entry', handler: '2.handler', name: '1' } },
  { path: cdk('lambda', ['Function.new', 'SingletonFunction.new']), handles: true, deploys: { folder: '2.code', handler: '2.handler', name: '1' } },
  { path: cdk('lambda', ['Code.fromAsset', 'Code.asset', 'AssetCode.fromAsset', 'AssetCode.new']), returns: 'arg:0' },
  carrier(cdk('lambda', ['Alias.new']), '2.version'),
  { path: [...cdk('lambda', ['Function.new.currentVersion']), ...cdk('lambda-nodejs', ['NodejsFunction.new.currentVersion'])], property: true, returns: 'this' },
]
const ofFunction = (...members: string[]): AccessPath[] => members.flatMap(member => [...cdk('lambda-nodejs', [`NodejsFunction.new.${member}`]), ...cdk('lambda', [`Function.new.${member}`])])

const web: CatalogRow[] = [
  carrier([...cdk('apigatewayv2-integrations', ['HttpLambdaIntegration.new', 'WebSocketLambdaIntegration.new', 'LambdaProxyIntegration.new', 'LambdaWebSocketIntegration.new'])], '1', '0.handler'),
  trigger(cdk('apigatewayv2', ['HttpApi.new.addRoutes']), { kind: 'lambda', methodFrom: '0.methods', methodDefault: 'ALL', path: '0.path', handlers: ['0.integration'] }),
  trigger(cdk('apigatewayv2', ['HttpApi.new']), { kind: 'lambda', method: 'ALL', handlers: ['2.defaultIntegration'] }),
  trigger(cdk('apigatewayv2', ['WebSocketApi.new.addRoute']), { kind: 'socket', path: '0', handlers: ['1.integration'] }),
  trigger(cdk('apigatewayv2', ['WebSocketApi.new']), { kind: 'socket', handlers: ['2.connectRouteOptions.integration', '2.disconnectRouteOptions.integration', '2.defaultRouteOptions.integration'] }),
  carrier(cdk('apigateway', ['LambdaIntegration.new']), '0'),
  { path: cdk('apigateway', ['RestApi.new.root', 'LambdaRestApi.new.root']), property: true, returns: 'aws-cdk-lib/aws-apigateway#Resource.new' },
  ...cdk('apigateway', ['Resource.new']).map((path): CatalogRow => ({ path: [`${path}.addResource`, `${path}.resourceForPath`], returns: 'aws-cdk-lib/aws-apigateway#Resource.new' })),
  { path: ['aws-cdk-lib/aws-apigateway#Resource.new'], prefix: '0' },
  trigger(cdk('apigateway', ['Resource.new.addMethod']), { kind: 'lambda', methodFrom: '0', path: '9', handlers: ['1'] }),
  trigger(cdk('apigateway', ['LambdaRestApi.new']), { kind: 'lambda', method: 'ALL', handlers: ['2.handler'] }),
  trigger(ofFunction('addFunctionUrl'), { kind: 'lambda', method: 'ALL', handlers: ['this'] }),
]

const messages: CatalogRow[] = [
  carrier([...cdk('events-targets', ['LambdaFunction.new']), ...cdk('s3-notifications', ['LambdaDestination.new']), ...cdk('sns-subscriptions', ['LambdaSubscription.new']), ...cdk('scheduler-targets', ['LambdaInvoke.new'])], '0'),
  trigger(cdk('events', ['Rule.new']), { kind: 'job', handlers: ['2.targets'], onlyWhen: { arg: '2.schedule', is: 'object' } }),
  trigger(cdk('events', ['Rule.new']), { kind: 'message', handlers: ['2.targets'], onlyWhen: { arg: '2.eventPattern', is: 'object' } }),
  trigger(cdk('events', ['Rule.new.addTarget']), { kind: 'job', handlers: ['0'], onlyWhen: { arg: 'made.2.schedule', is: 'object' } }),
  trigger(cdk('events', ['Rule.new.addTarget']), { kind: 'message', handlers: ['0'], onlyWhen: { arg: 'made.2.eventPattern', is: 'object' } }),
  trigger(cdk('scheduler', ['Schedule.new']), { kind: 'job', handlers: ['2.target'] }),
  trigger(ofFunction('addEventSource'), { kind: 'message', handlers: ['this'] }),
  trigger(cdk('s3', ['Bucket.new.addEventNotification', 'Bucket.new.addObjectCreatedNotification', 'Bucket.new.addObjectRemovedNotification']), { kind: 'message', handlers: ['1', '0'] }),
  trigger(cdk('sns', ['Topic.new.addSubscription']), { kind: 'message', handlers: ['0'] }),
]

/** Functions that infrastructure written as code deploys, and what calls them. */
export const infrastructureRows: CatalogRow[] = [...functions, ...web, ...messages]
