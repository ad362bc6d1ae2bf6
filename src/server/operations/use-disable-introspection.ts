import { GraphQLError, NoSchemaIntrospectionCustomRule, validate } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';

const hideOptions = { hideSuggestions: true };
const SUGGESTION = / Did you mean [^?]*\?$/;

/** Hides the schema: rejects introspection, and removes suggestions ("Did you mean ...?") from errors. */
export function useDisableIntrospection(): Plugin {
  return {
    onValidate: ({ addValidationRule, setValidationFn }) => {
      addValidationRule(NoSchemaIntrospectionCustomRule);
      setValidationFn((...[schema, document, rules]: Parameters<typeof validate>) =>
        validate(schema, document, rules, hideOptions),
      );
    },
    onExecute: () => ({
      // graphql-js ignores `hideSuggestions` when it coerces variables.
      onExecuteDone: ({ result, setResult }) => {
        if (isAsyncIterable(result) || !result.errors) return;
        setResult({ ...result, errors: result.errors.map(stripSuggestion) });
      },
    }),
    onSubscribe: ({ args }) => {
      Object.assign(args, hideOptions);
    },
  };
}

/** An error with a path comes from a resolver, and its message is left as it is. */
function stripSuggestion(error: GraphQLError): GraphQLError {
  if (error.path !== undefined || !SUGGESTION.test(error.message)) return error;
  const { nodes, source, positions, originalError, extensions } = error;
  return new GraphQLError(error.message.replace(SUGGESTION, ''), {
    nodes: nodes ?? null,
    source: source ?? null,
    positions: positions ?? null,
    originalError: originalError ?? null,
    extensions,
  });
}
