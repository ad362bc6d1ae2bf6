import { graphql } from '../../generated/operations/gql.ts';
import type { Client } from '../clients/transports.ts';
import { startTestGateway, type TestGateway } from '../gateway/gateway.ts';
import { type RunningCli, startCliVersion } from '../runtimes/copilot-cli.ts';
import { FakeCopilot } from '../services/fake-copilot.ts';
import type { CloudTask, MissionControl } from '../services/mission-control.ts';

/** The newest version of the CLI that supports cloud sessions. */
const VERSION = '1.0.79';

export const createCloudSession = graphql(`
  mutation CreateCloudSession($input: CreateSessionInput!) {
    createSession(input: $input) {
      created
      session {
        ...CloudSessionFields
      }
    }
  }
`);

export const readCloudSession = graphql(`
  query ReadCloudSession($id: ID!) {
    session(id: $id) {
      ...CloudSessionFields
    }
  }
`);

export const widgetsInput = { cloud: { repository: { owner: 'acme', name: 'widgets' } } };

/** A stand-in for GitHub and its machines, and a CLI that uses it. */
export class Cloud implements AsyncDisposable {
  readonly gitHub: FakeCopilot;
  readonly #cliEnv: NodeJS.ProcessEnv;
  #cli: RunningCli;

  /** @param isSignedIn whether the CLI has an account; otherwise only sessions have one */
  static async start({ isSignedIn = true } = {}): Promise<Cloud> {
    const gitHub = await FakeCopilot.start();
    const { url } = gitHub;
    const env = {
      COPILOT_API_URL: url,
      COPILOT_DEBUG_GITHUB_API_URL: url,
      COPILOT_MC_BASE_URL: gitHub.env['COPILOT_MC_BASE_URL'],
      ...(isSignedIn && { COPILOT_GITHUB_TOKEN: gitHub.createToken('service') }),
    };
    return new Cloud(gitHub, env, await startCliVersion(VERSION, env));
  }

  private constructor(gitHub: FakeCopilot, cliEnv: NodeJS.ProcessEnv, cli: RunningCli) {
    this.gitHub = gitHub;
    this.#cliEnv = cliEnv;
    this.#cli = cli;
  }

  get missionControl(): MissionControl {
    return this.gitHub.missionControl;
  }

  get task(): CloudTask {
    return this.missionControl.task;
  }

  /** The settings of a gateway that uses the CLI. */
  get env(): NodeJS.ProcessEnv {
    return {
      ...this.gitHub.env,
      CLI_URL: this.#cli.url,
      COPILOT_CONNECTION_TOKEN: this.#cli.token,
    };
  }

  gateway(env: NodeJS.ProcessEnv = {}): Promise<TestGateway> {
    return startTestGateway({
      env: { ...this.env, ...env },
      profiles: { default: { allowsCloud: true }, local: {} },
    });
  }

  /** Replaces the CLI by another one on the same port, without its sessions. */
  async replaceCli(): Promise<void> {
    const { url, token, stop } = this.#cli;
    await stop();
    const port = Number(url.split(':')[1]);
    this.#cli = await startCliVersion(VERSION, this.#cliEnv, { port, token });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#cli.stop();
    await this.gitHub[Symbol.asyncDispose]();
  }
}

/** Creates a cloud session and returns its id. */
export async function createCloudTestSession(client: Client): Promise<string> {
  const { createSession } = await client.run(createCloudSession, { input: widgetsInput });
  return createSession.session.id;
}
