import type { CatalogRow, EffectModel } from '../../model/catalog.js'
import { client, effect, exported, instances, members, yields } from './build.js'

const stripe = ['stripe#default.new', 'stripe#Stripe.new']
const stripeFix = 'pass `{ idempotencyKey }` as the last argument, with a value made from the order or the request'
/** Resources whose `create` makes money move; what may be paid then; and what takes no money. */
const stripeCharges = 'charges transfers payouts subscriptions invoices invoiceItems subscriptionItems subscriptionSchedules topups creditNotes issuing.cards billing.meterEvents v2.billing.meterEvents'
const stripeOpens = 'setupIntents checkout.sessions paymentLinks quotes orders'
const stripeMakes = 'products prices coupons promotionCodes issuing.cardholders billing.meters paymentMethods sources'
/** Done once for each id: a second one is refused, for the thing is in another state then. */
const stripeOnce = 'paymentIntents.confirm paymentIntents.capture paymentIntents.cancel charges.capture invoices.pay invoices.finalizeInvoice subscriptions.resume payouts.cancel'
const stripeActions = 'paymentIntents.incrementAuthorization invoices.sendInvoice setupIntents.confirm customers.createSource customers.createBalanceTransaction transfers.createReversal accounts.createExternalAccount'
const stripeUpdates = 'customers.update paymentIntents.update subscriptions.update invoices.update charges.update products.update prices.update paymentMethods.attach paymentMethods.detach accounts.update'

/** Members of resources: `paymentIntents` → `paymentIntents.create`. */
function creates(resources: string): string {
  return resources.split(' ').map(name => `${name}.create`).join(' ')
}

function payment(path: string[], by: string, key: string[], fix: string, more: Partial<EffectModel> = {}): CatalogRow {
  return effect(path, 'payment', by, { data: '0', ...(key.length > 0 ? { key } : {}), fix, ...more })
}

/** Customers, prices: a second one is in the way, and takes no money. */
function makes(path: string[], by: string, key: string[], fix: string, more: Partial<EffectModel> = {}): CatalogRow {
  return effect(path, 'create-remote', by, { data: '0', ...(key.length > 0 ? { key } : {}), fix, ...more })
}

const stripes = [
  client(stripe, 'sdk'),
  yields('stripe#default', 'stripe#default.new'),
  payment(members(stripe, creates(stripeCharges)), 'stripe', ['1.idempotencyKey'], stripeFix),
  payment(members(stripe, creates(stripeOpens)), 'stripe', ['1.idempotencyKey'], stripeFix, { opens: true }),
  payment(members(stripe, creates('paymentIntents')), 'stripe', ['1.idempotencyKey'], stripeFix, { opens: { unless: '0.confirm' } }),
  // What was given back whole is not given back again.
  payment(members(stripe, creates('refunds')), 'stripe', ['1.idempotencyKey'], stripeFix, { once: { unless: '0.amount' } }),
  makes(members(stripe, creates(stripeMakes)), 'stripe', ['1.idempotencyKey'], stripeFix),
  makes(members(stripe, creates('customers accounts')), 'stripe', ['1.idempotencyKey'], stripeFix, { ofUser: true }),
  payment(members(stripe, stripeOnce), 'stripe', ['2.idempotencyKey', '1.idempotencyKey'], stripeFix, { where: '0', data: '1', once: true }),
  payment(members(stripe, stripeActions), 'stripe', ['2.idempotencyKey', '1.idempotencyKey'], stripeFix, { where: '0', data: '1' }),
  effect(members(stripe, stripeUpdates), 'update', 'stripe', { where: '0', data: '1', key: ['2.idempotencyKey'] }),
  effect(members(stripe, 'subscriptions.cancel subscriptions.del customers.del'), 'delete', 'stripe', { where: '0' }),
]

