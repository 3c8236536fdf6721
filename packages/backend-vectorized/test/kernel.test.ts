import { describeKernel } from "../../../tools/testing/kernel-suite.ts";
import { backend } from "../src/index.ts";

describeKernel(backend);
