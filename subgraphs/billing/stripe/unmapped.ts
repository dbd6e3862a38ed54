import { isObject, members, type StripeObject } from './fields.ts'
import { report, type Mapping } from './mapping.ts'

const fields = (names: string): readonly string[] => names.trim().split(/\s+/)

/** Fields of every object that say nothing about the business. */
const TECHNICAL = fields('id object livemode created metadata test_clock application on_behalf_of deleted')

/**
 * Fields that we know, by type of object: `mapped` become facts or links, `left` are left out knowingly (how a
 * document looks, how Stripe goes about collecting it, sums of what is mapped). Any other field is reported.
 */
const KNOWN_FIELDS: Readonly<
  Record<string, { readonly mapped: readonly string[]; readonly left: readonly string[] }>
> = {
  product: {
    mapped: fields('active description name tax_code'),
    left: fields(`attributes caption default_price deactivate_on features images marketing_features package_dimensions
      shippable statement_descriptor tax_details type unit_label updated url`),
  },
  price: {
    mapped: fields(
      'active currency nickname product recurring tiers tiers_mode unit_amount unit_amount_decimal',
    ),
    left: fields(
      'billing_scheme currency_options custom_unit_amount lookup_key tax_behavior transform_quantity type',
    ),
  },
  plan: {
    mapped: fields(
      'amount amount_decimal currency interval interval_count product usage_type tiers_mode tiers',
    ),
    left: fields('active aggregate_usage billing_scheme meter nickname transform_usage trial_period_days'),
  },
  customer: {
    mapped: fields('address business_name currency description email name tax_ids'),
    left: fields(`account_balance balance cards cash_balance customer_account default_card default_currency
      default_source delinquent discount individual_name invoice_credit_balance invoice_prefix invoice_settings
      next_invoice_sequence phone preferred_locales shipping sources subscriptions tax tax_exempt tax_info
      tax_info_verification`),
  },
  subscription: {
    mapped:
      fields(`cancel_at cancel_at_period_end collection_method currency current_period_end current_period_start
      customer ended_at items pause_collection start_date status`),
    left: fields(`application_fee_percent automatic_tax billing billing_cycle_anchor billing_cycle_anchor_config
      billing_mode billing_schedules billing_thresholds canceled_at cancellation_details customer_account
      days_until_due default_payment_method default_source default_tax_rates description discount discounts
      invoice_customer_balance_settings invoice_settings latest_invoice managed_payments
      next_pending_invoice_item_invoice payment_settings pending_invoice_item_interval
      pending_setup_intent pending_update plan presentment_details quantity schedule start status_details tax_percent
      transfer_data trial_end trial_settings trial_start`),
  },
  subscription_item: {
    mapped: fields('current_period_end current_period_start plan price quantity'),
    left: fields('billed_until billing_thresholds current_trial discounts subscription tax_rates trial'),
  },
  invoice: {
    mapped: fields(`amount_paid amount_remaining amount_shipping charge collection_method currency customer
      default_tax_rates due_date effective_at ending_balance lines number paid paid_out_of_band parent payment_intent
      payments pre_payment_credit_notes_amount shipping_cost starting_balance status status_transitions subscription
      tax tax_percent total total_tax_amounts total_taxes`),
    left: fields(`account_country account_name account_tax_ids amount_due amount_overpaid amount_paid_off_stripe
      application_fee application_fee_amount attempt_count attempted auto_advance automatic_tax
      automatically_finalizes_at billing billing_reason closed confirmation_secret custom_fields customer_account
      customer_address customer_email customer_name customer_phone customer_shipping customer_tax_exempt
      customer_tax_ids date default_payment_method default_source description discount discounts finalized_at footer
      forgiven from_invoice hosted_invoice_url invoice_pdf issuer last_finalization_error latest_revision
      next_payment_attempt payment_settings period_end period_start post_payment_credit_notes_amount quote
      receipt_number rendering rendering_options shipping_details statement_descriptor status_details
      subscription_details subscription_proration_date subtotal subtotal_excluding_tax threshold_reason
      total_discount_amounts total_excluding_tax total_pretax_credit_amounts transfer_data webhooks_delivered_at`),
  },
  line_item: {
    mapped:
      fields(`amount currency description discount_amounts parent period plan pretax_credit_amounts price pricing
      quantity quantity_decimal subscription_item tax_amounts tax_rates taxes`),
    left: fields(`amount_excluding_tax discountable discounts invoice invoice_item margins margin_amounts
      proration proration_details subscription subtotal type unique_id unique_line_item_id unit_amount_excluding_tax`),
  },
  credit_note: {
    mapped:
      fields(`amount currency customer customer_balance_transaction effective_at invoice lines memo number
      out_of_band_amount post_payment_amount reason refund refunds status tax_amounts total_taxes type voided_at`),
    left: fields(`amount_shipping customer_account discount_amount discount_amounts pdf pre_payment_amount
      pretax_credit_amounts shipping_cost subtotal subtotal_excluding_tax total total_excluding_tax`),
  },
  credit_note_line_item: {
    mapped: fields('amount description discount_amount invoice_line_item tax_amounts taxes'),
    left: fields(`amount_excluding_tax discount_amounts pretax_credit_amounts quantity tax_rates type unit_amount
      unit_amount_decimal unit_amount_excluding_tax`),
  },
  payment_intent: {
    mapped:
      fields(`amount amount_received cancellation_reason charges currency customer invoice last_payment_error
      latest_charge payment_details payment_method_types status`),
    left: fields(`allowed_payment_method_types allowed_source_types amount_capturable amount_details
      application_fee_amount automatic_payment_methods canceled_at capture_method client_secret confirmation_method
      customer_account description excluded_payment_method_types hooks managed_payments next_action
      next_source_action payment_method payment_method_configuration_details payment_method_options payment_record
      presentment_details processing receipt_email review setup_future_usage shared_payment_granted_token shipping
      source statement_descriptor statement_descriptor_suffix transfer_data transfer_group`),
  },
  charge: {
    mapped: fields(`amount amount_captured balance_transaction captured currency customer failure_code
      failure_message invoice payment_intent payment_method_details status`),
    left: fields(`amount_refunded application_fee application_fee_amount authorization_code billing_details
      calculated_statement_descriptor description destination dispute disputed failure_balance_transaction
      fraud_details level3 order outcome paid payment_method presentment_details radar_options receipt_email
      receipt_number receipt_url refunded refunds review shipping source source_transfer statement_descriptor
      statement_descriptor_suffix transfer transfer_data transfer_group`),
  },
  refund: {
    mapped: fields('amount charge currency payment_intent reason status'),
    left: fields(`balance_transaction customer customer_account description destination_details
      failure_balance_transaction failure_reason instructions_email next_action payment_method pending_reason
      presentment_details receipt_number source_transfer_reversal transfer_reversal`),
  },
  dispute: {
    mapped: fields(
      'amount balance_transactions charge currency evidence_details payment_intent reason status',
    ),
    left: fields(`balance_transaction enhanced_eligibility_types evidence intended_submission_method
      is_charge_refundable network_details network_reason_code payment_method_details`),
  },
}

