import { parse } from "yaml";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly "timeout-minutes"?: number;
  readonly permissions?: unknown;
  readonly steps?: readonly Step[];
}

interface Workflow {
  readonly permissions?: unknown;
  readonly concurrency?: unknown;
  readonly jobs?: Readonly<Record<string, Job>>;
  /** Of an action of our own. */
  readonly runs?: { readonly steps?: readonly Step[] };
}

export interface Manifest {
  readonly packageManager: string;
  readonly scripts: Readonly<Record<string, string>>;
}

/** What pnpm knows without a script. */
const COMMANDS = new Set(["exec", "install"]);

/**
 * What is wrong with a workflow, or an action of our own, beyond what actionlint finds: every action is pinned by commit with its
 * version beside it, every job has a time limit and says what it may do, and what pnpm is asked to run is there.
 */
export function workflowFaults(text: string, manifest: Manifest): string[] {
  const { permissions, concurrency, jobs = {}, runs } = parse(text) as Workflow;
  const steps = [...Object.values(jobs).flatMap((job) => job.steps ?? []), ...(runs?.steps ?? [])];
  return [
    ...(runs === undefined && permissions === undefined ? ["has no permissions"] : []),
    ...(runs === undefined && concurrency === undefined ? ["has no concurrency"] : []),
    ...Object.entries(jobs).flatMap(([name, job]) => jobFaults(job).map((fault) => `job ${name} ${fault}`)),
    ...[...text.matchAll(/\buses: *(.*)$/gm)].flatMap(([, used]) => pinFaults(used.trim())),
    ...steps.flatMap(({ uses, with: given }) =>
      uses?.startsWith("actions/checkout@") && given?.["persist-credentials"] === undefined
        ? ["a checkout does not say whether it keeps credentials (persist-credentials)"]
        : [],
    ),
    ...steps.flatMap(({ run = "", with: given = {} }) =>
      [run, ...Object.values(given)].flatMap((commands) => scriptFaults(String(commands), manifest)),
    ),
  ];
}

function jobFaults({ "timeout-minutes": minutes, permissions }: Job): string[] {
  return [
    ...(typeof minutes === "number" ? [] : ["has no timeout-minutes"]),
    ...(permissions === undefined ? ["has no permissions"] : []),
  ];
}

function pinFaults(used: string): string[] {
  if (used.startsWith("./") || /^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(used)) return [];
  return [`uses ${used}: not a commit of 40 hexadecimal digits with its version, # v1.2.3, beside it`];
}

function scriptFaults(commands: string, { packageManager, scripts }: Manifest): string[] {
  return [...commands.matchAll(/\bpnpm(@[\d.]+)? +(?:-\S+ +)*([\w:.-]+)/g)].flatMap(([, version, script]) => {
    const isOther = version !== undefined && `pnpm${version}` !== packageManager;
    return [
      ...(isOther ? [`runs pnpm${version}, not ${packageManager}`] : []),
      ...(COMMANDS.has(script) || Object.hasOwn(scripts, script) ? [] : [`runs pnpm ${script}: no such script`]),
    ];
  });
}
