import { arch, availableParallelism, cpus, release, totalmem, type } from "node:os";

/** The machine of a record: enough to know what the figures are worth, nothing that tells whose it is. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly system: string;
  readonly node: string;
}

export function thisMachine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    system: `${type()} ${/^[\d.]*/.exec(release())?.[0] ?? ""}, ${arch()}`,
    node: process.versions.node,
  };
}

export function machineLine({ cpu, cores, system, node }: Machine): string {
  return `${cpu}, ${cores} cores, ${system}, Node ${node}`;
}
