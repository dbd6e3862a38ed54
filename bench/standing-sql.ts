/**
 * The standing query as one statement over all schemas: what the subgraphs would be asked for, as one JSON value. A
 * due date is moved by the days that the legal entity's calendar is off from UTC's, since the handler counts in UTC.
 */
export const STANDING_SQL = `
SELECT json_build_object(
  'id', c.id, 'name', c.name, 'status', c.status, 'currency', c.currency, 'owner', c.owner,
  'externalRefs', c.external_refs,
  'parent', (SELECT json_build_object('id', p.id, 'name', p.name) FROM crm.customer p WHERE p.id = c.parent_id),
  'summary', (
    SELECT json_build_object(
      'active', count(*) FILTER (WHERE status = 'ACTIVE'),
      'suspended', count(*) FILTER (WHERE status = 'SUSPENDED'),
      'nextEndDate', min(end_date) FILTER (WHERE status = 'ACTIVE' AND NOT auto_renew))
    FROM crm.contract WHERE customer_id = c.id),
  'credit', (
    SELECT json_build_object('onHold', on_hold, 'holdReason', hold_reason, 'limit', credit_limit::text,
      'currency', currency)
    FROM erp.credit_profile WHERE customer_id = c.id),
  'disputes', (
    SELECT coalesce(json_agg(json_build_object('status', status, 'amount', amount::text, 'currency', currency)), '[]')
    FROM billing.dispute WHERE customer_id = c.id),
  'deferred', (
    SELECT coalesce(sum(credit - debit), 0)::text FROM erp.journal_line
    WHERE customer_id = c.id AND role = 'DEFERRED_REVENUE' AND currency = c.currency),
  'owed', (
    SELECT coalesce(json_agg(json_build_object('currency', i.currency, 'balance', i.balance::text,
      'dueDate', i.due_date + ((now() AT TIME ZONE 'UTC')::date - (now() AT TIME ZONE e.time_zone)::date))), '[]')
    FROM billing.invoice i JOIN erp.legal_entity e ON e.id = i.legal_entity_id
    WHERE i.customer_id = c.id AND i.status IN ('OPEN', 'PARTIALLY_PAID')),
  'unapplied', (
    SELECT coalesce(json_agg(json_build_object('currency', currency, 'amount', unapplied::text)), '[]')
    FROM billing.payment WHERE customer_id = c.id AND unapplied > 0),
  'subscriptions', (
    SELECT coalesce(json_agg(json_build_object('status', status, 'items', items)), '[]')
    FROM billing.subscription
    WHERE customer_id = c.id AND currency = c.currency AND status IN ('ACTIVE', 'PAST_DUE')),
  'contractCount', (SELECT count(*) FROM crm.contract WHERE customer_id = c.id AND status = 'ACTIVE'),
  'contracts', (
    SELECT coalesce(json_agg(contract), '[]') FROM (
      SELECT t.id, t.number, t.status, t.start_date AS "startDate", t.end_date AS "endDate", t.currency,
        t.total_contract_value::text AS "totalContractValue",
        (SELECT json_build_object('id', e.id, 'name', e.name, 'functionalCurrency', e.functional_currency)
          FROM erp.legal_entity e WHERE e.id = t.legal_entity_id) AS "legalEntity",
        (SELECT json_agg(json_build_object('product', json_build_object('sku', p.sku, 'name', p.name),
            'quantity', l.line->>'quantity', 'unitPrice', l.line->>'unitPrice') ORDER BY l.place)
          FROM jsonb_array_elements(t.lines) WITH ORDINALITY AS l(line, place)
          JOIN billing.product p ON p.id = l.line->>'productId') AS lines,
        (SELECT coalesce(json_agg(schedule), '[]') FROM (
          SELECT s.id, s.version, s.method, s.allocated_price::text AS "allocatedPrice",
            (SELECT json_agg(json_build_object('period', m.period, 'amount', m.amount::text, 'status', m.status)
                ORDER BY m.period)
              FROM erp.schedule_entry m WHERE m.schedule_id = s.id AND m.superseded_by IS NULL) AS entries
          FROM erp.revenue_schedule s WHERE s.contract_id = t.id
          ORDER BY s.service_period->>'start', s.id LIMIT 100) AS schedule) AS schedules
      FROM crm.contract t WHERE t.customer_id = c.id AND t.status = 'ACTIVE'
      ORDER BY t.start_date DESC, t.id DESC LIMIT 10) AS contract),
  'invoices', (
    SELECT coalesce(json_agg(invoice), '[]') FROM (
      SELECT t.id, t.number, t.status, t.issue_date AS "issueDate", t.due_date AS "dueDate", t.currency,
        t.total::text, t.balance::text,
        (SELECT coalesce(json_agg(json_build_object('id', p.id, 'status', p.status, 'amount', p.amount::text,
            'currency', p.currency) ORDER BY p.received_at, p.id), '[]')
          FROM billing.payment p
          WHERE p.id IN (SELECT a.payment_id FROM billing.allocation a WHERE a.invoice_id = t.id AND a.amount > 0)
        ) AS payments,
        (SELECT j.id FROM erp.journal_entry j
          WHERE j.source_id = t.id AND j.purpose = 'INVOICE_ISSUED' AND j.discriminator = '') AS "journalEntryId"
      FROM billing.invoice t WHERE t.customer_id = c.id
      ORDER BY t.due_date DESC, t.id DESC LIMIT 5) AS invoice)
) AS standing FROM crm.customer c WHERE c.id = $1`
