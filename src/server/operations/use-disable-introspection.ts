import { GraphQLError, NoSchemaIntrospectionCustomRule, validate } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';

const hideOptions = { hideSuggestions: true };
const SUGGESTION = / Did you mean [^?]*\?$/;

/** Neither introspection nor "did you mean": who calls has read the schema elsewhere. */
export function useDisableIntrospection(): Plugin {
  return {
    onValidate: ({ addValidationRule, setValidationFn }) => {
      addValidationRule(NoSchemaIntrospectionCustomRule);
      setValidationFn((...[schema, document, rules]: Parameters<typeof validate>) =>
        validate(schema, document, rules, hideOptions),
      );
    },
    onExecute: () => ({
      // Its executor is told to hide them as well, and forgets it where variables are read.
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

/** What has a path is of a value, and suggests nothing. */
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
