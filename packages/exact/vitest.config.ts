import { sharedProcess } from "../../vitest.shared.ts";

export default sharedProcess;
