// Microsoft's own client of Graph for JavaScript, on the emulator's graph. Its line comes as the variable LINE; an error ends it with another code than 0.
import assert from 'node:assert/strict';
import { Client, PageIterator } from '@microsoft/microsoft-graph-client';

const line = JSON.parse(process.env.LINE);
const url = new URL(line.url);

// The sign-in as any OAuth 2.0 client does it.
const signIn = (secret) => fetch(line.token_url, {
  method: 'POST',
  body: new URLSearchParams({ grant_type: 'client_credentials', client_id: line.client_id, client_secret: secret, scope: 'https://graph.microsoft.com/.default' }),
});
const refused = await signIn('wrong');
assert.equal(refused.status, 401);
assert.match((await refused.json()).error_description, /^AADSTS7000215/);
const { access_token: token } = await (await signIn(line.client_secret)).json();

// The client sends its token to Graph's hosts and to those that it is told of.
const graph = Client.initWithMiddleware({
  baseUrl: url.origin + '/', defaultVersion: 'v1.0', customHosts: new Set([url.hostname]),
  authProvider: { getAccessToken: async () => token },
});

const alex = await graph.api('/users/alexchen@company.com').select('id,displayName,accountEnabled,onPremisesSyncEnabled').get();
assert.deepEqual([alex.displayName, alex.accountEnabled, alex.onPremisesSyncEnabled], ['Alex Chen', true, true]);

const names = [];
const first = await graph.api('/users').top(3).get();
assert.ok(first['@odata.nextLink']);
await new PageIterator(graph, first, (user) => { names.push(user.displayName); return true; }).iterate();
assert.equal(names.length, 10);
assert.equal(new Set(names).size, names.length);

const found = await graph.api('/users').header('ConsistencyLevel', 'eventual').count(true).filter("onPremisesSamAccountName eq 'alexchen'").get();
assert.deepEqual(found.value.map((user) => user.id), [alex.id]);

await graph.api(`/users/${alex.id}`).patch({ accountEnabled: false });
assert.equal((await graph.api(`/users/${alex.id}`).select('accountEnabled').get()).accountEnabled, false);
assert.equal((await graph.api(`/users/${alex.id}/revokeSignInSessions`).post({})).value, true);
const groups = await graph.api(`/users/${alex.id}/transitiveMemberOf/microsoft.graph.group`).get();
assert.ok(groups.value.some((group) => group.displayName === 'Engineering'));

const alerts = await graph.api('/security/alerts_v2').filter("status eq 'new'").get();
const updated = await graph.api(`/security/alerts_v2/${alerts.value[0].id}`).patch({ status: 'inProgress', assignedTo: 'mlee@company.com' });
assert.equal(updated.status, 'inProgress');

await assert.rejects(graph.api('/users/nobody@company.com').get(), (error) => error.statusCode === 404 && error.code === 'Request_ResourceNotFound' && Boolean(error.requestId));
console.log(`${alex.displayName} found, disabled and signed out by microsoft-graph-client; ${names.length} users in pages`);
