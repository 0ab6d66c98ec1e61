// CrowdStrike's own client, on the emulator's falcon. Its line comes as the variable LINE; an error ends it with another code than 0.
import assert from 'node:assert/strict';
import { FalconClient } from 'crowdstrike-falcon';

const line = JSON.parse(process.env.LINE);
// The client knows Falcon's clouds alone; its calls are led to the emulator.
const fetchApi = (url, init) => fetch(String(url).replace('https://api.crowdstrike.com', line.url), init);
const falcon = new FalconClient({ fetchApi, cloud: 'us-1', clientId: line.client_id, clientSecret: line.client_secret });

const found = await falcon.hosts.queryDevicesByFilter(undefined, 10, 'hostname.asc', "hostname:'ENG-WS-045'");
assert.equal(found.resources.length, 1);
const [aid] = found.resources;

const details = await falcon.hosts.postDeviceDetailsV2({ ids: [aid] });
assert.equal(details.resources[0].hostname, 'ENG-WS-045');
assert.equal(details.resources[0].status, 'normal');

const ordered = await falcon.hosts.performActionV2('contain', { ids: [aid] });
assert.equal(ordered.resources[0].id, aid);
const after = await falcon.hosts.postDeviceDetailsV2({ ids: [aid] });
assert.match(after.resources[0].status, /^contain/);

const session = await falcon.realTimeResponse.rTRInitSession({ deviceId: aid, origin: 'falconjs', queueOffline: false });
const { sessionId } = session.resources[0];
const sent = await falcon.realTimeResponse.rTRExecuteCommand({ baseCommand: 'ls', commandString: 'ls "C:\\temp\\staging"', deviceId: aid, id: 0, persist: false, sessionId });
let status;
do {
  [status] = (await falcon.realTimeResponse.rTRCheckCommandStatus(sent.resources[0].cloudRequestId, 0)).resources;
} while (status.stdout === '' && status.stderr === '');
assert.match(status.stdout, /Directory listing for C:\\temp\\staging/);
// Falcon answers 204 without a body, which the client's own reading of it does not expect.
assert.equal((await falcon.realTimeResponse.rTRDeleteSessionRaw({ sessionId })).raw.status, 204);

const wrong = new FalconClient({ fetchApi, cloud: 'us-1', clientId: line.client_id, clientSecret: 'wrong' });
await assert.rejects(wrong.hosts.queryDevicesByFilter());
console.log(`${aid} found, contained and looked at by crowdstrike-falcon`);
