// Writes schema/portfolio.schema.json, the published JSON Schema of portfolio files: node tools/write-schema.ts
import { writeFileSync } from "node:fs";
import { portfolioJsonSchema } from "../packages/core/src/portfolio/json-schema.ts";

const path = new URL("../schema/portfolio.schema.json", import.meta.url);
writeFileSync(path, `${JSON.stringify(portfolioJsonSchema(), null, 2)}\n`);
