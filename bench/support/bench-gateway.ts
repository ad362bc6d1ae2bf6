import { type RunningGateway, startGateway } from '../../src/compose.ts';
import { loadConfig } from '../../src/config/config.ts';
import { createLogger } from '../../src/lifecycle/logger.ts';

export interface BenchGatewayOptions {
  readonly dataDir: string;
  readonly modelUrl: string;
  /** Settings beside those of all. */
  readonly env?: NodeJS.ProcessEnv;
}

/** Of the gateway: a model server of ours, any free port, and otherwise what is set for nobody. */
export function benchSettings({ dataDir, modelUrl, env }: BenchGatewayOptions): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return {
    PATH,
    HOME,
    PORT: '0',
    DATA_DIR: dataDir,
    PROVIDER_TYPE: 'openai',
    PROVIDER_BASE_URL: modelUrl,
    PROVIDER_API_KEY: 'none',
    MODEL: 'scripted',
    LOG_LEVEL: 'error',
    // A reader that is stalled on purpose stays.
    LIMIT_STALLED_CLIENT: '10m',
    ...env,
  };
}

/** The whole gateway with a bundled runtime, as `npm start` composes it. */
export function startBenchGateway(options: BenchGatewayOptions): Promise<RunningGateway> {
  const log = createLogger('error', { write: (line) => process.stderr.write(line) });
  return startGateway(loadConfig(benchSettings(options)), log);
}
