import type { CatalogRow, EffectModel } from '../../model/catalog.js'
import { client, effect, exported, instances, members, yields } from './build.js'

const stripe = ['stripe#default.new', 'stripe#Stripe.new']
const stripeFix = 'pass `{ idempotencyKey }` as the last argument, with a value made from the order or the request'
/** Resources whose `create` makes money move, or a thing that can be charged. */
const stripeCreates = 'paymentIntents charges refunds transfers payouts subscriptions invoices invoiceItems setupIntents checkout.sessions subscriptionItems subscriptionSchedules topups creditNotes products prices coupons promotionCodes paymentLinks issuing.cards issuing.cardholders quotes orders billing.meterEvents billing.meters v2.billing.meterEvents paymentMethods sources'
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

const stripes = [
  client(stripe, 'sdk'),
  yields('stripe#default', 'stripe#default.new'),
  payment(members(stripe, creates(stripeCreates)), 'stripe', ['1.idempotencyKey'], stripeFix),
  payment(members(stripe, creates('customers accounts')), 'stripe', ['1.idempotencyKey'], stripeFix, { ofUser: true }),
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
  payment(members(adyenApis, 'PaymentsApi.payments PaymentsApi.sessions ModificationsApi.capturePayment ModificationsApi.capturePaymentByPspReference payments capture'), 'adyen', ['1.idempotencyKey'], 'pass `{ idempotencyKey }` as the request options'),
  payment(members(adyenApis, 'PaymentsApi.paymentsDetails paymentsDetails'), 'adyen', ['1.idempotencyKey'], 'pass `{ idempotencyKey }` as the request options', { once: true }),
  payment(members(adyenApis, 'ModificationsApi.refundCapturedPayment ModificationsApi.captureAuthorisedPayment'), 'adyen', ['2.idempotencyKey'], 'pass `{ idempotencyKey }` as the request options', { where: '0', data: '1' }),
  payment(members(square, 'payments.create refunds.refundPayment orders.create customers.create subscriptions.create cards.create invoices.create giftCardActivities.create paymentsApi.createPayment refundsApi.refundPayment ordersApi.createOrder customersApi.createCustomer'), 'square', ['0.idempotencyKey'], squareFix),
  payment([...members(instances('@paypal/paypal-server-sdk', 'OrdersController'), 'createOrder ordersCreate'), ...members(instances('@paypal/paypal-server-sdk', 'PaymentsController'), 'captureAuthorizedPayment refundCapturedPayment')], 'paypal', ['0.paypalRequestId'], paypalFix, { data: '0.body' }),
  payment(members(instances('@paypal/paypal-server-sdk', 'OrdersController'), 'captureOrder authorizeOrder ordersCapture ordersAuthorize'), 'paypal', ['0.paypalRequestId'], paypalFix, { data: '0.body', where: '0.id', once: true }),
  payment(instances('@paypal/checkout-server-sdk', 'orders.OrdersCaptureRequest orders.OrdersAuthorizeRequest'), 'paypal', [], 'set the header `PayPal-Request-Id`, made from the order, on the request', { where: '0', once: true }),
  payment(instances('@paypal/checkout-server-sdk', 'orders.OrdersCreateRequest payments.CapturesRefundRequest'), 'paypal', [], 'set the header `PayPal-Request-Id`, made from the order, on the request'),
  payment(members('paypal-rest-sdk#payment', 'create'), 'paypal', [], 'move to @paypal/paypal-server-sdk and pass `paypalRequestId`'),
  payment(members('paypal-rest-sdk#payment', 'execute'), 'paypal', [], 'move to @paypal/paypal-server-sdk and pass `paypalRequestId`', { where: '0', data: '1', once: true }),
  payment(members('braintree#BraintreeGateway.new', 'transaction.sale transaction.credit'), 'braintree', ['0.apiRequestKey'], 'pass `apiRequestKey` made from the order'),
  payment(members('braintree#BraintreeGateway.new', 'transaction.refund transaction.cloneTransaction subscription.create customer.create paymentMethod.create'), 'braintree', [], 'look the order up first, under a unique constraint'),
  payment(members('braintree#BraintreeGateway.new', 'transaction.submitForSettlement'), 'braintree', [], 'look the order up first, under a unique constraint', { where: '0', once: true }),
  yields('braintree#connect', 'braintree#BraintreeGateway.new'),
]

const mollie = '@mollie/api-client#MollieClient.new'
const razorpay = ['razorpay#default.new', 'razorpay#Razorpay.new']
const more = [
  client([mollie, ...razorpay, ...instances('@paddle/paddle-node-sdk', 'Paddle'), ...instances('plaid', 'PlaidApi'), ...instances('@shopify/shopify-api', 'clients.Graphql')], 'sdk'),
  yields(exported('@mollie/api-client', 'default createMollieClient'), mollie),
  payment(members(mollie, 'payments.create orders.create subscriptions.create refunds.create customers.create customerPayments.create customerSubscriptions.create paymentRefunds.create paymentLinks.create paymentCaptures.create'), 'mollie', ['0.idempotencyKey'], 'pass `idempotencyKey` in the parameters'),
  payment(members(razorpay, 'orders.create payments.refund transfers.create subscriptions.create customers.create paymentLink.create invoices.create payouts.create'), 'razorpay', [], 'look the order up first by `receipt`, under a unique constraint'),
  payment(members(razorpay, 'payments.capture'), 'razorpay', [], 'look the order up first by `receipt`, under a unique constraint', { where: '0', once: true }),
  payment(members('plaid#PlaidApi.new', 'transferCreate transferAuthorizationCreate'), 'plaid', ['0.idempotency_key'], 'pass `idempotency_key`'),
  payment(members(instances('@paddle/paddle-node-sdk', 'Paddle'), 'transactions.create subscriptions.createOneTimeCharge adjustments.create customers.create'), 'paddle', [], 'record the request\'s key under a unique constraint before the call'),
  payment(exported('@lemonsqueezy/lemonsqueezy.js', 'createCheckout issueOrderRefund issueSubscriptionInvoiceRefund createCustomer'), 'lemonsqueezy', [], 'record the request\'s key under a unique constraint before the call'),
  payment(members(instances('@polar-sh/sdk', 'Polar'), 'checkouts.create orders.create refunds.create customers.create'), 'polar', [], 'record the request\'s key under a unique constraint before the call'),
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