const adyenApis = instances('@adyen/api-library', 'CheckoutAPI PaymentAPI RecurringAPI PayoutAPI')
const square = instances('square', 'SquareClient Client')
const squareFix = 'make `idempotencyKey` from the order, not with `randomUUID()` in the call'
const paypalFix = 'pass `paypalRequestId` made from the order'
const processors = [
  client([...adyenApis, ...square, ...instances('@adyen/api-library', 'Client'), ...instances('@paypal/paypal-server-sdk', 'Client'), ...instances('braintree', 'BraintreeGateway')], 'sdk'),
  payment(members(adyenApis, 'PaymentsApi.payments ModificationsApi.capturePayment ModificationsApi.capturePaymentByPspReference payments capture'), 'adyen', ['1.idempotencyKey'], 'pass `{ idempotencyKey }` as the request options'),
  payment(members(adyenApis, 'PaymentsApi.sessions PaymentLinksApi.paymentLinks'), 'adyen', ['1.idempotencyKey'], 'pass `{ idempotencyKey }` as the request options', { opens: true }),
  payment(members(adyenApis, 'PaymentsApi.paymentsDetails paymentsDetails'), 'adyen', ['1.idempotencyKey'], 'pass `{ idempotencyKey }` as the request options', { once: true }),
  payment(members(adyenApis, 'ModificationsApi.refundCapturedPayment ModificationsApi.captureAuthorisedPayment'), 'adyen', ['2.idempotencyKey'], 'pass `{ idempotencyKey }` as the request options', { where: '0', data: '1' }),
  payment(members(square, 'payments.create refunds.refundPayment subscriptions.create invoices.create giftCardActivities.create paymentsApi.createPayment refundsApi.refundPayment'), 'square', ['0.idempotencyKey'], squareFix),
  payment(members(square, 'orders.create ordersApi.createOrder checkout.paymentLinks.create'), 'square', ['0.idempotencyKey'], squareFix, { opens: true }),
  makes(members(square, 'customers.create cards.create customersApi.createCustomer'), 'square', ['0.idempotencyKey'], squareFix),
  payment(members(instances('@paypal/paypal-server-sdk', 'OrdersController'), 'createOrder ordersCreate'), 'paypal', ['0.paypalRequestId'], paypalFix, { data: '0.body', opens: true }),
  payment(members(instances('@paypal/paypal-server-sdk', 'PaymentsController'), 'captureAuthorizedPayment refundCapturedPayment'), 'paypal', ['0.paypalRequestId'], paypalFix, { data: '0.body' }),
  payment(members(instances('@paypal/paypal-server-sdk', 'OrdersController'), 'captureOrder authorizeOrder ordersCapture ordersAuthorize'), 'paypal', ['0.paypalRequestId'], paypalFix, { data: '0.body', where: '0.id', once: true }),
  payment(instances('@paypal/checkout-server-sdk', 'orders.OrdersCaptureRequest orders.OrdersAuthorizeRequest'), 'paypal', [], 'set the header `PayPal-Request-Id`, made from the order, on the request', { where: '0', once: true }),
  payment(instances('@paypal/checkout-server-sdk', 'orders.OrdersCreateRequest'), 'paypal', [], 'set the header `PayPal-Request-Id`, made from the order, on the request', { opens: true }),
  payment(instances('@paypal/checkout-server-sdk', 'payments.CapturesRefundRequest'), 'paypal', [], 'set the header `PayPal-Request-Id`, made from the order, on the request'),
  payment(members('paypal-rest-sdk#payment', 'create'), 'paypal', [], 'move to @paypal/paypal-server-sdk and pass `paypalRequestId`', { opens: true }),
  payment(members('paypal-rest-sdk#payment', 'execute'), 'paypal', [], 'move to @paypal/paypal-server-sdk and pass `paypalRequestId`', { where: '0', data: '1', once: true }),
  payment(members('braintree#BraintreeGateway.new', 'transaction.sale transaction.credit'), 'braintree', ['0.apiRequestKey'], 'pass `apiRequestKey` made from the order'),
  payment(members('braintree#BraintreeGateway.new', 'transaction.refund transaction.cloneTransaction subscription.create'), 'braintree', [], 'look the order up first, under a unique constraint'),
  makes(members('braintree#BraintreeGateway.new', 'customer.create paymentMethod.create'), 'braintree', [], 'look the customer up first, under a unique constraint'),
  payment(members('braintree#BraintreeGateway.new', 'transaction.submitForSettlement'), 'braintree', [], 'look the order up first, under a unique constraint', { where: '0', once: true }),
  yields('braintree#connect', 'braintree#BraintreeGateway.new'),
]

