import { graphql } from '../../generated/operations/gql.ts';
import type { CloudSessionFieldsFragment } from '../../generated/operations/graphql.ts';
import type { Client, Flat } from '../clients/transports.ts';
import { startTestGateway, type TestGateway } from '../gateway/gateway.ts';
import { type RunningCli, startCliVersion } from '../runtimes/copilot-cli.ts';
import { FakeCopilot } from '../services/fake-copilot.ts';
import type { CloudTask, MissionControl } from '../services/mission-control.ts';

/** The newest that has cloud sessions. */
const VERSION = '1.0.79';

export type CloudSession = Flat<CloudSessionFieldsFragment>;

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

/** GitHub with its machines, and a CLI that is signed in there. */
export class Cloud implements AsyncDisposable {
  readonly gitHub: FakeCopilot;
  readonly #cliEnv: NodeJS.ProcessEnv;
  #cli: RunningCli;

  /** @param isSignedIn false: only sessions may have an account */
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

  /** Settings of a gateway on it. */
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

  /** Another CLI at the same place, which knows nothing of the sessions of the one before. */
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

/** @returns its id */
export async function createCloudTestSession(client: Client): Promise<string> {
  const { createSession } = await client.run(createCloudSession, { input: widgetsInput });
  return createSession.session.id;
}
