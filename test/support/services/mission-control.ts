import { randomUUID } from 'node:crypto';

/** A task is one session that runs on a machine of GitHub. */
export interface CloudTask {
  readonly id: string;
  /** The account whose token created the task. */
  readonly login: string;
  readonly createdAt: string;
  /** The body of the request that created the task. */
  readonly request: unknown;
  /** The events that the worker has emitted. */
  readonly events: WorkerEvent[];
  /** The messages and aborts that were sent to the worker. */
  readonly steered: Steered[];
}

interface Steered {
  readonly type: string;
  readonly content?: string;
}

interface WorkerEvent {
  readonly id: string;
  readonly parentId: string | null;
  readonly timestamp: string;
  readonly type: string;
  readonly data: object;
  readonly ephemeral?: true;
}

/** A session of a runtime that is shared on GitHub. */
interface SharedSession {
  readonly id: string;
  readonly login: string;
  /** The events that the runtime has uploaded. */
  readonly events: unknown[];
}

interface McAnswer {
  readonly status: number;
  readonly body: object;
}

interface McRequest {
  readonly method: string;
  /** The path without the prefix of the service. */
  readonly path: string;
  readonly login: string;
  readonly body: unknown;
}

/** The only repository. */
export const repository = {
  id: 9,
  name: 'widgets',
  full_name: 'acme/widgets',
  owner: { login: 'acme' },
};
const WORKER = 'copilot-agent';
const notFound: McAnswer = { status: 404, body: { message: 'Not Found' } };

/** A stand-in for Mission Control, including the workers that it starts. */
export class MissionControl {
  /** Tasks by id. */
  readonly tasks = new Map<string, CloudTask>();
  readonly sessions = new Map<string, SharedSession>();
  /** The message of a policy that forbids new tasks and shared sessions, or null. */
  policy: string | null = null;
  /** Whether workers start automatically. Otherwise `startWorker` starts them. */
  startsWorkers = true;
  /** Whether workers finish their turns. Otherwise turns run until they are aborted. */
  finishes = true;
  /** Creates the reply of a worker. */
  answerTo = (prompt: string): string => `Done: ${prompt}`;

  answer({ method, path, login, body }: McRequest): McAnswer {
    const [, kind = '', id = '', part = ''] = path.split('/');
    if (method === 'POST' && id === '' && this.policy !== null) {
      return { status: 403, body: { message: this.policy } };
    }
    if (kind === 'tasks') return this.#task({ method, login, body, id, part });
    if (kind === 'sessions') return this.#session({ method, login, body, id, part });
    return notFound;
  }

  /** The newest task. */
  get task(): CloudTask {
    const task = [...this.tasks.values()].at(-1);
    if (!task) throw new Error('no task was created');
    return task;
  }

  /** Starts the worker of a task, which then handles the messages that were sent before. */
  startWorker(task: CloudTask): void {
    emitStart(task, WORKER);
    const url = `https://github.com/copilot/tasks/${task.id}`;
    emit(task, 'session.info', { infoType: 'remote', message: 'Open on GitHub', url });
    for (const steered of task.steered) this.#work(task, steered);
  }

  #task({ method, login, body, id, part }: Omit<McRequest, 'path'> & Place): McAnswer {
    if (method === 'POST' && id === '') return { status: 201, body: this.#newTask(login, body) };
    const task = this.tasks.get(id);
    if (task?.login !== login) return notFound;
    if (method === 'GET' && part === 'events')
      return { status: 200, body: { events: task.events } };
    if (method === 'POST' && part === 'steer') {
      const steered = body as Steered;
      task.steered.push(steered);
      if (hasWorker(task)) this.#work(task, steered);
    }
    return { status: 200, body: describeTask(task) };
  }

  #newTask(login: string, request: unknown): { readonly id: string } {
    const task: CloudTask = {
      id: randomUUID(),
      login,
      request,
      events: [],
      steered: [],
      createdAt: new Date().toISOString(),
    };
    this.tasks.set(task.id, task);
    emitStart(task, 'mission-control');
    if (this.startsWorkers) this.startWorker(task);
    return { id: task.id };
  }

  #work(task: CloudTask, { type, content = '' }: Steered): void {
    if (type === 'abort') {
      emit(task, 'abort', { reason: 'user_initiated' });
      emit(task, 'session.idle', { aborted: true }, true);
      return;
    }
    if (type !== 'user_message') return;
    const messageId = randomUUID();
    const answerId = randomUUID();
    emit(task, 'user.message', { content, messageId, attachments: [] });
    emit(task, 'assistant.turn_start', { turnId: '0' });
    emit(task, 'assistant.message_start', { messageId: answerId }, true);
    const answer = this.answerTo(content);
    for (const deltaContent of answer.split(/(?<= )/)) {
      emit(task, 'assistant.message_delta', { messageId: answerId, deltaContent }, true);
    }
    if (!this.finishes) return;
    emit(task, 'assistant.message', {
      messageId: answerId,
      content: answer,
      originatingMessageId: messageId,
    });
    emit(task, 'assistant.turn_end', { turnId: '0' });
    emit(task, 'session.idle', {}, true);
  }

  #session({ method, login, body, id, part }: Omit<McRequest, 'path'> & Place): McAnswer {
    if (method === 'POST' && id === '') {
      const { agent_task_id: taskId } = body as { readonly agent_task_id: string };
      this.sessions.set(taskId, { id: taskId, login, events: [] });
      // Without `task_id` the runtime treats the session as rejected.
      return { status: 201, body: { id: taskId, task_id: taskId } };
    }
    const session = this.sessions.get(id);
    if (session?.login !== login) return notFound;
    if (method === 'POST' && part === 'events') session.events.push(body);
    if (part === 'commands') return { status: 200, body: { commands: [] } };
    return { status: 200, body: { id } };
  }
}

/** Describes a task in the form that a runtime needs to reconnect to it. */
function describeTask({ id, request, createdAt }: CloudTask): object {
  const { repositories } = request as { readonly repositories?: readonly object[] };
  return {
    id,
    name: 'A task',
    state: 'in_progress',
    created_at: createdAt,
    updated_at: createdAt,
    ...(repositories && { repository: { id: repository.id } }),
    agent_collaborators: [{ slug: 'copilot-developer-sandbox' }],
    sessions: [{ id }],
  };
}

interface Place {
  readonly id: string;
  readonly part: string;
}

function emitStart(task: CloudTask, producer: string): void {
  const startTime = new Date().toISOString();
  const version = { version: 1, copilotVersion: '1.0.79' };
  emit(task, 'session.start', { ...version, sessionId: task.id, producer, startTime });
}

function hasWorker({ events }: CloudTask): boolean {
  return events.some(({ data }) => 'producer' in data && data.producer === WORKER);
}

function emit(task: CloudTask, type: string, data: object, isEphemeral = false): void {
  const before = task.events.findLast(({ ephemeral }) => ephemeral !== true);
  // Timestamps must increase: the CLI sorts a batch of events by time alone.
  const at = Math.max(Date.now(), Date.parse(task.events.at(-1)?.timestamp ?? '') + 1 || 0);
  task.events.push({
    id: randomUUID(),
    parentId: before?.id ?? null,
    timestamp: new Date(at).toISOString(),
    type,
    data,
    ...(isEphemeral && { ephemeral: true }),
  });
}
