import { z } from "zod";
import { frequencySchema } from "../laws/counts/index.ts";
import { policySeveritySchema } from "../laws/severities/index.ts";
import { PRINTABLE } from "./shown.ts";

/** The streams of random numbers, one a copy of a policy, are numbered below 2^32. */
export const MOST_COPIES = 4_294_967_295;

/** ISO 4217's code for "no currency": what amounts are in where a portfolio does not say. */
export const NO_CURRENCY = "XXX";

const printable = (most: number) => z.string().min(1).max(most).regex(PRINTABLE);
const amount = () => z.number().nonnegative();

const occurrenceSchema = z
  .strictObject({
    deductible: amount().optional().describe("Taken off each claim, in the portfolio's currency. Missing: 0."),
    deductibleKind: z
      .enum(["ordinary", "franchise"])
      .optional()
      .describe("ordinary (if missing): max(x - d, 0). franchise: a claim x above the deductible d is paid in full."),
    attachment: amount().optional().describe("Taken off each claim after the deductible. Missing: 0."),
    limit: amount().optional().describe("The most that is paid for one claim. Missing: unlimited; 0 pays nothing."),
  })
  .describe("What becomes of each claim x: min(max(max(x - deductible, 0) - attachment, 0), limit).");

const aggregateSchema = z
  .strictObject({
    deductible: amount().optional().describe("Taken off the year's sum of claims. Missing: 0."),
    limit: amount().optional().describe("The most that is paid in a year. Missing: unlimited; 0 pays nothing."),
  })
  .describe("What becomes of the year's sum S of claims: min(max(S - deductible, 0), limit).");

const termsSchema = z
  .strictObject({
    occurrence: occurrenceSchema.optional(),
    aggregate: aggregateSchema.optional(),
    insurerShare: z.number().min(0).max(1).optional().describe("The insurer's part of what is left. Missing: 1."),
  })
  .describe("What the policy pays: for each claim, then for the year, then the insurer's share. Missing: all of it.");

export const policySchema = z
  .strictObject({
    id: printable(200).describe("Names the policy; no other policy of the portfolio has it."),
    copies: z.int().min(1).max(MOST_COPIES).default(1).describe("Independent, identical policies. Missing: 1."),
    frequency: frequencySchema.describe("The law of the number of claims in a year."),
    severity: policySeveritySchema.describe("The law of one claim's amount before any terms."),
    terms: termsSchema.optional(),
  })
  .describe("One policy, or `copies` independent policies that are alike.");

const headSchema = z.strictObject({
  $schema: z.string().optional().describe("Where this schema lies; for editors."),
  name: printable(200).default("portfolio").describe("What reports call the portfolio. Missing: the file's name."),
  currency: printable(12)
    .default(NO_CURRENCY)
    .describe(`The currency of all amounts, e.g. EUR. Missing: ${NO_CURRENCY}, no currency.`),
});

/** A portfolio whose policies are still to be judged, one by one. */
export const bookSchema = headSchema.extend({ policies: z.array(z.unknown()).min(1) });

/**
 * A portfolio as it is written. `checkPortfolio` is the door: it also holds that ids are unique and that copies add up to
 * fewer than 2^32, and words its errors for people.
 */
export const portfolioSchema = headSchema
  .extend({
    policies: z.array(policySchema).min(1).describe("The policies; at least one."),
  })
  .describe("A portfolio of insurance policies for Lossmill.");

/** A policy; amounts in its portfolio's currency. */
export type Policy = z.infer<typeof policySchema>;

/** A portfolio that has passed the door, its defaults filled in. */
export type Portfolio = Omit<z.infer<typeof portfolioSchema>, "$schema">;
