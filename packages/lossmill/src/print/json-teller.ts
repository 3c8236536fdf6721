import pino from "pino";
import { memoryLimitBytes } from "../memory.ts";
import { blockMean } from "./block-mean.ts";
import type { Teller } from "./teller.ts";

/** As lines of JSON, written to a file descriptor: what a collector of logs reads. */
export function jsonTeller(verbose: number, fd: number): Teller {
  const level = ["silent", "warn", "info", "debug"][verbose];
  // Synchronous: a process that ends, or is ended, has told what it had to tell.
  const logger = pino({ name: "lossmill", level }, pino.destination({ dest: fd, sync: true }));
  return {
    started(plan, config, { backend, kernel, settings: opened, reason, predictions, tuning }) {
      const { seed, generator = "pcg64", horizon, trials, optimizationLevel, portfolio, lines, sampling } = plan;
      const settings = {
        ...opened,
        predictions,
        costs: tuning.source,
        memoryLimitBytes: memoryLimitBytes(config.memoryLimit),
      };
      const { samplingLevel } = config;
      const sampled = sampling && {
        sampling: sampling.method,
        ...(sampling.method === "importance" && { samplingLevel }),
      };
      const chosen = { backend: backend.name, kernel, reason, ...sampled, ...settings, sources: config.sources };
      const asked = { trials, seed, generator, horizon, optimizationLevel };
      logger.info({ portfolio, lines: lines.length, ...asked, ...chosen }, "started");
    },
    note({ isWarning, message }) {
      if (isWarning) logger.warn(message);
      else logger.info(message);
    },
    look({ trials, figures }) {
      const told = figures.map(({ figure, p, found, bound }) => {
        const { limit, isRelative } = bound ?? {};
        return { figure, ...(p !== null && { p }), ...found, ...(bound && { wanted: { limit, isRelative } }) };
      });
      logger.info({ trials, figures: told }, "so far");
    },
    block(part) {
      const { block, summary } = part;
      const { index, start, end } = block;
      const { draws, total } = summary;
      logger.debug({ block: index, start, end, mean: blockMean(part), worst: total.max, draws }, "block");
    },
    finished({ result, stages }, forms) {
      const { user, system } = process.cpuUsage();
      const cost = { cpuSeconds: (user + system) / 1e6, peakBytes: 1000 * process.resourceUsage().maxRSS };
      const { trials, complete, stoppedBy, draws } = result;
      logger.info({ trials, complete, stoppedBy, draws, stages, claimsByForm: forms, ...cost }, "finished");
    },
    worst: (trials) => logger.debug({ trials }, "worst"),
  };
}
