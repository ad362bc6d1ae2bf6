import { startGateway } from './compose.ts';
import { type Config, ConfigError, loadConfig } from './config/config.ts';
import { createLoggerDestination } from './lifecycle/log-destination.ts';
import { createLogger } from './lifecycle/logger.ts';
import { describeSafely } from './lifecycle/safe-error.ts';
import { Shutdown } from './lifecycle/shutdown.ts';
import { StoreError } from './store/store-error.ts';

const config = readConfig();
const destination = createLoggerDestination(process.stdout);
const logger = createLogger(config.logLevel, destination);
const shutdown = new Shutdown({ logger, destination });
// Unhandled rejections arrive here as well.
process.on('uncaughtException', (error) => void shutdown.handleUncaughtException(error));
const gateway = await startGateway(config, logger).catch(exitWithError);
shutdown.registerClose(() => gateway.close());
// Before the log line: whoever reads it may send a signal at once, which would kill a process without handlers.
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.on(signal, () => void shutdown.handleSignal(signal));
logger.info(`listening on ${gateway.url}`);
warnIfNoModel();

function warnIfNoModel(): void {
  const { auth, state } = gateway.services.runtime.status;
  if (config.runtime.provider || auth?.isAuthenticated) return;
  logger.warn(
    state === 'CONNECTED'
      ? 'no model yet: set COPILOT_GITHUB_TOKEN, or PROVIDER_BASE_URL and MODEL; until then turns fail'
      : 'the runtime is not available yet; connecting is retried',
  );
}

function readConfig(): Config {
  try {
    return loadConfig();
  } catch (error) {
    return exitWithError(error);
  }
}

function exitWithError(error: unknown): never {
  process.stderr.write(`${describeStartError(error)}\n`);
  process.exit(1);
}

/** Returns one line that names the setting to change, if the error is due to one. */
function describeStartError(error: unknown): string {
  if (error instanceof ConfigError || error instanceof StoreError) return error.message;
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return 'PORT: the port is in use; set PORT to another one';
  if (syscall === 'mkdir') return 'DATA_DIR: the directory cannot be created';
  return JSON.stringify({ fault: describeSafely(error), msg: 'failed to start' });
}
