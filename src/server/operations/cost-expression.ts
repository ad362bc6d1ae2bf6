export type Variables = Readonly<Record<string, unknown>>;

export interface Inputs {
  readonly variables: Variables;
  /** Amounts of which the value is known by now. */
  readonly known: Map<Amount, number>;
}

/** A number, or what becomes one when the variables are known. */
export type Amount = number | ((inputs: Inputs) => number);

export function valueOf(amount: Amount, variables: Variables): number {
  return evaluated(amount, { variables, known: new Map() });
}

export function plus(a: Amount, b: Amount): Amount {
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  return (inputs) => evaluated(a, inputs) + evaluated(b, inputs);
}

export function times(a: Amount, b: Amount): Amount {
  if (typeof a === 'number' && typeof b === 'number') return a * b;
  if (b === 0) return 0;
  return (inputs) => evaluated(a, inputs) * evaluated(b, inputs);
}

/** Once for all of its uses, which may be very many. */
function evaluated(amount: Amount, inputs: Inputs): number {
  if (typeof amount === 'number') return amount;
  const known = inputs.known.get(amount);
  if (known !== undefined) return known;
  const value = amount(inputs);
  inputs.known.set(amount, value);
  return value;
}
