import { appendFileSync } from 'node:fs';

import { Kind, parse } from 'graphql';
import { inject } from 'vitest';

import type { Transport } from '../clients/transport-names.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The file to which contract tests append lines of a root field and a transport. */
    rootFieldRecord: string;
  }
}

interface Result {
  readonly data?: unknown;
  readonly errors?: readonly { readonly extensions: Readonly<Record<string, unknown>> }[];
}

/** Records which root fields returned a value, and which subscriptions plain HTTP rejected as specified. */
export function recordRootFields(
  transport: Transport,
  document: string,
  { data, errors }: Result,
): void {
  const file = inject('rootFieldRecord') as string | undefined;
  if (file === undefined) return;
  const isRefused = transport === 'HTTP' && errors?.[0]?.extensions['code'] === 'BAD_USER_INPUT';
  for (const { type, name, key } of listRootFields(document)) {
    const isAnswered =
      type === 'subscription' && transport === 'HTTP'
        ? isRefused
        : (data as Readonly<Record<string, unknown>> | null | undefined)?.[key] != null;
    if (isAnswered) appendFileSync(file, `${type}.${name} ${transport}\n`);
  }
}

function listRootFields(document: string): { type: string; name: string; key: string }[] {
  try {
    return parse(document).definitions.flatMap((definition) =>
      definition.kind !== Kind.OPERATION_DEFINITION
        ? []
        : definition.selectionSet.selections.flatMap((field) =>
            field.kind !== Kind.FIELD
              ? []
              : {
                  type: definition.operation,
                  name: field.name.value,
                  key: (field.alias ?? field.name).value,
                },
          ),
    );
  } catch {
    return [];
  }
}