const KNOWN: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(KNOWN_FIELDS).map(([type, { mapped, left }]) => [
    type,
    new Set([...TECHNICAL, ...mapped, ...left]),
  ]),
)

/** Lists whose members are looked at as well: the field of the owner, and the type of what it lists. */
const PARTS: Readonly<Record<string, readonly (readonly [field: string, objectType: string])[]>> = {
  subscription: [['items', 'subscription_item']],
  invoice: [['lines', 'line_item']],
  credit_note: [['lines', 'credit_note_line_item']],
}

/** Reports fields of the object, and of its parts, that say something and that the mapping does not know. */
export function reportUnmapped(mapping: Mapping): void {
  const { object, objectType } = mapping
  reportFields(mapping, object, objectType, '')
  for (const [field, partType] of PARTS[objectType] ?? []) {
    for (const part of members(object, field)) reportFields(mapping, part, partType, `${field}.`)
  }
}

function reportFields(mapping: Mapping, object: StripeObject, objectType: string, path: string): void {
  const known = KNOWN.get(objectType)
  if (known === undefined) return
  for (const [field, value] of Object.entries(object)) {
    if (!known.has(field) && saysSomething(value)) report(mapping, 'UNMAPPED_FIELD', path + field, value)
  }
}

function saysSomething(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0
  if (isObject(value)) return Object.values(value).some(saysSomething)
  return value !== null && value !== undefined && value !== false && value !== ''
}
