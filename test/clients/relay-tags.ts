import type { Plugin } from 'vitest/config';

const artefacts = '../../generated/relay';

/** Puts what relay-compiler wrote in the place of the tags, as babel-plugin-relay does. */
export function relayTags(): Plugin {
  return {
    name: 'relay-tags',
    enforce: 'pre',
    transform: (code, id) => {
      if (!id.endsWith('/set-up/relay.ts')) return null;
      const imports: string[] = [];
      const replaced = code.replace(/graphql`\s*\w+ (\w+)[^`]*`/g, (_tag, name: string) => {
        imports.push(`import ${name} from '${artefacts}/${name}.graphql.ts';`);
        return name;
      });
      return { code: [...imports, replaced].join('\n'), map: null };
    },
  };
}
