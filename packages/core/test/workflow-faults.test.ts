import { expect, test } from "vitest";
import { workflowFaults } from "../../../tools/lint/workflow-faults.ts";

const manifest = { packageManager: "pnpm@12.21.0", scripts: { test: "…", "release:dry": "…" } };
const commit = "3d3c42e5aac5ba805825da76410c181273ba90b1";

const right = `name: ci
on: push
permissions: {}
concurrency: ci
jobs:
  test:
    runs-on: ubuntu-latest
    timeout-minutes: 5
    permissions:
      contents: read
    steps:
      - uses: actions/checkout@${commit} # v7.0.1
        with:
          persist-credentials: false
      - uses: ./.github/actions/setup
      - run: npx -y pnpm@12.21.0 -s release:dry --fast && pnpm install && pnpm exec vitest run
`;

test("a workflow that keeps every rule", () => {
  expect(workflowFaults(right, manifest)).toEqual([]);
});

test.each([
  ["a version instead of a commit", `@${commit} # v7.0.1`, "@v7", "uses actions/checkout@v7: not a commit"],
  ["a short commit", commit, commit.slice(0, 7), "not a commit of 40"],
  ["a commit without its version", " # v7.0.1", "", "with its version"],
  ["no time limit", "    timeout-minutes: 5\n", "", "job test has no timeout-minutes"],
  ["no permissions of the job", "    permissions:\n      contents: read\n", "", "job test has no permissions"],
  ["no permissions of the workflow", "permissions: {}\n", "", "has no permissions"],
  ["no concurrency", "concurrency: ci\n", "", "has no concurrency"],
  ["a script that is not there", "release:dry", "release:try", "runs pnpm release:try: no such script"],
  ["another pnpm", "pnpm@12.21.0", "pnpm@11.0.0", "runs pnpm@11.0.0, not pnpm@12.21.0"],
  ["credentials left behind", "        with:\n          persist-credentials: false\n", "", "persist-credentials"],
])("%s is found", (_, part, instead, fault) => {
  expect(right).toContain(part);
  const faults = workflowFaults(right.replace(part, instead), manifest);
  expect(faults).toEqual([expect.stringContaining(fault)]);
});