const mollie = '@mollie/api-client#MollieClient.new'
const razorpay = ['razorpay#default.new', 'razorpay#Razorpay.new']
const more = [
  client([mollie, ...razorpay, ...instances('@paddle/paddle-node-sdk', 'Paddle'), ...instances('plaid', 'PlaidApi'), ...instances('@shopify/shopify-api', 'clients.Graphql')], 'sdk'),
  yields(exported('@mollie/api-client', 'default createMollieClient'), mollie),
  payment(members(mollie, 'subscriptions.create refunds.create customerPayments.create customerSubscriptions.create paymentRefunds.create paymentCaptures.create'), 'mollie', ['0.idempotencyKey'], 'pass `idempotencyKey` in the parameters'),
  // A first payment is one that the customer makes on a page of theirs.
  payment(members(mollie, 'payments.create orders.create paymentLinks.create'), 'mollie', ['0.idempotencyKey'], 'pass `idempotencyKey` in the parameters', { opens: { unless: '0.mandateId' } }),
  makes(members(mollie, 'customers.create'), 'mollie', ['0.idempotencyKey'], 'pass `idempotencyKey` in the parameters'),
  payment(members(razorpay, 'payments.refund transfers.create subscriptions.create invoices.create payouts.create'), 'razorpay', [], 'look the order up first by `receipt`, under a unique constraint'),
  payment(members(razorpay, 'orders.create paymentLink.create'), 'razorpay', [], 'look the order up first by `receipt`, under a unique constraint', { opens: true }),
  makes(members(razorpay, 'customers.create'), 'razorpay', [], 'look the customer up first, under a unique constraint'),
  payment(members(razorpay, 'payments.capture'), 'razorpay', [], 'look the order up first by `receipt`, under a unique constraint', { where: '0', once: true }),
  payment(members('plaid#PlaidApi.new', 'transferCreate transferAuthorizationCreate'), 'plaid', ['0.idempotency_key'], 'pass `idempotency_key`'),
  payment(members('plaid#PlaidApi.new', 'paymentInitiationPaymentCreate paymentInitiationConsentCreate'), 'plaid', ['0.idempotency_key'], 'pass `idempotency_key`', { opens: true }),
  makes(members('plaid#PlaidApi.new', 'userCreate assetReportCreate paymentInitiationRecipientCreate transferRecurringCreate walletCreate'), 'plaid', ['0.idempotency_key'], 'keep the id that Plaid answered with beside the user, and ask for it first'),
  payment(members(instances('@paddle/paddle-node-sdk', 'Paddle'), 'subscriptions.createOneTimeCharge adjustments.create'), 'paddle', [], 'record the request\'s key under a unique constraint before the call'),
  payment(members(instances('@paddle/paddle-node-sdk', 'Paddle'), 'transactions.create'), 'paddle', [], 'record the request\'s key under a unique constraint before the call', { opens: true }),
  makes(members(instances('@paddle/paddle-node-sdk', 'Paddle'), 'customers.create'), 'paddle', [], 'look the customer up first, under a unique constraint'),
  payment(exported('@lemonsqueezy/lemonsqueezy.js', 'issueOrderRefund issueSubscriptionInvoiceRefund'), 'lemonsqueezy', [], 'record the request\'s key under a unique constraint before the call'),
  payment(exported('@lemonsqueezy/lemonsqueezy.js', 'createCheckout'), 'lemonsqueezy', [], 'record the request\'s key under a unique constraint before the call', { opens: true }),
  makes(exported('@lemonsqueezy/lemonsqueezy.js', 'createCustomer'), 'lemonsqueezy', [], 'look the customer up first, under a unique constraint'),
  payment(members(instances('@polar-sh/sdk', 'Polar'), 'refunds.create'), 'polar', [], 'record the request\'s key under a unique constraint before the call'),
  payment(members(instances('@polar-sh/sdk', 'Polar'), 'checkouts.create orders.create'), 'polar', [], 'record the request\'s key under a unique constraint before the call', { opens: true }),
  makes(members(instances('@polar-sh/sdk', 'Polar'), 'customers.create'), 'polar', [], 'look the customer up first, under a unique constraint'),
  payment(members(instances('gocardless-nodejs', 'GoCardlessClient').concat('gocardless-nodejs#default()'), 'payments.create subscriptions.create mandates.create refunds.create payouts.create'), 'gocardless', ['1'], 'pass an idempotency key as the second argument'),
  payment(members(instances('checkout-sdk-node', 'Checkout'), 'payments.request payments.refund payments.capture'), 'checkout.com', ['1', '2'], 'pass an idempotency key as the last argument'),
]

const chains = [
  payment(members([...instances('ethers', 'Wallet JsonRpcSigner Signer NonceManager'), ...instances('viem', 'WalletClient')], 'sendTransaction sendUncheckedTransaction writeContract'), 'ethereum', ['0.nonce'], 'fix the `nonce` before the first attempt and store it'),
  yields('viem#createWalletClient', 'viem#WalletClient.new'),
  payment(exported('@solana/web3.js', 'sendAndConfirmTransaction sendAndConfirmRawTransaction'), 'solana', [], 'sign once, store the signature, send the same bytes again', { data: '1' }),
]

/** Payment providers and chains. */
export const rows: CatalogRow[] = [...stripes, ...processors, ...more, ...chains]
