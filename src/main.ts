import { startGateway } from './compose.ts';
import { type Config, ConfigError, loadConfig } from './config/config.ts';
import { openLog } from './lifecycle/log.ts';
import { logTo } from './lifecycle/log-output.ts';
import { faultOf } from './lifecycle/safe-error.ts';
import { ProcessEnd } from './lifecycle/shutdown.ts';
import { DirectoryError } from './store/sqlite.ts';

const config = readConfig();
const output = logTo(process.stdout);
const log = openLog(config.logLevel, output);
const end = new ProcessEnd({ log, output });
// What nobody waits for in vain comes here as well: an unhandled rejection.
process.on('uncaughtException', (fault) => void end.crash(fault));
const gateway = await startGateway(config, log).catch(fail);
end.closing(() => gateway.close());
log.info(`listening on ${gateway.url}`);
sayWhatIsMissing();
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.on(signal, () => void end.stop(signal));

function sayWhatIsMissing(): void {
  const { auth, state } = gateway.services.runtime.status;
  if (config.runtime.provider || auth?.isAuthenticated) return;
  const missing =
    'no model yet: set COPILOT_GITHUB_TOKEN, or PROVIDER_BASE_URL and MODEL; until then turns fail';
  log.warn(
    state === 'CONNECTED' ? missing : 'the runtime is not there yet; it is tried again until it is',
  );
}

function readConfig(): Config {
  try {
    return loadConfig();
  } catch (error) {
    return fail(error);
  }
}

function fail(error: unknown): never {
  process.stderr.write(`${startProblem(error)}\n`);
  process.exit(1);
}

function startProblem(error: unknown): string {
  if (error instanceof ConfigError || error instanceof DirectoryError) return error.message;
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return 'PORT: this port is in use; set PORT to another one';
  if (syscall === 'mkdir') return 'DATA_DIR: the folder cannot be made';
  return JSON.stringify({ fault: faultOf(error), msg: 'the gateway cannot start' });
}
