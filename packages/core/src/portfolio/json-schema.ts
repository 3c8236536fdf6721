import { z } from "zod";
import { portfolioSchema } from "./schema.ts";

/**
 * The JSON Schema (draft 7, which editors know best) of a portfolio file, published as `schema/portfolio.schema.json`. It
 * cannot say everything: that ids are unique, for instance, only `checkPortfolio` knows.
 */
export function portfolioJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(portfolioSchema, { target: "draft-7", io: "input", override: nameLaw });
  return { $schema, $id: "urn:lossmill:schema:portfolio", title: "Lossmill portfolio", ...schema };
}

/** Editors show the title when they offer the laws to choose from. */
function nameLaw({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  const law = jsonSchema.properties?.["law"];
  if (typeof law === "object" && typeof law.const === "string") jsonSchema.title = law.const;
}
