import { test } from "node:test";
import { backend as naive } from "@lossmill/backend-naive";
import { conformance } from "@lossmill/harness/conformance";
import { backend } from "../src/index.ts";

// The recorded books, and generated ones trial by trial against the definition.
conformance({ test, backend, reference: naive });
