import { readFileSync } from 'node:fs';

import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { PersistentVolumeClaim } from 'kubernetes-models/v1/PersistentVolumeClaim';
import { Service } from 'kubernetes-models/v1/Service';
import { expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';

import { settings } from '../../src/config/settings.ts';
import { instructionsOf } from './dockerfile.ts';
import { claim, deployment, policy, service } from './manifests.ts';

const documents = parseAllDocuments(readFileSync('deploy/kubernetes/gateway.yaml', 'utf8')).map(
  (document) => document.toJS() as unknown,
);

/** Parsed strictly: of what Kubernetes knows, the fields that the file uses, and no others. */
function only<T>(schema: { parse: (value: unknown) => T }, kind: string): T {
  const found = documents.filter((document) => (document as { kind: string }).kind === kind);
  expect(found).toHaveLength(1);
  return schema.parse(found[0]);
}

const { spec: gateway, metadata } = only(deployment, 'Deployment');
const pod = gateway.template.spec;
const [container] = pod.containers;
const labels = gateway.template.metadata.labels;
const image = Object.fromEntries(
  instructionsOf(readFileSync('Dockerfile', 'utf8'))
    .filter(({ name }) => name === 'ENV')
    .flatMap(({ text }) => text.split(' ').map((pair) => pair.split('=') as [string, string])),
);

const models = { Deployment, NetworkPolicy, PersistentVolumeClaim, Service };

it.each(documents as { readonly kind: keyof typeof models }[])(
  '$kind is as the API of Kubernetes declares it',
  (document) => {
    new models[document.kind](document as never).validate();
  },
);

it('one gateway at a time uses the volume', () => {
  const volume = pod.volumes.find((each) => 'persistentVolumeClaim' in each);
  expect(volume?.persistentVolumeClaim.claimName).toBe(
    only(claim, 'PersistentVolumeClaim').metadata.name,
  );
  expect(container.volumeMounts).toContainEqual({
    name: volume?.name,
    mountPath: image['DATA_DIR'],
  });
  expect(gateway).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } });
});

it('selectors, services and probes refer to the same pods and ports', () => {
  expect(gateway.selector.matchLabels).toEqual(labels);
  const { spec } = only(service, 'Service');
  expect(spec.selector).toEqual(labels);
  const [port] = container.ports;
  expect(`${port?.containerPort}`).toBe(image['PORT']);
  expect(spec.ports.map(({ targetPort }) => targetPort)).toEqual([port?.name]);
  const { spec: rules } = only(policy, 'NetworkPolicy');
  expect(rules.podSelector.matchLabels).toEqual(labels);
  expect(rules.ingress.flatMap(({ ports }) => ports)).toEqual([
    { protocol: 'TCP', port: port?.name },
  ]);
  for (const probe of [container.startupProbe, container.livenessProbe, container.readinessProbe])
    expect(probe.httpGet.port).toBe(port?.name);
  expect(documents).toHaveLength(4);
  expect(metadata.name).toBe('copilot-gateway');
});

it('an unavailable runtime removes the pod from the service and does not restart it', () => {
  expect(container.livenessProbe.httpGet.path).toBe('/health');
  expect(container.startupProbe.httpGet.path).toBe('/health');
  expect(container.readinessProbe.httpGet.path).toBe('/ready');
});

it('the container gets its settings, and its secrets by reference', () => {
  const known = [...settings.map(({ name }) => name), 'HOME'];
  for (const { name } of container.env) expect(known).toContain(name);
  const named = container.env.filter((each) => 'value' in each).map(({ name }) => name);
  expect(named.filter((name) => /TOKEN$|KEY$/.test(name))).toEqual([]);
  const mounts = container.volumeMounts.map(({ name }) => name);
  expect(mounts.sort()).toEqual(pod.volumes.map(({ name }) => name).sort());
});
