import { type CountLaw, type Policy, type Portfolio, countLaw, LossmillError, severity } from "@lossmill/core";
import type { Amount } from "./amount.ts";
import { claimMoments } from "./claim-moments.ts";
import { claimPayment } from "./claim-payment.ts";
import { countCumulants } from "./count-cumulants.ts";
import { type Moments, momentsOfSum, type RawMoments } from "./moments.ts";
import { type CountPgf, countPgf } from "./pgf/index.ts";
import { type Terms, termsOf } from "./terms.ts";

/** A policy whose claims may pay, with the laws of its parts; amounts before the share is taken, but for `share` itself. */
export interface Risk {
  readonly policy: Policy;
  readonly terms: Terms;
  readonly count: CountLaw;
  readonly pgf: CountPgf;
  /** What one claim pays. */
  readonly payment: Amount;
  /** Tells equal payments (of claims, before the share) from others. */
  readonly paymentKey: string;
  /** The moments of the year's sum before aggregate terms. */
  readonly sum: Moments;
}

/** A portfolio's policies whose claims may pay, and the claims with a payment that are expected of all policies in a year. */
export interface Risks {
  readonly risks: readonly Risk[];
  readonly claims: number;
}

/**
 * The risks of a portfolio; equal laws are made once.
 *
 * @throws LossmillError NOT_SUPPORTED, naming the severity, where a policy's mean is infinite
 */
export function risksOf({ policies }: Portfolio): Risks {
  const payments = memo<Payment>();
  const counts = memo<Count>();
  const risks: Risk[] = [];
  let claims = 0;
  for (const [i, policy] of policies.entries()) {
    const terms = termsOf(policy);
    const count = counts(JSON.stringify(policy.frequency), () => countOf(policy));
    if (count.law.mean === 0 || terms.limit === 0) continue;
    const paymentKey = JSON.stringify([
      policy.severity,
      terms.deductible,
      terms.isFranchise,
      terms.attachment,
      terms.limit,
    ]);
    const payment = payments(paymentKey, () => paymentOf(policy, terms));
    const paying = payment.amount.survival(0);
    claims += policy.copies * count.law.mean * paying;
    if (terms.share === 0 || paying === 0) continue;
    checkMean(policy, terms, i);
    const sum = momentsOfSum(count.cumulants, payment.moments);
    risks.push({ policy, terms, count: count.law, pgf: count.pgf, payment: payment.amount, paymentKey, sum });
  }
  return { risks, claims };
}

interface Payment {
  readonly amount: Amount;
  readonly moments: RawMoments;
}

function paymentOf(policy: Policy, terms: Terms): Payment {
  const payment = claimPayment(policy.severity, terms);
  const moments = claimMoments(policy.severity, terms, payment);
  return { amount: { ...payment, mean: moments[0], second: moments[1] }, moments };
}

interface Count {
  readonly law: CountLaw;
  readonly pgf: CountPgf;
  readonly cumulants: ReturnType<typeof countCumulants>;
}

function countOf({ frequency }: Policy): Count {
  const law = countLaw(frequency);
  return { law, pgf: countPgf(frequency), cumulants: countCumulants(frequency, law) };
}

function checkMean(policy: Policy, terms: Terms, i: number): void {
  if (terms.limit < Infinity || terms.aggregateLimit < Infinity || severity(policy.severity).tailIndex > 1) return;
  throw new LossmillError("NOT_SUPPORTED", {
    place: `policies[${i}].severity`,
    message: `its mean is infinite and no limit bounds it (policy ${JSON.stringify(policy.id)}), so the total has no mean or TVaR to compute: give it an occurrence or aggregate limit, or truncate it`,
  });
}

/** Values by key, each made once. */
export function memo<Value>(): (key: string, make: () => Value) => Value {
  const known = new Map<string, Value>();
  return (key, make) => {
    const value = known.get(key) ?? make();
    known.set(key, value);
    return value;
  };
}
