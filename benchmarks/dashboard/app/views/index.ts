import { agreementView } from "./agreement-view.ts";
import { coverageView } from "./coverage-view.ts";
import { historyView } from "./history-view.ts";
import { memoryView } from "./memory-view.ts";
import { ratiosView } from "./ratios-view.ts";
import { threadsView } from "./threads-view.ts";
import type { MakeView } from "./view.ts";

/** The parts of the page, from its top. */
export const views: readonly { readonly id: string; readonly make: MakeView }[] = [
  { id: "history", make: historyView },
  { id: "ratios", make: ratiosView },
  { id: "threads", make: threadsView },
  { id: "memory", make: memoryView },
  { id: "coverage", make: coverageView },
  { id: "agreement", make: agreementView },
];
