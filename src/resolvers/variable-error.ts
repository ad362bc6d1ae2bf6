const VARIABLE = /^Variable "\$(\w+)" got invalid value /;
const PATH = /.* at "(\w+[\w.[\]]*)"; /s;
/** Endings that name parts of the schema, or what the client called a field, and no value. */
const SAFE_PROBLEM =
  /(Field "\w+" of required type "[\w[\]!]+" was not provided\.|Field "\w+" is not defined by type "\w+"\.( Did you mean [^?]+\?)?|Expected non-nullable type "[\w[\]!]+" not to be null\.|Expected type "\w+" to be an object\.)$/;

/**
 * The message of a variable that does not fit, without the value: it may hold a key beside what is wrong. Other
 * messages stay as they are.
 */
export function redactVariableValues(message: string): string {
  const [, variable] = VARIABLE.exec(message) ?? [];
  if (variable === undefined) return message;
  const [, path = variable] = PATH.exec(message) ?? [];
  const [problem = 'It does not fit the type there.'] = SAFE_PROBLEM.exec(message) ?? [];
  return `Variable "$${variable}" got an invalid value at "${path}"; ${problem}`;
}
