import {
  DirectiveLocation,
  GraphQLBoolean,
  GraphQLDirective,
  GraphQLNonNull,
  GraphQLString,
} from 'graphql';

/** The directive of the incremental delivery proposal of 2022, which the executor implements. */
export const deferDirective = new GraphQLDirective({
  name: 'defer',
  description:
    'Delivers the selected fields in a later part of the response, so that the other fields arrive without waiting for them.',
  locations: [DirectiveLocation.FRAGMENT_SPREAD, DirectiveLocation.INLINE_FRAGMENT],
  args: {
    label: {
      type: GraphQLString,
      description: 'A label by which the client can tell the parts of the response apart.',
    },
    if: {
      type: new GraphQLNonNull(GraphQLBoolean),
      defaultValue: true,
      description:
        'Whether the fields are deferred. If false, they are delivered with the other fields.',
    },
  },
});
