import {
  DirectiveLocation,
  GraphQLBoolean,
  GraphQLDirective,
  GraphQLNonNull,
  GraphQLString,
} from 'graphql';

/** As in the incremental delivery proposal of 2022, which the executor implements. */
export const deferDirective = new GraphQLDirective({
  name: 'defer',
  description: 'Send this part of the answer later, when it is there, and the rest at once.',
  locations: [DirectiveLocation.FRAGMENT_SPREAD, DirectiveLocation.INLINE_FRAGMENT],
  args: {
    label: { type: GraphQLString, description: 'Tells the parts apart.' },
    if: {
      type: new GraphQLNonNull(GraphQLBoolean),
      defaultValue: true,
      description: 'False: nothing is deferred.',
    },
  },
});
